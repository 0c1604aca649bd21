// From the last screw to the key: inspect, wash, ready, deliver.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// An accident repair in inspection: levels 2 and 3 are due.
Workshop accident() {
    Workshop w;
    w.bring("R1", JobState::inspection);
    REQUIRE(w.say("130", Correct{.order = "R1", .type = RepairType::accident}) == "ok");
    return w;
}

}  // namespace

TEST_CASE("the last needed level sends the car to the wash, or out", "[decide][quality]") {
    struct Case {
        bool accident;
        bool is_return;
        bool wash;
        int levels;
        JobState end;
    };
    const auto c = GENERATE(values<Case>({
        {false, false, true, 2, JobState::washing},
        {false, false, false, 2, JobState::ready},
        {true, false, true, 3, JobState::washing},
        {false, true, false, 3, JobState::ready},
    }));
    Workshop w;
    w.bring("R0", JobState::delivered);
    w.bring("R1", JobState::inspection);
    if (c.accident) REQUIRE(w.say("130", Correct{.order = "R1", .type = RepairType::accident}) == "ok");
    if (c.is_return) REQUIRE(w.say("130", Correct{.order = "R1", .return_of = "R0"}) == "ok");
    if (!c.wash) REQUIRE(w.say("130", Correct{.order = "R1", .wash = false}) == "ok");
    for (int level = 2; level <= c.levels; ++level) {
        CHECK(w.job("R1").state == JobState::inspection);
        REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true, .level = level}) == "ok");
        CHECK(w.job("R1").passed_level == level);
    }
    CHECK(w.job("R1").state == c.end);
    CHECK(w.job("R1").ready_at.has_value() == (c.end == JobState::ready));
}

TEST_CASE("each level has its inspectors", "[decide][quality]") {
    struct Case {
        const char* who;
        int level;
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({
        {"110", 2, "ok"},
        {"120", 2, "ok"},
        {"140", 2, "ok"},
        {"160", 2, "not-permitted"},
        {"110", 3, "not-permitted"},
        {"120", 3, "not-permitted"},
        {"140", 3, "ok"},
        {"160", 3, "ok"},
    }));
    CAPTURE(c.who, c.level);
    Workshop w = accident();
    if (c.level == 3) REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    w.now += seconds(61);  // longer than a double press
    CHECK(w.say(c.who, Inspect{.order = "R1", .passed = true}) == c.outcome);
}

TEST_CASE("a verdict says passed or failed, why, and fits the level", "[decide][quality]") {
    Workshop w = accident();
    CHECK(w.say("140", Inspect{.order = "R1"}) == "value-missing");
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true, .failed = true}) == "value-missing");
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true, .level = 3}) == "level-wrong");
    CHECK(w.sentence == "R1 is due for inspection level 2, not 3");
    CHECK(w.say("140", Inspect{.order = "R1", .failed = true}) == "reason-missing");
    CHECK(w.say("140", Inspect{.order = "R1", .failed = true, .reason = std::string(300, 'x')}) == "value-bad");
}

TEST_CASE("a failed inspection sends the job back to its team, at the head of the queue", "[decide][quality]") {
    Workshop w = accident();
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "1"}) == "ok");
    REQUIRE(w.say("140", Inspect{.order = "R1", .failed = true, .reason = "oil leak"}) == "ok");
    const Job& job = w.job("R1");
    CHECK(job.state == JobState::assigned);
    CHECK(job.bay == "1");
    CHECK(job.technician == "101");
    CHECK(job.passed_level == 0);
    CHECK_FALSE(job.parked);
    CHECK(job.inspections.back().reason == "oil leak");
    CHECK(workshop_view(w.board, w.shop, w.now).bays.at(0).queue == std::vector<std::string>{"R1", "R2"});
}

TEST_CASE("the same verdict pressed twice counts once", "[decide][quality]") {
    Workshop w = accident();
    REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true}) == "ok");
    w.now += seconds(2);
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true}) == "same");
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true, .level = 2}) == "same");
    CHECK(w.job("R1").passed_level == 2);
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true, .level = 3}) == "ok");
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true, .level = 3}) == "same");
    CHECK(w.say("110", Inspect{.order = "R1", .passed = true}) == "not-from-here");
}

TEST_CASE("after a minute the same person may give the next level", "[decide][quality]") {
    Workshop w = accident();
    REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true}) == "ok");
    w.now += seconds(61);
    CHECK(w.say("140", Inspect{.order = "R1", .passed = true}) == "ok");
    CHECK(w.job("R1").state == JobState::washing);
}

TEST_CASE("a car becomes ready after the wash or without it, and leaves", "[decide][quality]") {
    Workshop w;
    w.bring("R1", JobState::washing);
    w.bring("R2", JobState::washing);
    w.now = at_minute(40);
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    REQUIRE(w.say("130", Ready{.order = "R2"}) == "ok");
    CHECK(w.job("R1").ready_at == at_minute(40));
    CHECK(w.job("R2").ready_at == at_minute(40));
    w.now = at_minute(50);
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    CHECK(w.job("R1").delivered_at == at_minute(50));
    CHECK_FALSE(w.board.open.contains("R1"));
    CHECK(w.board.delivered.size() == 1);
}
