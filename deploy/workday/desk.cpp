// The customer's side of the day: appointments, intake, news, hand-over, call-back.
#include "deploy/workday/people.hpp"
#include "deploy/workday/player.hpp"

#include "protocol/json.hpp"

#include <algorithm>

namespace baytime::workday {
namespace {

constexpr auto news_every = std::chrono::minutes(50);  ///< rule §5: a waiting customer hears something within 60
constexpr auto no_show_after = std::chrono::minutes(22);
constexpr int late_guest = 12;
constexpr auto cancel_after = std::chrono::minutes(14);

std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : ",") + item;
    return out;
}

using Values = std::vector<std::pair<std::string, std::string>>;

Values intake(const Visit& visit) {
    return {{"plate", visit.plate},         {"model", visit.wrong_model ? "大众 朗行" : visit.model},
            {"type", name(visit.type)},     {"customer", visit.customer},
            {"phone", visit.phone},         {"advisor", visit.advisor},
            {"items", joined(visit.items)}, {"wash", visit.wash ? "yes" : "no"}};
}

std::string how(CarState& car) {
    return car.visit->waiting ? "in_person" : car.dice.roll(3) == 0 ? "message" : "phone";
}

/// Labour by the standard minutes, and some parts; to the tenth of a yuan.
std::string amount_of(const Visit& visit) {
    const int tenths = 900 + visit.standard * 43;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

void Player::not_here_yet(CarState& car) {
    const Visit& visit = *car.visit;
    const Instant expected = arrival(visit);
    if (!car.state && visit.booked && expected > now_ + Minutes(10)) return book(car);
    if (!car.state && visit.no_show) {
        car.skipped = true;  // too late to be missed
        return;
    }
    if (visit.no_show) {
        if (now_ >= expected + no_show_after) say(car, Way::front_desk, {.verb = "no-show", .as = visit.advisor});
        return;
    }
    if (visit.moved_booking && !car.done.moved_booking && now_ >= opening_) {
        car.done.moved_booking = true;
        car.promise = expected + Minutes(visit.promised + 30);
        say(car, Way::office,
            {.verb = "promise", .as = std::string(relations), .values = {{"to", protocol::iso_utc(car.promise)}}});
        return;
    }
    if (now_ >= expected) receive(car);
}

void Player::book(CarState& car) {
    const Visit& visit = *car.visit;
    Order order{.verb = "book", .as = visit.advisor, .values = intake(visit)};
    order.values.emplace_back("appointment", protocol::iso_utc(arrival(visit)));
    if (visit.express) order.values.emplace_back("express", "yes");
    say(car, Way::front_desk, std::move(order));
}

void Player::receive(CarState& car) {
    const Visit& visit = *car.visit;
    const bool booked = car.is(JobState::booked);
    Order order{.verb = "receive", .as = visit.advisor, .values = booked ? Values{} : intake(visit)};
    if (!booked && visit.express) order.values.emplace_back("express", "yes");
    if (visit.waiting) order.values.emplace_back("waiting", "yes");
    if (visit.return_of) {
        // Only a car that was handed over can come back.
        const CarState& before = floor_.cars().at(static_cast<std::size_t>(*visit.return_of));
        if (before.is(JobState::delivered)) order.values.emplace_back("return_of", before.visit->order);
    }
    if (car.promise == Instant{}) car.promise = minute_of(now_) + Minutes(visit.promised);
    car.promise = std::max(car.promise, minute_of(now_) + Minutes(visit.standard));  // a late guest gets a later time
    order.values.emplace_back("promise", protocol::iso_utc(car.promise));
    if (!say(car, Way::front_desk, std::move(order), promise_overtaken)) return;
    car.last_contact = now_;
    wait(car, 1, 2);
}

void Player::waiting(CarState& car) {
    if (!car.visit->cancelled || now_ < car.since + cancel_after) return;
    say(car, Way::front_desk,
        {.verb = "cancel", .as = car.visit->advisor, .values = {{"reason", "客户临时有事,改日再来"}}});
}

void Player::hand_over(CarState& car) {
    // This customer went out, and comes back when the promise has passed.
    if (!car.visit->excuse.empty() && now_ < car.promise + Minutes(late_guest)) return;
    const Order order{.verb = "deliver", .as = car.visit->advisor, .values = {{"amount", amount_of(*car.visit)}}};
    if (!say(car, Way::front_desk, order)) return;
    car.excuse_due = !car.visit->excuse.empty();
    wait(car, 45, 90);
    if (car.excuse_due) wait(car, 2, 4);
}

// The customer came late and signed for it: the advisor writes it down, the manager looks at it. A car that made it in
// time after all needs no excuse.
void Player::excuse(CarState& car) {
    car.excuse_due = false;
    const bool written =
        say(car, Way::front_desk,
            {.verb = "excuse",
             .as = car.visit->advisor,
             .values = {{"cause", car.visit->excuse}, {"signature", "客户签字单 " + car.visit->order}}},
            "not-from-here");
    if (written)
        say(car, Way::office,
            {.verb = "decide-excuse", .as = std::string(manager), .values = {{"decision", "accepted"}}});
    wait(car, 45, 90);
}

void Player::call_back(CarState& car) {
    if (car.excuse_due) return excuse(car);
    if (!car.visit->call_back || car.done.called_back) return;
    car.done.called_back = true;
    Order order{.verb = "call-back", .as = std::string(relations)};
    order.values.emplace_back("text", car.visit->says_late ? "客户表示交车晚了" : "客户满意");
    if (car.visit->says_late) order.values.emplace_back("late", "yes");
    say(car, Way::office, std::move(order));
}

bool Player::repromise(CarState& car, int minutes, const std::string& reason) {
    const Instant to = std::max(car.promise, now_) + Minutes(minutes);
    const Order order{.verb = "repromise",
                      .as = car.visit->advisor,
                      .values = {{"to", protocol::iso_utc(minute_of(to))},
                                 {"reason", reason},
                                 {"who", car.visit->customer},
                                 {"how", how(car)}}};
    if (!say(car, Way::front_desk, order, time_overtaken)) return false;
    car.last_contact = now_;
    return true;
}

void Player::answer_added_work(CarState& car) {
    const AddedWork& added = *car.visit->added;
    car.done.answered = true;
    Order order{
        .verb = "consent",
        .as = car.visit->advisor,
        .values = {
            {"item", std::to_string(car.visit->items.size() + 1)}, {"who", car.visit->customer}, {"how", how(car)}}};
    if (added.declined) order.values.emplace_back("declined", "yes");
    if (!say(car, Way::front_desk, std::move(order))) return;
    if (added.counts) repromise(car, added.minutes + 10, "added_work");
}

// What the advisor does besides: mends a slip of the pen, asks about added work, tells the customer.
void Player::chores(CarState& car) {
    const Visit& visit = *car.visit;
    if (!car.open()) return;
    if (visit.wrong_model && !car.done.corrected && now_ >= car.since + Minutes(6)) {
        car.done.corrected = true;
        say(car, Way::front_desk, {.verb = "correct", .as = visit.advisor, .values = {{"model", visit.model}}});
    }
    if (car.done.added && !car.done.answered && now_ >= car.last_contact + Minutes(6)) answer_added_work(car);
    if (car.done.late && !car.done.told && now_ >= car.last_contact + Minutes(5)) {
        car.done.told = true;
        if (visit.new_time_without_added_work) {
            repromise(car, visit.late_minutes, "labour");
            return;
        }
        car.last_contact = now_;
        say(car, Way::front_desk,
            {.verb = "contact",
             .as = visit.advisor,
             .values = {{"who", visit.customer}, {"how", how(car)}, {"text", "已说明延误原因和新的时间"}}});
    }
    if (visit.waiting && *car.state < JobState::ready && now_ >= car.last_contact + news_every) {
        car.last_contact = now_;
        say(car, Way::front_desk,
            {.verb = "contact",
             .as = visit.advisor,
             .values = {{"who", visit.customer}, {"how", "in_person"}, {"text", "告知维修进度"}}});
    }
}

}  // namespace baytime::workday
