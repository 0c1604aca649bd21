// What staff see.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("dispatch suggests returns, then appointments, then the earliest promise, then arrival", "[view][workshop]") {
    Workshop w;
    const auto receive = [&w](const char* order, int promise, std::optional<std::string> return_of = {}) {
        REQUIRE(w.say("130", Receive{.order = order,
                                     .plate = "沪A12345",
                                     .model = "x",
                                     .type = RepairType::repair,
                                     .promise = at_minute(promise),
                                     .return_of = std::move(return_of)}) == "ok");
    };
    w.bring("OLD-1", JobState::delivered);
    receive("W1", 90);
    w.now += minutes(1);
    receive("W2", 90);
    receive("W3", 60);
    w.bring("A1", JobState::booked);
    REQUIRE(w.say("130", Receive{.order = "A1"}) == "ok");
    receive("X1", 300, "OLD-1");
    const auto view = workshop_view(w.board, w.shop, w.now);
    CHECK(view.dispatch == std::vector<std::string>{"X1", "A1", "W3", "W1", "W2"});
}

TEST_CASE("a bay shows the job that holds it and the queue in order of assignment", "[view][workshop]") {
    Workshop w;
    w.bring("R9", JobState::in_progress);
    for (const char* order : {"R3", "R1", "R2"}) {
        w.receive(order);
        REQUIRE(w.say("120", Assign{.order = order, .bay = "1"}) == "ok");
    }
    const auto view = workshop_view(w.board, w.shop, w.now);
    REQUIRE(view.bays.size() == 4);
    CHECK(view.bays[0] == BayRow{.id = "1",
                                 .label = "1号工位",
                                 .kind = BayKind::general,
                                 .team = "A",
                                 .order = "R9",
                                 .queue = {"R3", "R1", "R2"}});
    CHECK(view.bays[1].order.empty());
    const auto bay = bay_view(w.board, w.shop, "1", w.now);
    CHECK(bay.bay == view.bays[0]);
    REQUIRE(bay.jobs.size() == 4);
    CHECK(bay.jobs[0].id == "R9");
    CHECK(bay.jobs[1].id == "R3");
    CHECK(bay_view(w.board, w.shop, "9", w.now) == BayView{.bay = {.id = "9"}});
}

TEST_CASE("a job row gives staff everything about an open job", "[view][workshop]") {
    Workshop w;
    w.bring("R2", JobState::delivered);
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("102", Start{.order = "R1"}) == "ok");
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "a", .minutes = {40}}) == "ok");
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "b", .minutes = {20}}) == "ok");
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王先生"}) == "ok");
    const auto view = workshop_view(w.board, w.shop, w.now);
    REQUIRE(view.jobs.size() == 1);
    const JobRow& row = view.jobs[0];
    CHECK(row.id == "R1");
    CHECK(row.plate == "沪A12345");
    CHECK(row.customer == "王先生");
    CHECK(row.clocked_on == std::vector<std::string>{"101", "102"});
    CHECK(row.consents_open == 1);
    CHECK(row.standard_minutes == 40);
    CHECK(row.next_level == 0);
    CHECK_FALSE(row.overdue);
    CHECK(workshop_view(w.board, w.shop, at_minute(121)).jobs[0].overdue);
}

TEST_CASE("the level due is shown in inspection, and a ready car shows when it became ready", "[view][workshop]") {
    Workshop w;
    w.bring("R1", JobState::inspection);
    CHECK(workshop_view(w.board, w.shop, w.now).jobs[0].next_level == 2);
    REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true}) == "ok");
    w.now = at_minute(30);
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    const auto row = workshop_view(w.board, w.shop, at_minute(500)).jobs[0];
    CHECK(row.next_level == 0);
    CHECK(row.expected == at_minute(30));
    CHECK_FALSE(row.overdue);
}

TEST_CASE("a booking is overdue when the guest is fifteen minutes late", "[view][workshop]") {
    Workshop w;
    w.bring("R1", JobState::booked);  // appointment at minute 60
    CHECK_FALSE(workshop_view(w.board, w.shop, at_minute(75) - seconds(1)).jobs[0].overdue);
    CHECK(workshop_view(w.board, w.shop, at_minute(75)).jobs[0].overdue);
    CHECK(next_view_change(w.board, w.shop, at_minute(61)) == at_minute(75));
}
