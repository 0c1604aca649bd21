#include "deploy/workday/floor.hpp"

#include "deploy/workday/people.hpp"

#include <algorithm>

namespace baytime::workday {

bool CarState::over() const {
    if (skipped) return true;
    if (!state || *state < JobState::delivered) return false;
    return *state != JobState::delivered || done.called_back || !visit->call_back;
}

void Floor::begin(const std::vector<Visit>& visits, unsigned seed) {
    cars_.clear();
    for (std::size_t i = 0; i < visits.size(); ++i) {
        CarState& car = cars_.emplace_back();
        car.visit = &visits[i];
        car.dice = Dice(seed * 1009U + static_cast<unsigned>(i));
        car.work = visits[i].work;
    }
}

const CarState* Floor::ours(const std::string& order) const {
    const auto found = std::ranges::find_if(cars_, [&](const CarState& car) { return car.visit->order == order; });
    return found == cars_.end() ? nullptr : &*found;
}

void Floor::adopt(CarState& car, const JobRow& row, Instant now) {
    if (row.state == car.state && row.bay == car.bay) return;
    if (row.state == JobState::in_progress) car.technician = row.clocked_on.empty() ? "" : row.clocked_on.front();
    if (row.state == JobState::inspection) car.level = std::max(1, row.next_level - 1);
    if (row.state != car.state) car.since = now;
    car.state = row.state;
    car.bay = row.bay;
    car.parked = row.parked;
    car.due = now + std::chrono::minutes(5);
}

void Floor::sync(WorkshopView view, std::uint64_t seq, Instant now) {
    view_ = std::move(view);
    for (CarState& car : cars_) {
        if (!car.state || car.seq > seq) continue;
        const auto row = std::ranges::find(view_.jobs, car.visit->order, &JobRow::id);
        if (row != view_.jobs.end()) {
            adopt(car, *row, now);
        } else if (*car.state < JobState::delivered) {
            car.state = JobState::cancelled;  // somebody closed it by hand
        }
    }
}

const BayRow* Floor::bay(const std::string& id) const {
    const auto found = std::ranges::find(view_.bays, id, &BayRow::id);
    return found == view_.bays.end() ? nullptr : &*found;
}

std::string Floor::worker_of(const std::string& order) const {
    const auto row = std::ranges::find(view_.jobs, order, &JobRow::id);
    return row == view_.jobs.end() || row->clocked_on.empty() ? std::string() : row->clocked_on.front();
}

bool Floor::is_free(const BayRow& bay) const {
    if (!bay.order.empty() && ours(bay.order) == nullptr) return false;
    return std::ranges::none_of(cars_, [&](const CarState& car) { return car.bay == bay.id && car.holds_bay(); });
}

bool Floor::is_idle(const BayRow& bay) const {
    const bool stranger = std::ranges::any_of(bay.queue, [&](const auto& order) { return ours(order) == nullptr; });
    const auto queues = [&](const CarState& car) { return car.bay == bay.id && car.is(JobState::assigned); };
    return !stranger && is_free(bay) && std::ranges::none_of(cars_, queues);
}

bool Floor::first_in_queue(const CarState& car) const {
    return std::ranges::none_of(cars_, [&](const CarState& other) {
        return &other != &car && other.is(JobState::assigned) && other.bay == car.bay &&
               other.assigned_seq < car.assigned_seq;
    });
}

bool Floor::is_clocked_on(std::string_view person) const {
    for (const CarState& car : cars_) {
        if (car.is(JobState::in_progress) && car.technician == person) return true;
    }
    return std::ranges::any_of(view_.jobs, [&](const JobRow& row) {
        const bool on = std::ranges::find(row.clocked_on, person) != row.clocked_on.end();
        return on && ours(row.id) == nullptr;
    });
}

std::optional<std::string> Floor::free_hand(const std::string& bay_id) const {
    const BayRow* place = bay(bay_id);
    if (place == nullptr) return std::nullopt;
    for (const auto& person : crew_of(place->team).hands) {
        if (!is_clocked_on(person)) return std::string(person);
    }
    return std::nullopt;
}

}  // namespace baytime::workday
