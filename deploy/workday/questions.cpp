// The workshop answers what the daemon asks: "will it be ready in time?"
#include "deploy/workday/people.hpp"
#include "deploy/workday/player.hpp"

#include "protocol/json.hpp"

#include <algorithm>

namespace baytime::workday {
namespace {

/// Nobody answers at once.
constexpr auto thinks_for = std::chrono::minutes(2);
/// From the last screw to the clean car.
constexpr int steps_after_work = 20;
constexpr int answer_in_steps_of = 15;

}  // namespace

void Player::answer_questions() {
    if (catching_up_ || feed_.view("alerts") == nullptr) return;
    const auto view = protocol::from_json<AlertsView>(protocol::json::value(*feed_.view("alerts")));
    for (const Alert& alert : view.alerts) {
        const bool waits = alert.kind.starts_with("ask_") && !alert.acknowledged_at && now_ >= alert.since + thinks_for;
        if (!waits || answered_.contains(alert.id)) continue;
        auto& cars = floor_.cars();
        const auto car =
            std::ranges::find_if(cars, [&alert](const CarState& one) { return one.visit->order == alert.order; });
        if (car == cars.end() || !car->open()) continue;
        answered_.insert(alert.id);
        answer(*car, alert);
    }
}

void Player::answer(CarState& car, const Alert& alert) {
    const bool hands = alert.whom == Role::technician && !alert.person.empty();
    const std::string who = hands ? alert.person : std::string(foreman);
    const Way way = hands ? way_of(car.bay) : Way::dispatch_desk;
    const bool works = car.is(JobState::in_progress);
    const int left = *car.state > JobState::paused ? 0 : car.work - (works ? minutes_done(car) : car.spent);
    const Instant ready = now_ + Minutes(std::max(0, left) + steps_after_work);
    const int late = static_cast<int>(std::chrono::ceil<Minutes>(ready - car.promise).count());
    if (late <= 0) {
        say(car, way, {.verb = "yes", .as = who}, "nothing-asked");
        return;
    }
    const int told = (late + answer_in_steps_of - 1) / answer_in_steps_of * answer_in_steps_of;
    car.done.late = true;
    car.done.told = false;
    car.last_contact = now_;
    say(car, way, {.verb = "late", .as = who, .values = {{"minutes", std::to_string(told)}, {"reason", "labour"}}},
        "nothing-asked");
}

}  // namespace baytime::workday
