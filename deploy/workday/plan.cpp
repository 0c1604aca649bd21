#include "deploy/workday/plan.hpp"

#include "deploy/workday/cars.hpp"
#include "deploy/workday/people.hpp"

#include <algorithm>

namespace baytime::workday {
namespace {

constexpr int early_cars = 14;
constexpr int last_arrival = 520;
constexpr int last_long_arrival = 200;
constexpr int long_work = 110;

struct Work {
    RepairType type = RepairType::maintenance;
    BayKind kind = BayKind::general;
    std::vector<std::string> items{};
    int minutes = 0;
    int visits = 1;  ///< how many of these a day has
    bool express = false;
};

// Codes and minutes as in assets/standard-times.csv; 60 visits together.
const std::vector<Work>& works() {
    using enum RepairType;
    using enum BayKind;
    static const std::vector<Work> list{
        {maintenance, BayKind::express, {"BY04", "BY14"}, 20, 3, true},
        {maintenance, BayKind::express, {"BY05"}, 15, 2, true},
        {repair, BayKind::express, {"XL07"}, 20, 3, true},
        {maintenance, BayKind::express, {"BY01"}, 30, 6},
        {maintenance, BayKind::express, {"BY01", "BY05"}, 45, 2},
        {first_service, BayKind::express, {"SB01"}, 40, 4},
        {repair, BayKind::express, {"XL01"}, 45, 2},
        {maintenance, general, {"BY02"}, 50, 6},
        {maintenance, general, {"BY03"}, 90, 4},
        {maintenance, general, {"BY02", "BY09"}, 90, 2},
        {maintenance, general, {"BY11", "BY12"}, 85, 2},
        {maintenance, general, {"BY08"}, 70, 2},
        {repair, general, {"XL03"}, 80, 2},
        {repair, general, {"XL08"}, 120, 1},
        {repair, general, {"XL11"}, 150, 1},
        {repair, general, {"XL16"}, 60, 3},
        {repair, general, {"XL17"}, 90, 1},
        {repair, general, {"XL18"}, 80, 1},
        {warranty, general, {"SP01"}, 40, 2},
        {warranty, general, {"SP03"}, 60, 1},
        {warranty, general, {"SP04"}, 45, 1},
        {repair, alignment, {"XL06"}, 60, 4},
        {repair, alignment, {"XL06", "XL04"}, 80, 1},
        {accident, body, {"SG04"}, 150, 1},
        {accident, body, {"SG03"}, 180, 1},
        {accident, paint, {"SG02"}, 210, 1},
        {accident, paint, {"SG05"}, 120, 1},
    };
    return list;
}

std::vector<Visit> bare_visits(Dice& dice) {
    std::vector<Visit> visits;
    for (const Work& work : works()) {
        for (int i = 0; i < work.visits; ++i) {
            Visit visit{.type = work.type, .kind = work.kind, .items = work.items, .express = work.express};
            visit.standard = work.minutes;
            visit.work = work.minutes * dice.between(80, 105) / 100;
            visit.wash = !work.express;
            visits.push_back(std::move(visit));
        }
    }
    dice.shuffle(visits);
    return visits;
}

void give_arrivals(std::vector<Visit>& visits, Dice& dice) {
    const int span = last_arrival * 100 / (visits_a_day - early_cars);  // hundredths of a minute between two cars
    for (int i = 0; i < static_cast<int>(visits.size()); ++i) {
        Visit& visit = visits[static_cast<std::size_t>(i)];
        if (i < early_cars) {
            visit.arrives = -minutes_before_opening + i * (minutes_before_opening - 2) / early_cars;
        } else {
            visit.arrives = (i - early_cars) * span / 100 + dice.between(0, 8);
        }
    }
    // What takes long comes early: it trades places with a short one.
    for (auto late = visits.rbegin(); late != visits.rend(); ++late) {
        if (late->arrives <= last_long_arrival || late->standard < long_work) continue;
        const auto early = std::ranges::find_if(visits, [](const Visit& visit) {
            return visit.arrives > -40 && visit.arrives <= last_long_arrival && visit.standard <= 60 && !visit.express;
        });
        if (early != visits.end()) std::swap(early->arrives, late->arrives);
    }
    std::ranges::stable_sort(visits, {}, &Visit::arrives);
}

void give_people(std::vector<Visit>& visits, Dice& dice, int number) {
    for (std::size_t i = 0; i < visits.size(); ++i) {
        Visit& visit = visits[i];
        const Car car = make_car(dice);
        visit.order = "R" + std::to_string(number + static_cast<int>(i));
        visit.plate = car.plate;
        visit.model = car.model;
        visit.customer = make_customer(dice);
        visit.phone = make_phone(dice);
        visit.advisor = advisors[i % advisors.size()];
        visit.waiting = visit.express || (visit.standard < 60 && dice.roll(2) == 0);
        // Work, a look at it, perhaps a wash, and some air; told in steps of ten minutes.
        const int air = visit.express ? 30 : visit.standard * 13 / 10 + 60;
        visit.promised = visit.express ? air : (air + 9) / 10 * 10;
        visit.call_back = dice.roll(3) != 0;
    }
}

/// Hands troubles out to visits that fit, going round from a place of its own for each kind.
class Troubles {
public:
    explicit Troubles(std::vector<Visit>& visits) : visits_(visits), taken_(visits.size(), false) {}

