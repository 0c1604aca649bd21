// What somebody should act on now.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("the view shows every alert that stands: what, whom it asks, whom it concerns", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(121);
    REQUIRE(w.mind_alerts() == 1);
    const auto alerts = alerts_view(w.board, w.shop, w.now).alerts;
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0] == Alert{.id = "overdue:R1",
                             .kind = "overdue",
                             .order = "R1",
                             .plate = "沪A12345",
                             .bay = "1",
                             .whom = Role::foreman,
                             .person = "120",
                             .people = {"120", "101", "130"},
                             .since = at_minute(121),
                             .promise = at_minute(120)});
    w.now = at_minute(125);
    REQUIRE(w.say("120", Acknowledge{.alert = "overdue:R1"}) == "ok");
    CHECK(alerts_view(w.board, w.shop, w.now).alerts[0].acknowledged_by == "120");
    CHECK(alerts_view(w.board, w.shop, w.now).alerts[0].acknowledged_at == at_minute(125));
}

TEST_CASE("alerts nobody has acknowledged come first, then the oldest", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(5);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
    w.mind_alerts();
    w.bring("R2", JobState::booked);  // appointment at minute 65
    w.now = at_minute(80);
    w.mind_alerts();
    CHECK(w.standing() == "tell_customer:R1 appointment_overdue:R2");
    REQUIRE(w.say("130", Acknowledge{.alert = "tell_customer:R1"}) == "ok");
    CHECK(w.standing() == "appointment_overdue:R2 tell_customer:R1+");
}

TEST_CASE("the workshop view counts the alerts of each job", "[view][alerts]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.bring("R2", JobState::waiting);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
    w.mind_alerts();
    const auto view = workshop_view(w.board, w.shop, w.now);
    CHECK(view.jobs.at(0).alerts == 1);
    CHECK(view.jobs.at(1).alerts == 0);
    CHECK(bay_view(w.board, w.shop, "1", w.now).jobs.at(0).alerts == 1);
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
