// Facts, in the past tense. Never edited, never deleted; the journal keeps them in the order of `seq`.
// Adding a member: give it a default, so that old journals still read (store/fact_json.hpp).
#pragma once

#include "board/core/alert.hpp"
#include "board/core/job.hpp"

#include <cstdint>
#include <variant>

namespace baytime {

struct Booked {
    std::string plate{}, model{};
    RepairType type = RepairType::maintenance;
    Instant appointment{};
    std::optional<Instant> promise{};
    std::string customer{}, phone{}, advisor{};
    std::vector<Item> items{};
    bool wash = true, express = false;
    std::optional<Instant> earliest{};  ///< the earliest honest promise at that time
};
BOOST_DESCRIBE_STRUCT(Booked, (),
                      (plate, model, type, appointment, promise, customer, phone, advisor, items, wash, express,
                       earliest))

/// The full intake; for a booked job it carries the booking's values with what changed at the desk.
struct Received {
    std::string plate{}, model{};
    RepairType type = RepairType::maintenance;
    Instant promise{};
    std::string customer{}, phone{}, advisor{}, return_of{};
    std::vector<Item> items{};
    bool wash = true, express = false, waiting = false;
    std::optional<Instant> earliest{};  ///< the earliest honest promise at that time
    bool prefilled = false;             ///< nobody named a promise: it is the earliest honest one
};
BOOST_DESCRIBE_STRUCT(Received, (),
                      (plate, model, type, promise, customer, phone, advisor, return_of, items, wash, express, waiting,
                       earliest, prefilled))

struct Assigned {
    std::string bay{}, technician{};
    bool parked = false;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (bay, technician, parked))

struct Unassigned {};
BOOST_DESCRIBE_STRUCT(Unassigned, (), ())

struct Started {
    std::string technician{}, bay{};
    std::optional<int> chance{};  ///< percent, then given to the promise; nothing: work had begun before
};
BOOST_DESCRIBE_STRUCT(Started, (), (technician, bay, chance))

/// One of several technicians left; the others go on.
struct ClockedOff {
    std::string technician{};
};
BOOST_DESCRIBE_STRUCT(ClockedOff, (), (technician))

struct Paused {
    PauseReason reason = PauseReason::other;
};
BOOST_DESCRIBE_STRUCT(Paused, (), (reason))

struct Finished {
    int worked = 0;  ///< working minutes clocked so far, by the calendar then in force
};
BOOST_DESCRIBE_STRUCT(Finished, (), (worked))

/// `next`: the state the job goes to, decided by the shop's levels at that time.
struct Inspected {
    int level = 2;
    bool passed = false;
    std::string reason{};
    JobState next = JobState::inspection;
};
BOOST_DESCRIBE_STRUCT(Inspected, (), (level, passed, reason, next))

struct Washed {};
BOOST_DESCRIBE_STRUCT(Washed, (), ())

struct MadeReady {};
BOOST_DESCRIBE_STRUCT(MadeReady, (), ())

/// The hand-over, with the verdict of that moment (rule §4): see Settlement. Journals from before that stamp have
/// `rule` 0; their verdict follows from the job.
struct Delivered {
    int rule = 0;
    std::optional<Instant> original_promise{}, promise{};
    Verdict verdict = Verdict::on_time;
    bool pending = false;
    std::optional<std::int64_t> amount{};  ///< cents
    bool held = false;  ///< the shop's clock was in doubt: no verdict yet, VerdictStamped will follow
};
BOOST_DESCRIBE_STRUCT(Delivered, (), (rule, original_promise, promise, verdict, pending, amount, held))

struct Cancelled {
    std::string reason{};
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), (reason))

struct DidNotShow {};
BOOST_DESCRIBE_STRUCT(DidNotShow, (), ())

/// New values of the members that were wrong; nothing for those that stay.
struct Corrected {
    std::optional<std::string> plate{}, model{}, customer{}, phone{}, advisor{}, return_of{};
    std::optional<RepairType> type{};
    std::optional<Instant> promise{};
    std::optional<bool> wash{}, waiting{}, express{};
    std::optional<std::int64_t> amount{};  ///< cents
};
BOOST_DESCRIBE_STRUCT(Corrected, (),
                      (plate, model, customer, phone, advisor, return_of, type, promise, wash, waiting, express,
                       amount))