    template <class Fits, class Give>
    void give(int count, std::size_t from, const Fits& fits, const Give& trouble) {
        for (std::size_t step = 0; step < visits_.size() && count > 0; ++step) {
            const std::size_t i = (from + step * 7) % visits_.size();
            if (taken_[i] || !fits(visits_[i])) continue;
            taken_[i] = true;
            trouble(visits_[i]);
            --count;
        }
    }

private:
    std::vector<Visit>& visits_;
    std::vector<bool> taken_;
};

bool ordinary(const Visit& visit) {
    return !visit.express && !visit.return_of && visit.standard >= 40;
}

void be_late(Visit& visit, int minutes) {
    visit.late_after = 55;
    visit.late_minutes = minutes;
    visit.work += minutes;
}

void add_work(Visit& visit, const AddedWork& added) {
    visit.added = added;
    if (!added.declined) visit.work += added.minutes;
}

void give_added_work(Troubles& troubles) {
    const AddedWork pads{.name = "更换前刹车片", .code = "XL01", .minutes = 45, .counts = true};
    const AddedWork wiper{.name = "更换雨刮片", .code = "BY14", .minutes = 10};
    const AddedWork battery{.name = "更换蓄电池", .code = "XL07", .minutes = 20, .declined = true};
    const auto fits = [](const Visit& visit) { return ordinary(visit) && visit.type != RepairType::accident; };
    troubles.give(3, 2, fits, [&](Visit& visit) { add_work(visit, pads); });
    troubles.give(2, 11, fits, [&](Visit& visit) { add_work(visit, wiper); });
    troubles.give(2, 24, fits, [&](Visit& visit) { add_work(visit, battery); });
}

void give_troubles(std::vector<Visit>& visits) {
    Troubles troubles(visits);
    const auto later = [](const Visit& visit) { return visit.arrives > 20 && !visit.express && !visit.return_of; };
    troubles.give(1, 30, later, [](Visit& visit) { visit.booked = visit.no_show = true; });
    troubles.give(1, 40, later, [](Visit& visit) { visit.cancelled = true; });
    give_added_work(troubles);
    troubles.give(5, 3, ordinary, [](Visit& visit) { visit.parts_after = 35; });
    troubles.give(4, 5, ordinary, [](Visit& visit) { be_late(visit, 30); });
    troubles.give(1, 13, ordinary, [](Visit& visit) {
        visit.excuse = "客户外出办事,回店取车晚于约定时间";
        visit.call_back = true;
    });
    troubles.give(2, 9, ordinary, [](Visit& visit) {
        be_late(visit, 60);
        visit.new_time_without_added_work = true;
        visit.says_late = true;
    });
    troubles.give(2, 17, ordinary, [](Visit& visit) { visit.fails_for = "轮胎螺栓扭矩未达标"; });
    troubles.give(2, 4, ordinary, [](Visit& visit) { visit.fails_for = "机油口有渗漏痕迹"; });
    troubles.give(1, 6, ordinary, [](Visit& visit) { visit.slip = true; });
    troubles.give(1, 8, ordinary, [](Visit& visit) { visit.lead_estimates = true; });
    troubles.give(1, 21, later, [](Visit& visit) { visit.wrong_model = true; });
}

void give_bookings(std::vector<Visit>& visits) {
    int booked = 0;
    for (std::size_t i = 0; i < visits.size(); i += 4) {
        Visit& visit = visits[i];
        if (visit.arrives < 15 || visit.return_of || visit.cancelled) continue;
        visit.booked = true;
        visit.moved_booking = ++booked == 2;
        visit.arrives = (visit.arrives + 14) / 15 * 15;  // appointments are given by the quarter of an hour
    }
    for (Visit& visit : visits) {
        if (visit.no_show) visit.arrives = (visit.arrives + 14) / 15 * 15;
    }
}

// One car of the morning comes back after noon.
void give_return(std::vector<Visit>& visits) {
    for (std::size_t i = 40; i < visits.size(); ++i) {
        Visit& back = visits[i];
        if (back.kind != BayKind::general || back.standard > 100) continue;
        for (std::size_t first = 1; first < early_cars; ++first) {
            const Visit& before = visits[first];
            if (before.standard > 60 || before.kind == BayKind::alignment) continue;
            back.return_of = static_cast<int>(first);
            back.plate = before.plate;
            back.model = before.model;
            back.customer = before.customer;
            back.phone = before.phone;
            back.advisor = before.advisor;
            back.type = RepairType::repair;
            return;
        }
    }
}

}  // namespace

std::vector<Visit> make_day(unsigned seed, int number) {
    Dice dice(seed);
    std::vector<Visit> visits = bare_visits(dice);
    give_arrivals(visits, dice);
    give_people(visits, dice, number);
    give_return(visits);
    give_troubles(visits);
    give_bookings(visits);
    return visits;
}

}  // namespace baytime::workday
