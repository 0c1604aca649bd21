// What displays see: pure functions of (board, shop, now). Times are instants; words are stable names, not text.
// Everything a view holds is described, so that protocol/json.hpp can write and read it.
#pragma once

#include "board/core/prediction.hpp"
#include "board/core/shop.hpp"

#include <string>
#include <vector>

namespace baytime {

/// One car on the lounge board. Holds no full plate, no name, no phone (rule §8).
struct LoungeRow {
    std::string id{};     ///< the sequence number of the job's first event: stable, and no order number
    std::string plate{};  ///< masked: `沪A·7**K8`
    std::string model{};
    std::string work{};  ///< first item's name, or empty: then `type` is shown
    RepairType type = RepairType::maintenance;
    std::string bay{};  ///< label, or empty
    Step step = Step::received;
    std::optional<PauseReason> paused_for{};
    std::optional<Instant> promise{};   ///< the time first promised or validly re-promised
    std::optional<Instant> expected{};  ///< the time to expect, as far as the customer may see it: customer_time()
    bool moved = false;                 ///< expected lies after the promise shown
    bool told = false;                  ///< the customer knows the moved time
    bool overdue = false;               ///< the minute of `expected` has passed and the car is not ready
    bool delivered = false;             ///< handed over; the row leaves after Shop::delivered_row_stays
    bool on_track = true;               ///< nothing known speaks against the time to expect
    bool operator==(const LoungeRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(LoungeRow, (),
                      (id, plate, model, work, type, bay, step, paused_for, promise, expected, moved, told, overdue,
                       delivered, on_track))

/// A guest expected today: a form of address, never the full name.
struct Welcome {
    std::string id{};
    std::string address{};  ///< `王先生`
    Instant at{};
    bool operator==(const Welcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (id, address, at))

struct LoungeView {
    std::string shop{};
    std::vector<LoungeRow> rows{};    ///< in the order to show: ready first, then by promise
    std::vector<Welcome> welcomes{};  ///< by time
    bool operator==(const LoungeView&) const = default;
};
BOOST_DESCRIBE_STRUCT(LoungeView, (), (shop, rows, welcomes))

/// One open job as staff see it.
struct JobRow {
    std::string id{};  ///< order
    std::string plate{}, model{};
    RepairType type = RepairType::maintenance;
    JobState state = JobState::waiting;
    Instant since{};
    std::string bay{}, technician{}, advisor{}, customer{}, phone{};
    std::vector<std::string> clocked_on{};
    std::optional<PauseReason> paused_for{};
    std::optional<Instant> appointment_at{}, promise{}, expected{};
    bool express = false, appointment = false, waiting = false, is_return = false, parked = false, told = false,
         overdue = false, wash = true;
    int next_level = 0;                  ///< inspection level due, in `inspection`
    int consents_open = 0;               ///< added items without an answer
    int standard_minutes = 0;            ///< of all agreed items
    int alerts = 0;                      ///< that stand
    std::optional<Instant> shown{};      ///< the time that displays for customers show
    std::optional<Instant> predicted{};  ///< ready, as things stand (rule §5); of cars under way
    std::optional<int> spare{};          ///< minutes from then to the promise; negative: late
    std::optional<int> chance{};         ///< percent, to keep the promise
    bool operator==(const JobRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, plate, model, type, state, since, bay, technician, advisor, customer, phone, clocked_on,
                       paused_for, appointment_at, promise, expected, express, appointment, waiting, is_return, parked,
                       told, overdue, wash, next_level, consents_open, standard_minutes, alerts, shown, predicted,
                       spare, chance))

struct BayRow {
    std::string id{}, label{};
    BayKind kind = BayKind::general;
    std::string team{};
    std::string order{};               ///< the job that holds the bay, or empty
    std::vector<std::string> queue{};  ///< orders assigned to it, in order of assignment
    bool operator==(const BayRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(BayRow, (), (id, label, kind, team, order, queue))

/// Everything open. `dispatch`: waiting orders in the suggested order (rule §2).
struct WorkshopView {
    std::string shop{};
    std::vector<BayRow> bays{};
    std::vector<JobRow> jobs{};
    std::vector<std::string> dispatch{};
    bool operator==(const WorkshopView&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkshopView, (), (shop, bays, jobs, dispatch))

/// One bay with its jobs, for a bay terminal or an LED sign: the holder first, then the queue.
struct BayView {
    BayRow bay{};
    std::vector<JobRow> jobs{};
    bool operator==(const BayView&) const = default;
};
BOOST_DESCRIBE_STRUCT(BayView, (), (bay, jobs))

/// Something somebody should act on now.
struct Alert {
    std::string id{};    ///< `overdue:R1023`
    std::string kind{};  ///< name of an AlertKind
    std::string order{}, plate{}, bay{};
    Role whom = Role::advisor;          ///< who must act now
    std::string person{};               ///< which one, where known
    std::vector<std::string> people{};  ///< everybody it concerns: who must act, who works on the car, its advisor
    Instant since{};
    std::optional<Instant> promise{};
    int passed_on = 0;  ///< how often nobody acknowledged it in time
    std::optional<Instant> acknowledged_at{};
    std::string acknowledged_by{};
    std::optional<AlertAnswer> answer{};
    bool operator==(const Alert&) const = default;
};
BOOST_DESCRIBE_STRUCT(Alert, (),
                      (id, kind, order, plate, bay, whom, person, people, since, promise, passed_on, acknowledged_at,
                       acknowledged_by, answer))

struct AlertsView {
    std::vector<Alert> alerts{};  ///< not acknowledged first, then the oldest first
    bool operator==(const AlertsView&) const = default;
};
BOOST_DESCRIBE_STRUCT(AlertsView, (), (alerts))

/// The time that displays for customers show: what was told last, or, where the shop reveals delays at once, the
/// technician's own word or the prediction, whichever is later. Nothing for a booking without a promise.
std::optional<Instant> customer_time(const Job& job, const Shop& shop, const Predictions& predictions);

/// `predictions` must be of this board, shop and moment; the forms without make them.
LoungeView lounge_view(const Board& board, const Shop& shop, const Predictions& predictions, Instant now);
LoungeView lounge_view(const Board& board, const Shop& shop, Instant now);
WorkshopView workshop_view(const Board& board, const Shop& shop, const Predictions& predictions, Instant now);
WorkshopView workshop_view(const Board& board, const Shop& shop, Instant now);
/// An unknown bay gives an empty view with that id.
BayView bay_view(const Board& board, const Shop& shop, const Predictions& predictions, std::string_view bay,
                 Instant now);
BayView bay_view(const Board& board, const Shop& shop, std::string_view bay, Instant now);
AlertsView alerts_view(const Board& board, const Shop& shop, Instant now);
/// The next moment at which one of the views changes by the passing of time alone, or nothing.
std::optional<Instant> next_view_change(const Board& board, const Shop& shop, Instant now);
/// The same for the lounge view alone, which mostly stands still.
std::optional<Instant> next_lounge_change(const Board& board, const Shop& shop, Instant now);
/// The next moment at which a prediction may move although nobody says anything: the next full minute while the shop is
/// open and a car is under way, else the next opening.
std::optional<Instant> next_prediction_change(const Board& board, const Shop& shop, Instant now);

}  // namespace baytime
