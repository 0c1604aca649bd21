// The workshop's side of the day: dispatch, work and its troubles, inspection, wash.
#include "deploy/workday/people.hpp"
#include "deploy/workday/player.hpp"

#include "protocol/json.hpp"

#include <algorithm>
#include <tuple>

namespace baytime::workday {
namespace {

constexpr int short_work = 60;                        ///< minutes; so much may also be done in an express bay
constexpr auto patience = std::chrono::minutes(8);    ///< then a car is queued before a busy bay
constexpr auto long_wait = std::chrono::minutes(15);  ///< then a quick job takes a general bay too
constexpr double undo_is_safe_up_to = 240;            ///< speed; above it a minute passes before the second command

const std::string foreman_id(foreman);

}  // namespace

Way Player::way_of(const std::string& bay) const {
    if (bay == "3") return Way::station_3;
    if (bay == "7") return Way::station_7;
    const BayRow* place = floor_.bay(bay);
    const std::string team = place == nullptr ? "" : place->team;
    return team == "A" || team == "D" ? Way::words_terminal : Way::crew_tablet;
}

const BayRow* Player::bay_for(const CarState& car) const {
    const Visit& visit = *car.visit;
    const BayRow* busy = nullptr;
    const BayRow* other = nullptr;
    for (const BayRow& bay : floor_.bays()) {
        if (bay.kind == visit.kind) {
            if (floor_.is_idle(bay)) return &bay;
            const auto queues = [&](const CarState& one) { return one.is(JobState::assigned) && one.bay == bay.id; };
            const auto& cars = const_cast<Floor&>(floor_).cars();
            if (busy == nullptr && bay.queue.empty() && std::ranges::none_of(cars, queues)) busy = &bay;
        }
        const bool general_too =
            visit.kind == BayKind::express && bay.kind == BayKind::general && now_ >= car.since + long_wait;
        const bool express_too = visit.kind == BayKind::general && bay.kind == BayKind::express &&
                                 visit.standard <= short_work && now_ >= car.since + patience;
        if ((general_too || express_too) && floor_.is_idle(bay)) other = &bay;
    }
    if (other != nullptr) return other;
    return now_ >= car.since + patience ? busy : nullptr;
}

// The foreman's order (rule §2): returns, appointments, earliest promise.
void Player::dispatch() {
    if (now_ < foreman_due_) return;
    std::vector<CarState*> waiting_cars;
    for (CarState& car : floor_.cars()) {
        if (car.is(JobState::waiting) && !car.visit->cancelled && now_ >= car.due) waiting_cars.push_back(&car);
    }
    std::ranges::sort(waiting_cars, {}, [](const CarState* car) {
        return std::tuple(!car->visit->return_of.has_value(), !car->visit->booked, car->promise, car->visit->arrives);
    });
    for (CarState* car : waiting_cars) {
        const BayRow* bay = bay_for(*car);
        if (bay == nullptr) continue;
        foreman_due_ = now_ + Minutes(1);
        assign(*car, *bay, floor_.is_idle(*bay));
        return;
    }
}

bool Player::assign(CarState& car, const BayRow& bay, bool parked) {
    Order order{.verb = "assign", .as = foreman_id, .values = {{"bay", bay.id}}};
    if (parked) order.values.emplace_back("parked", "yes");
    if (!say(car, Way::dispatch_desk, std::move(order))) return false;
    car.bay = bay.id;
    car.parked = parked;
    car.assigned_seq = car.seq;
    wait(car, 2, 4);
    return true;
}

void Player::assigned(CarState& car) {
    const BayRow* here = floor_.bay(car.bay);
    if (here == nullptr) return;
    if (!car.parked && (!floor_.is_free(*here) || !floor_.first_in_queue(car))) {
        const BayRow* better = bay_for(car);
        if (better != nullptr && floor_.is_idle(*better)) {
            assign(car, *better, true);
        } else if (!car.done.tried && car.visit->slip) {
            // Somebody presses START before the bay is free, and is told so.
            car.done.tried = true;
            const auto hand = floor_.free_hand(car.bay);
            if (hand) say(car, way_of(car.bay), {.verb = "start", .as = *hand}, "bay-busy");
        }
        return;
    }
    if (const auto hand = floor_.free_hand(car.bay)) start(car, *hand);
}

void Player::start(CarState& car, const std::string& technician) {
    if (!say(car, way_of(car.bay), {.verb = "start", .as = technician})) return;
    car.technician = technician;
    car.since = now_;
}

int Player::minutes_done(const CarState& car) const {
    return car.spent + static_cast<int>(std::chrono::duration_cast<Minutes>(now_ - car.since).count());
}

void Player::in_progress(CarState& car) {
    const int percent = minutes_done(car) * 100 / std::max(1, car.work);
    if (trouble(car, percent)) return;
    if (percent >= 100 && (!car.done.added || car.done.answered)) finish(car);
}

// The next trouble of this car that is due; true when there was one.
bool Player::trouble(CarState& car, int percent) {
    const Visit& visit = *car.visit;
    const auto due = [&](bool& already, bool planned, int after) {
        if (already || !planned || percent < after || percent >= 100) return false;
        already = true;
        return true;
    };
    const Way way = way_of(car.bay);
    if (due(car.done.added, visit.added.has_value(), 30)) {
        car.last_contact = now_;
        say(car, way,
            {.verb = "add-work",
             .as = car.technician,
             .values = {{"name", visit.added->name},
                        {"minutes", std::to_string(visit.added->minutes)},
                        {"code", visit.added->code}}});
        return true;
    }
    if (due(car.done.parts, visit.parts_after > 0, visit.parts_after)) {
        const int spent = minutes_done(car);
        if (!say(car, way, {.verb = "pause", .as = car.technician, .values = {{"reason", "parts"}}})) return true;
        car.spent = spent;
        wait(car, 15, 35);
        return true;
    }
    if (due(car.done.late, visit.late_after > 0, visit.late_after)) {
        car.last_contact = now_;
        Order order{.verb = "delay", .as = car.technician, .values = {{"minutes", std::to_string(visit.late_minutes)}}};
        // A scanner's card gives no reason.
        const bool scanned = way == Way::station_3 || way == Way::station_7;
        order.values.emplace_back("reason", scanned ? "other" : visit.late_minutes > 30 ? "labour" : "diagnosis");
        say(car, way, std::move(order));
        return true;
    }
    if (due(car.done.estimated, visit.lead_estimates, 60)) {
        const BayRow* place = floor_.bay(car.bay);
        say(car, way,
            {.verb = "estimate",
             .as = std::string(crew_of(place == nullptr ? "" : place->team).lead),
             .values = {{"to", protocol::iso_utc(minute_of(std::max(car.promise, now_)) + Minutes(20))}}},
            time_overtaken);
        return true;
    }
    if (!catching_up_ && feed_.speed() <= undo_is_safe_up_to && due(car.done.slipped, visit.slip, 50)) {
        const Instant since = car.since;
        if (!say(car, way, {.verb = "finish", .as = car.technician})) return true;
        car.level = 1;
        // On a busy computer the minute may be over before the second command: then it stays finished.
        if (say(car, way, {.verb = "undo", .as = car.technician}, "undo-too-late")) car.since = since;
        return true;
    }
    return false;
}

void Player::finish(CarState& car) {
    if (!say(car, way_of(car.bay), {.verb = "finish", .as = car.technician})) return;
    car.level = 1;
    wait(car, 4, 8);
}

void Player::paused(CarState& car) {
    const auto hand = floor_.is_clocked_on(car.technician) ? floor_.free_hand(car.bay) : std::optional(car.technician);
    if (hand && !hand->empty()) start(car, *hand);
}

void Player::inspection(CarState& car) {
    const BayRow* place = floor_.bay(car.bay);
    const std::string lead(crew_of(place == nullptr ? "" : place->team).lead);
    const bool team_level = car.level < 2;
    Order order{.verb = "inspect", .as = team_level ? lead : std::string(inspector)};
    const bool fails = !car.visit->fails_for.empty() && !car.done.failed;
    if (fails) {
        order.values = {{"failed", "yes"}, {"reason", car.visit->fails_for}};
    } else {
        order.values = {{"passed", "yes"}};
    }
    if (!say(car, Way::crew_tablet, std::move(order))) return;
    if (fails) {
        car.done.failed = true;
        car.parked = false;
        car.assigned_seq = car.seq;
        car.spent = 0;
        car.work = 12;
        car.level = 0;
    } else {
        ++car.level;
    }
    wait(car, 4, car.visit->waiting ? 8 : 16);
}

void Player::washing(CarState& car) {
    if (say(car, Way::words_terminal, {.verb = "wash", .as = "133"})) wait(car, 4, car.visit->waiting ? 10 : 18);
}

}  // namespace baytime::workday
