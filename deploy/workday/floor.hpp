// What the player knows of the shop: its own cars by what it was answered, everything else by the workshop view.
#pragma once

#include "board/core/views.hpp"
#include "deploy/workday/cars.hpp"
#include "deploy/workday/plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace baytime::workday {

/// Things that happen to a car once.
struct Done {
    bool added = false, answered = false, parts = false, late = false, told = false, failed = false, slipped = false,
         estimated = false, corrected = false, moved_booking = false, called_back = false, tried = false;
};

struct CarState {
    const Visit* visit = nullptr;
    Dice dice{0};                   ///< its own, so that its day does not depend on the others
    std::optional<JobState> state;  ///< nothing: not on the board yet
    bool skipped = false;           ///< its time was over before the player came
    int errors = 0;                 ///< refusals nobody expected; after some the car is left to people
    std::string bay, technician;
    bool parked = false;
    std::uint64_t seq = 0;           ///< of the newest answer about it
    std::uint64_t assigned_seq = 0;  ///< its place in the queue
    Instant since{};                 ///< when it entered its state
    Instant due{};                   ///< nothing happens before
    Instant promise{};
    Instant last_contact{};
    int work = 0;   ///< minutes to do
    int spent = 0;  ///< minutes done before the running stretch
    int level = 0;  ///< inspection passed
    bool excuse_due = false;
    Done done;

    bool is(JobState wanted) const { return state == wanted; }
    bool open() const { return state && *state != JobState::booked && *state < JobState::delivered; }
    bool over() const;
    bool holds_bay() const {
        return is(JobState::in_progress) || is(JobState::paused) || (is(JobState::assigned) && parked);
    }
};

class Floor {
public:
    void begin(const std::vector<Visit>& visits, unsigned seed);
    std::vector<CarState>& cars() { return cars_; }
    const std::vector<BayRow>& bays() const { return view_.bays; }
    /// Takes the view; what people changed by hand in between is adopted.
    void sync(WorkshopView view, std::uint64_t seq, Instant now);

    const BayRow* bay(const std::string& id) const;
    /// Who is clocked on to an open order, by the view; empty when nobody is.
    std::string worker_of(const std::string& order) const;
    /// The bay holds no car, ours or another.
    bool is_free(const BayRow& bay) const;
    /// Free, and nobody queues for it.
    bool is_idle(const BayRow& bay) const;
    bool first_in_queue(const CarState& car) const;
    /// Someone of the bay's crew who is clocked on to nothing.
    std::optional<std::string> free_hand(const std::string& bay_id) const;
    bool is_clocked_on(std::string_view person) const;

private:
    const CarState* ours(const std::string& order) const;
    void adopt(CarState& car, const JobRow& row, Instant now);

    std::vector<CarState> cars_;
    WorkshopView view_;
};

}  // namespace baytime::workday