/// Takes back all events of the command whose first event was `first`.
struct Undone {
    std::uint64_t first = 0;
};
BOOST_DESCRIBE_STRUCT(Undone, (), (first))

struct PromiseSet {
    Instant to{};
    std::optional<Instant> earliest{};  ///< the earliest honest promise at that time
};
BOOST_DESCRIBE_STRUCT(PromiseSet, (), (to, earliest))

struct Repromised {
    Instant to{};
    DelayReason reason = DelayReason::other;
    std::string who{};
    ContactHow how = ContactHow::in_person;
    bool counts = false;
};
BOOST_DESCRIBE_STRUCT(Repromised, (), (to, reason, who, how, counts))

struct Estimated {
    Instant to{};
};
BOOST_DESCRIBE_STRUCT(Estimated, (), (to))

struct DelayFlagged {
    Instant estimate{};
    DelayReason reason = DelayReason::other;
    std::string text{};
    Notice notice = Notice::in_time;
    int minutes = 0;                      ///< as asked for; 0 when a time was given
    std::optional<int> notice_minutes{};  ///< how early it had to come to be in time, by the setting of that moment
};
BOOST_DESCRIBE_STRUCT(DelayFlagged, (), (estimate, reason, text, notice, minutes, notice_minutes))

struct WorkAdded {
    Item item{};
};
BOOST_DESCRIBE_STRUCT(WorkAdded, (), (item))

struct ConsentGiven {
    int item = 0;  ///< counts from 1
    bool declined = false;
    std::string who{};
    ContactHow how = ContactHow::in_person;
};
BOOST_DESCRIBE_STRUCT(ConsentGiven, (), (item, declined, who, how))

struct Contacted {
    std::string who{};
    ContactHow how = ContactHow::in_person;
    std::string text{};
    std::optional<Instant> expected{};  ///< the time the customer now knows
};
BOOST_DESCRIBE_STRUCT(Contacted, (), (who, how, text, expected))

struct CalledBack {
    bool late = false;
    std::string text{};
};
BOOST_DESCRIBE_STRUCT(CalledBack, (), (late, text))

/// The customer's own cause, signed (rule §4).
struct Excused {
    std::string cause{}, signature{};
};
BOOST_DESCRIBE_STRUCT(Excused, (), (cause, signature))

struct ExcuseDecided {
    ExcuseDecision decision = ExcuseDecision::accepted;
};
BOOST_DESCRIBE_STRUCT(ExcuseDecided, (), (decision))

/// Somebody has read the daily table of that day (rule §4). About no job: the event's order is empty.
struct DayConfirmed {
    Date day{};
};
BOOST_DESCRIBE_STRUCT(DayConfirmed, (), (day))

/// About the alert of that id; the event's order is the job's. Raised, passed on and closed by `system_person`.
struct AlertRaised {
    std::string alert{};
    AlertKind kind = AlertKind::at_risk;
    Instant about{}, since{};
    Role whom = Role::foreman;
    std::string person{};
};
BOOST_DESCRIBE_STRUCT(AlertRaised, (), (alert, kind, about, since, whom, person))

/// Nobody acknowledged it in time: now somebody else must act.
struct AlertEscalated {
    std::string alert{};
    Role whom = Role::foreman;
    std::string person{};
};
BOOST_DESCRIBE_STRUCT(AlertEscalated, (), (alert, whom, person))

struct AlertAcknowledged {
    std::string alert{};
    AlertAnswer answer = AlertAnswer::seen;
};
BOOST_DESCRIBE_STRUCT(AlertAcknowledged, (), (alert, answer))

/// Its cause is gone.
struct AlertClosed {
    std::string alert{};
};
BOOST_DESCRIBE_STRUCT(AlertClosed, (), (alert))

/// Words of an imported row: why there was a second promise, and what the customer said on the phone.
enum class ImportedReason { added_work, estimate };
BOOST_DESCRIBE_ENUM(ImportedReason, added_work, estimate)
enum class ImportedCallBack { on_time, late };
BOOST_DESCRIBE_ENUM(ImportedCallBack, on_time, late)

