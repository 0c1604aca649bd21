// What a correction may not do: move a promise, or skip an inspection.
#include "tests/core/added_work.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

Correct promising(int minute) {
    return {.order = "R1", .promise = at_minute(minute)};
}

bool says(const Workshop& w, const char* part) {
    return w.sentence.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a corrected promise is the original one", "[decide][correct]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    REQUIRE(w.say("130", promising(60)) == "ok");
    CHECK(w.job("R1").original_promise == at_minute(60));
    CHECK(w.job("R1").promise == at_minute(60));
    CHECK(w.say("130", promising(60)) == "same");
}

TEST_CASE("a promise is corrected within ten minutes after the car came", "[decide][correct]") {
    struct Case {
        std::chrono::seconds after;
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({{minutes(10), "ok"}, {minutes(10) + seconds(1), "not-from-here"}}));
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    w.now += c.after;
    CHECK(w.say("130", promising(150)) == c.outcome);
    const bool moved = w.job("R1").promise == at_minute(150);
    CHECK(moved == (w.sentence.empty()));
    if (!moved) CHECK(says(w, "repromise or estimate"));
    CHECK(w.say("130", Correct{.order = "R1", .model = "途观"}) == "ok");
}

TEST_CASE("a back-dated tap does not stretch the time for correcting a promise", "[decide][correct]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    w.now = at_minute(30);
    CHECK(w.say_at("130", promising(150), at_minute(5)) == "not-from-here");
    w.now = at_minute(121);
    CHECK(w.say_at("130", promising(150), at_minute(5)) == "promise-past");
    CHECK(w.job("R1").promise == at_minute(120));
}

TEST_CASE("a promise that has passed stays, to the minute", "[decide][correct]") {
    struct Case {
        std::chrono::seconds at;
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({{minutes(5) + seconds(59), "ok"}, {minutes(6), "promise-past"}}));
    Workshop w;
    w.bring("R1", JobState::waiting);
    REQUIRE(w.say("130", promising(5)) == "ok");
    w.now = opening + c.at;
    CHECK(w.say("130", promising(60)) == c.outcome);
}

TEST_CASE("a promise is not corrected behind an agreement of the customer", "[decide][correct]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    const auto reason = GENERATE(DelayReason::added_work, DelayReason::parts);
    add_work(w, "R1");
    REQUIRE(w.say("130", Repromise{.order = "R1", .to = at_minute(150), .reason = reason, .who = "王先生"}) == "ok");
    const bool counts = reason == DelayReason::added_work;
    CHECK(w.say("130", promising(70)) == (counts ? "not-from-here" : "ok"));
    CHECK(w.job("R1").original_promise == at_minute(counts ? 120 : 70));
}

TEST_CASE("a closed order keeps its promise; a booking's may be corrected", "[decide][correct]") {
    Workshop w;
    const auto closed = GENERATE(JobState::delivered, JobState::cancelled, JobState::no_show);
    w.bring("R1", closed);
    CHECK(w.say("130", promising(200)) == "not-from-here");
    w.bring("R2", JobState::booked);
    w.now = at_minute(30);
    CHECK(w.say("130", Correct{.order = "R2", .promise = at_minute(240)}) == "ok");
    CHECK(w.job("R2").promise == at_minute(240));
}

TEST_CASE("after the last inspection no correction asks for another one", "[decide][correct]") {
    const auto state = GENERATE(JobState::washing, JobState::ready);
    Workshop w;
    w.bring("R0", JobState::delivered);
    w.bring("R1", state);
    CHECK(w.say("130", Correct{.order = "R1", .type = RepairType::accident}) == "not-from-here");
    CHECK(says(w, "inspection level 3"));
    CHECK(says(w, "new order"));
    CHECK(w.say("130", Correct{.order = "R1", .return_of = "R0"}) == "not-from-here");
    CHECK(w.say("130", Correct{.order = "R1", .type = RepairType::repair}) == "ok");
    CHECK(w.job("R1").state == state);
}

TEST_CASE("a correction may ask for fewer inspections, or for more while they go on", "[decide][correct]") {
    Workshop w;
    w.bring("R0", JobState::delivered);
    w.bring("R1", JobState::inspection);
    REQUIRE(w.say("130", Correct{.order = "R1", .type = RepairType::accident}) == "ok");
    REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true, .level = 2}) == "ok");
    CHECK(w.job("R1").state == JobState::inspection);
    REQUIRE(w.say("140", Inspect{.order = "R1", .passed = true, .level = 3}) == "ok");
    REQUIRE(w.job("R1").state == JobState::washing);
    CHECK(w.say("130", Correct{.order = "R1", .type = RepairType::repair}) == "ok");
    CHECK(w.say("130", Correct{.order = "R1", .return_of = "R0"}) == "ok");  // level 3 is passed
}

TEST_CASE("after the hand-over only the manager moves an order to another account", "[decide][correct]") {
    struct Case {
        const char* label;
        Correct ask;
    };
    const auto c = GENERATE(values<Case>({{"advisor", {.order = "R1", .advisor = "131"}},
                                          {"type", {.order = "R1", .type = RepairType::warranty}},
                                          {"return", {.order = "R1", .return_of = "R0"}}}));
    CAPTURE(c.label);
    Workshop w;
    w.bring("R0", JobState::delivered);
    w.bring("R1", JobState::delivered);
    CHECK(w.say("130", c.ask) == "not-permitted");
    CHECK(says(w, "by a manager"));
    CHECK(w.say("120", c.ask) == "not-permitted");
    CHECK(w.say("130", Correct{.order = "R1", .model = "途观", .advisor = w.job("R1").advisor}) == "ok");
    CHECK(w.say("160", c.ask) == "ok");
    w.bring("R2", JobState::ready);
    CHECK(w.say("130", Correct{.order = "R2", .advisor = "131"}) == "ok");
}

TEST_CASE("who is corrected to be the advisor is one", "[decide][correct]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    CHECK(w.say("130", Correct{.order = "R1", .advisor = "101"}) == "value-bad");
    CHECK(says(w, "101 is no advisor (technician)"));
    CHECK(w.say("130", Correct{.order = "R1", .advisor = "999"}) == "unknown-person");
    CHECK(w.say("130", Correct{.order = "R1", .advisor = "131"}) == "ok");
    CHECK(w.say("130", Correct{.order = "R1", .advisor = ""}) == "ok");
}
