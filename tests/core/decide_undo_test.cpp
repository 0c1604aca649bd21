// Taking back the newest change.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

Job without_seq(Job job) {
    job.last_seq = 0;
    return job;
}

}  // namespace

TEST_CASE("undo puts the job back, and cannot itself be undone", "[decide][undo]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    const Job before = w.job("R1");
    w.now = at_minute(1);
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("101", Undo{.order = "R1"}) == "ok");
    CHECK(without_seq(w.job("R1")) == without_seq(before));
    CHECK(w.job("R1").last_seq == w.board.seq);
    CHECK(w.board.in_bay.at("1") == "R1");
    CHECK(w.board.clocked_on.at("101") == "R1");
    CHECK(w.say("101", Undo{.order = "R1"}) == "nothing-to-undo");
    CHECK(w.say("101", Finish{.order = "R1"}) == "ok");
    CHECK(w.replayed() == w.board);
}

TEST_CASE("undo works within sixty seconds of the shop's clock", "[decide][undo]") {
    struct Case {
        std::chrono::seconds after;
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({{seconds(60), "ok"}, {seconds(61), "undo-too-late"}}));
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now += c.after;
    CHECK(w.say("101", Undo{.order = "R1"}) == c.outcome);
    w.now += c.after;
    CHECK(w.say("101", Undo{.order = "R1"}) != "ok");
}

TEST_CASE("one takes back one's own change; a foreman or manager anybody's", "[decide][undo]") {
    struct Case {
        const char* who;
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>(
        {{"101", "ok"}, {"102", "not-permitted"}, {"110", "not-permitted"}, {"120", "ok"}, {"160", "ok"}}));
    CAPTURE(c.who);
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(w.say(c.who, Undo{.order = "R1"}) == c.outcome);
}

TEST_CASE("undoing the intake removes the job, and its number is free again", "[decide][undo]") {
    Workshop w;
    w.receive("R1");
    REQUIRE(w.say("130", Undo{.order = "R1"}) == "ok");
    CHECK(w.board.find("R1") == nullptr);
    CHECK(w.board.open.empty());
    CHECK(w.say("130", Undo{.order = "R1"}) == "unknown-order");
    w.receive("R1");
    CHECK(w.job("R1").first_seq == w.board.seq);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("undoing a forced start gives both jobs back", "[decide][undo]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    const Job first = w.job("R1");
    const Job second = w.job("R2");
    REQUIRE(w.say("101", Start{.order = "R2", .force = true}) == "ok");
    // Either job leads to the same change.
    const std::string order = GENERATE(std::string("R1"), std::string("R2"));
    REQUIRE(w.say("101", Undo{.order = order}) == "ok");
    CHECK(without_seq(w.job("R1")) == without_seq(first));
    CHECK(without_seq(w.job("R2")) == without_seq(second));
    CHECK(w.board.clocked_on.at("101") == "R1");
    CHECK(w.board.in_bay.size() == 1);
    CHECK(w.say("101", Undo{.order = "R1"}) == "nothing-to-undo");
    CHECK(w.say("101", Undo{.order = "R2"}) == "nothing-to-undo");
    CHECK(w.replayed() == w.board);
}

TEST_CASE("a change is kept when the other job it touched has gone on", "[decide][undo]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R2", .force = true}) == "ok");
    REQUIRE(w.say("102", Start{.order = "R1"}) == "ok");
    CHECK(w.say("101", Undo{.order = "R2"}) == "undo-depended-on");
    CHECK(w.sentence.find("R1 has changed since") != std::string::npos);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("a change is kept when its bay or technician is on another job now", "[decide][undo]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "1"}) == "ok");
    w.receive("R3");
    REQUIRE(w.say("120", Assign{.order = "R3", .bay = "3"}) == "ok");
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    SECTION("bay") {
        REQUIRE(w.say("102", Start{.order = "R2"}) == "ok");
        CHECK(w.say("101", Undo{.order = "R1"}) == "undo-depended-on");
        CHECK(w.sentence.find("R2 is in bay 1 now") != std::string::npos);
    }
    SECTION("technician") {
        REQUIRE(w.say("101", Start{.order = "R3"}) == "ok");
        CHECK(w.say("101", Undo{.order = "R1"}) == "undo-depended-on");
        CHECK(w.sentence.find("101 is working on R3 now") != std::string::npos);
    }
    SECTION("neither") {
        CHECK(w.say("101", Undo{.order = "R1"}) == "ok");
    }
}

TEST_CASE("an order that has a return is neither reopened nor removed", "[decide][undo]") {
    struct Case {
        JobState state;
        const char* outcome;
    };
    const auto c =
        GENERATE(values<Case>({{JobState::delivered, "undo-depended-on"}, {JobState::cancelled, "undo-depended-on"}}));
    CAPTURE(name(c.state));
    Workshop w;
    w.bring("R2", JobState::waiting);
    w.bring("R1", c.state);
    REQUIRE(w.say("130", Correct{.order = "R2", .return_of = "R1"}) == "ok");
    const Board before = w.board;
    CHECK(w.say("160", Undo{.order = "R1"}) == c.outcome);
    CHECK(w.sentence.find("R2 is a return of R1") != std::string::npos);
    CHECK(w.board == before);
    REQUIRE(w.say("130", Correct{.order = "R2", .return_of = ""}) == "ok");
    CHECK(w.say("160", Undo{.order = "R1"}) == "ok");
}

TEST_CASE("undo records go away by themselves", "[decide][undo]") {
    Workshop w;
    for (int i = 0; i < 50; ++i) {
        w.receive("R" + std::to_string(i));
        w.now += seconds(10);
    }
    CHECK(w.board.before.size() <= 7);
    for (int i = 0; i < 100; ++i) {
        REQUIRE(w.say("130", Estimate{.order = "R49", .to = at_minute(200 + i)}) == "ok");
    }
    CHECK(w.board.before.size() <= 7);
    CHECK(w.replayed() == w.board);
}
