// What somebody should act on now.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

std::vector<Alert> look(const Workshop& w) {
    return alerts_view(w.board, w.shop, w.now).alerts;
}

}  // namespace

TEST_CASE("an overdue car alerts the foreman from the minute after the promise until it is ready", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::washing);
    w.now = at_minute(120);
    CHECK(look(w).empty());
    w.now = at_minute(135);
    REQUIRE(look(w).size() == 1);
    CHECK(look(w)[0] == Alert{.id = "overdue:R1",
                              .kind = "overdue",
                              .order = "R1",
                              .plate = "沪A12345",
                              .bay = "1",
                              .whom = Role::foreman,
                              .since = at_minute(121)});
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    CHECK(look(w).empty());
}

TEST_CASE("a delay alerts the advisor until the customer was told", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(10);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
    REQUIRE(look(w).size() == 1);
    CHECK(look(w)[0].id == "delay:R1");
    CHECK(look(w)[0].whom == Role::advisor);
    CHECK(look(w)[0].since == at_minute(10));
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(look(w).empty());
}

TEST_CASE("open consent, a failed inspection and a missing guest alert the right person", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::inspection);
    w.bring("R2", JobState::booked);  // appointment at minute 60
    w.now = at_minute(5);
    REQUIRE(w.say("140", Inspect{.order = "R1", .failed = true, .reason = "leak"}) == "ok");
    w.now = at_minute(6);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
    w.now = at_minute(80);
    const auto alerts = look(w);
    REQUIRE(alerts.size() == 3);
    CHECK(alerts[0].id == "inspection_failed:R1");
    CHECK(alerts[0].whom == Role::lead);
    CHECK(alerts[0].since == at_minute(5));
    CHECK(alerts[1].id == "consent_open:R1");
    CHECK(alerts[1].since == at_minute(6));
    CHECK(alerts[2].id == "appointment_overdue:R2");
    CHECK(alerts[2].since == at_minute(75));
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    CHECK(look(w).size() == 2);
}

TEST_CASE("views change by the passing of time only where announced", "[view]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.bring("R2", JobState::booked);
    w.bring("R3", JobState::waiting);
    w.bring("R4", JobState::waiting);
    REQUIRE(w.say("120", Assign{.order = "R4", .bay = "2"}) == "ok");
    REQUIRE(w.say("130", Estimate{.order = "R4", .to = at_minute(140)}) == "ok");
    w.bring("R5", JobState::waiting);
    REQUIRE(w.say("120", Undo{.order = "R5"}) == "ok");
    REQUIRE(w.say("102", Start{.order = "R4"}) == "ok");
    REQUIRE(w.say("102", Finish{.order = "R4"}) == "ok");
    const auto all = [&w](Instant now) {
        return std::tuple(lounge_view(w.board, w.shop, now), workshop_view(w.board, w.shop, now),
                          bay_view(w.board, w.shop, "1", now), alerts_view(w.board, w.shop, now));
    };
    auto announced = next_view_change(w.board, w.shop, opening);
    int changes = 0;
    for (Instant now = opening; now < at_minute(300); now += seconds(1)) {
        const bool same = all(now) == all(now + seconds(1));
        if (!same) {
            ++changes;
            REQUIRE(announced.has_value());
            CHECK(*announced == now + seconds(1));
        }
        if (announced && *announced <= now + seconds(1)) {
            announced = next_view_change(w.board, w.shop, now + seconds(1));
        }
    }
    CHECK(changes >= 4);
}
