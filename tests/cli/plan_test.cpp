#include "deploy/workday/plan.hpp"
#include "deploy/workday/doors.hpp"
#include "deploy/workday/people.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace baytime;
using namespace baytime::workday;

namespace {

template <class Is>
long count_of(const std::vector<Visit>& day, const Is& is) {
    return std::ranges::count_if(day, is);
}

}  // namespace

TEST_CASE("the same seed plans the same day", "[workday]") {
    const auto one = make_day(7, 1001);
    const auto two = make_day(7, 1001);
    REQUIRE(one.size() == two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].plate == two[i].plate);
        CHECK(one[i].arrives == two[i].arrives);
        CHECK(one[i].items == two[i].items);
    }
    CHECK(make_day(8, 1001).front().plate != one.front().plate);
}

TEST_CASE("a planned day has sixty visits and every kind of trouble", "[workday]") {
    const unsigned seed = GENERATE(20261121U, 20261122U, 1U, 2U, 3U);
    CAPTURE(seed);
    const auto day = make_day(seed, 1001);
    REQUIRE(day.size() == visits_a_day);
    std::set<std::string> orders;
    for (const auto& visit : day) orders.insert(visit.order);
    CHECK(orders.size() == visits_a_day);
    CHECK(count_of(day, [](const Visit& v) { return v.arrives < 0; }) >= 10);
    CHECK(count_of(day, [](const Visit& v) { return v.booked; }) >= 8);
    CHECK(count_of(day, [](const Visit& v) { return v.no_show; }) == 1);
    CHECK(count_of(day, [](const Visit& v) { return v.cancelled; }) == 1);
    CHECK(count_of(day, [](const Visit& v) { return v.return_of.has_value(); }) == 1);
    CHECK(count_of(day, [](const Visit& v) { return v.express; }) == 8);
    CHECK(count_of(day, [](const Visit& v) { return v.late_after > 0; }) == 6);
    CHECK(count_of(day, [](const Visit& v) { return v.parts_after > 0; }) == 5);
    CHECK(count_of(day, [](const Visit& v) { return v.added && v.added->declined; }) == 2);
    CHECK(count_of(day, [](const Visit& v) { return v.added && v.added->counts; }) == 3);
    CHECK(count_of(day, [](const Visit& v) { return v.new_time_without_added_work; }) == 2);
    CHECK(count_of(day, [](const Visit& v) { return !v.fails_for.empty(); }) == 4);
    CHECK(count_of(day, [](const Visit& v) { return v.slip; }) == 1);
    for (const auto& visit : day) {
        if (!visit.return_of) continue;
        const Visit& before = day.at(static_cast<std::size_t>(*visit.return_of));
        CHECK(before.plate == visit.plate);
        CHECK(before.arrives + 180 < visit.arrives);
    }
}

TEST_CASE("a scanner has a card for what its commands mean, and for nothing else", "[workday]") {
    CHECK(card_for({.verb = "start"}) == "START");
    CHECK(card_for({.verb = "pause", .values = {{"reason", "parts"}}}) == "PAUSE-PARTS");
    CHECK(card_for({.verb = "delay", .values = {{"minutes", "30"}}}) == "LATE-30");
    CHECK_FALSE(card_for({.verb = "delay", .values = {{"minutes", "45"}}}));
    CHECK_FALSE(card_for({.verb = "pause", .values = {{"reason", "rest"}}}));
    CHECK_FALSE(card_for({.verb = "add-work"}));
}