/// A settled order of another system, whole in one fact. It lives in the record and in the reports, not on the board.
struct Imported {
    std::string plate{};
    RepairType type = RepairType::maintenance;
    std::string advisor{};
    std::vector<std::string> technicians{};
    Instant received{}, promise{}, settled{};
    std::optional<Instant> repromise{}, confirmed{};
    std::optional<ImportedReason> reason{};
    std::optional<std::string> customer_cause{};  ///< reference to the customer's signature
    std::optional<ExcuseDecision> decision{};
    std::optional<ImportedCallBack> call_back{};
    bool inspected = true, inspection_failed = false;
    std::optional<std::string> return_of{};
    std::optional<std::int64_t> amount{};  ///< cents
    std::optional<Instant> delay_flagged{};
    std::optional<int> delay_minutes{};
    std::optional<DelayReason> delay_reason{};
    std::optional<int> notice_minutes{};  ///< of a row with a flag: how early it had to come, by the setting here then
    bool operator==(const Imported&) const = default;
};
BOOST_DESCRIBE_STRUCT(Imported, (),
                      (plate, type, advisor, technicians, received, promise, settled, repromise, confirmed, reason,
                       customer_cause, decision, call_back, inspected, inspection_failed, return_of, amount,
                       delay_flagged, delay_minutes, delay_reason, notice_minutes))

/// Names, plate and phone of this order are forgotten. With this event the store blanked them in the order's earlier
/// events, the one rewrite there is (erase.hpp); so replaying gives what the board has.
struct Erased {};
BOOST_DESCRIBE_STRUCT(Erased, (), ())

/// The clock is confirmed, and so is the moment of a hand-over that was held: see Delivered. By `system_person`.
struct VerdictStamped {
    int rule = 0;
    Instant settled_at{};
    std::optional<Instant> original_promise{}, promise{};
    Verdict verdict = Verdict::on_time;
    bool pending = false;
    std::int64_t correction_seconds = 0;  ///< how far the time noted at the hand-over was put right
};
BOOST_DESCRIBE_STRUCT(VerdictStamped, (),
                      (rule, settled_at, original_promise, promise, verdict, pending, correction_seconds))

using Fact =
    std::variant<Booked, Received, Assigned, Unassigned, Started, ClockedOff, Paused, Finished, Inspected, Washed,
                 MadeReady, Delivered, Cancelled, DidNotShow, Corrected, Undone, PromiseSet, Repromised, Estimated,
                 DelayFlagged, WorkAdded, ConsentGiven, Contacted, CalledBack, Excused, ExcuseDecided, DayConfirmed,
                 AlertRaised, AlertEscalated, AlertAcknowledged, AlertClosed, Imported, Erased, VerdictStamped>;

/// The stable journal name of each alternative of Fact, in its order.
inline constexpr const char* fact_names[] = {
    "booked",       "received",       "assigned",      "unassigned",     "started",         "clocked_off",
    "paused",       "finished",       "inspected",     "washed",         "ready",           "delivered",
    "cancelled",    "no_show",        "corrected",     "undone",         "promised",        "repromised",
    "estimated",    "delay_flagged",  "work_added",    "consent_given",  "contacted",       "called_back",
    "excused",      "excuse_decided", "day_confirmed", "alert_raised",   "alert_escalated", "alert_acknowledged",
    "alert_closed", "imported",       "erased",        "verdict_stamped"};
static_assert(std::size(fact_names) == std::variant_size_v<Fact>, "one name for each fact");

/// Facts that change no job of the board.
template <class F>
inline constexpr bool beside_jobs =
    std::is_same_v<F, DayConfirmed> || std::is_same_v<F, AlertRaised> || std::is_same_v<F, AlertEscalated> ||
    std::is_same_v<F, AlertAcknowledged> || std::is_same_v<F, AlertClosed> || std::is_same_v<F, Imported> ||
    std::is_same_v<F, Erased>;

struct Event {
    std::uint64_t seq = 0;  ///< 1, 2, 3 ... without gaps; given when decided
    Instant at{};           ///< when it happened
    Instant received{};     ///< when the daemon heard of it
    std::string who{};      ///< person's id
    std::string cause{};    ///< id of the command, the same for all its events
    std::string order{};    ///< empty for a fact about no order
    Fact fact{};
};

}  // namespace baytime
