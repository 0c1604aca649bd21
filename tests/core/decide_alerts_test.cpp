// ack, yes and late.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// R1 in progress with 101 in bay 1, R2 with 102 in bay 2; both asked about 30 minutes before their promise.
Workshop asked() {
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2", .technician = "102"}) == "ok");
    REQUIRE(w.say("102", Start{.order = "R2"}) == "ok");
    w.now = at_minute(90);
    REQUIRE(w.mind_alerts() == 2);
    return w;
}

}  // namespace

TEST_CASE("§5 a technician answers the question with one word", "[alerts]") {
    Workshop w = asked();
    REQUIRE(w.say("101", AnswerYes{}) == "ok");
    CHECK(w.standing() == "ask_30:R2 ask_30:R1+");
    CHECK(w.board.alerts.at("ask_30:R1").answer == AlertAnswer::yes);
    CHECK(w.board.alerts.at("ask_30:R1").acknowledged_by == "101");
    CHECK(w.say("101", AnswerYes{}) == "same");
    w.now += minutes{2};
    CHECK(w.say("101", AnswerYes{}) == "nothing-asked");
    CHECK(w.say("103", AnswerYes{}) == "nothing-asked");
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 who was asked about several jobs says which", "[alerts]") {
    Workshop w = asked();
    CHECK(w.say("120", AnswerYes{}) == "value-missing");
    CHECK(w.sentence == "you were asked about R1, R2; say yes and which of them");
    CHECK(w.say("120", AnswerYes{.order = "R9"}) == "unknown-order");
    REQUIRE(w.say("120", AnswerYes{.order = "r2"}) == "ok");
    CHECK(w.standing() == "ask_30:R1 ask_30:R2+");
    CHECK(w.say("101", AnswerYes{.order = "R2"}) == "nothing-asked");
}

TEST_CASE("§5 late flags the job asked about, and the question is answered by it", "[alerts]") {
    Workshop w = asked();
    REQUIRE(w.say("101", SayLate{.minutes = {30}, .reason = DelayReason::parts}) == "ok");
    REQUIRE(w.job("R1").delays.size() == 1);
    CHECK(w.job("R1").delays[0].reason == DelayReason::parts);
    CHECK(w.job("R1").delays[0].notice == Notice::in_time);
    CHECK(w.job("R1").estimate == at_minute(150));
    CHECK(w.say("101", SayLate{.minutes = {30}, .reason = DelayReason::parts}) == "same");
    w.mind_alerts();
    CHECK(w.standing() == "ask_30:R2 tell_customer:R1");
}

TEST_CASE("§5 yes is no answer any more once the promise has passed", "[alerts]") {
    struct Case {
        int minute;  // of the answer; promised for minute 120
        const char* said;
    };
    const auto c = GENERATE(values<Case>({{119, "ok"}, {120, "ok"}, {121, "promise-past"}, {500, "promise-past"}}));
    CAPTURE(c.minute);
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.bring("R1", JobState::in_progress);
    for (; w.now < at_minute(c.minute); w.now += minutes{1}) w.mind_alerts();
    w.mind_alerts();
    CHECK(w.say("101", AnswerYes{}) == c.said);
    const auto& question = w.board.alerts.at("ask_30:R1");
    CHECK(question.acknowledged_at.has_value() == (c.minute <= 120));
    if (c.minute <= 120) return;
    CHECK(w.sentence == "the promise of R1 has passed; say late <minutes> <reason>");
    REQUIRE(w.say("101", SayLate{.minutes = {30}, .reason = DelayReason::parts}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().find("ask_") == std::string::npos);
}

TEST_CASE("§5 of two orders asked about, yes is for the one whose promise has not passed", "[alerts]") {
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    w.now = at_minute(60);
    w.receive("R2");  // for minute 180
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2", .technician = "101"}) == "ok");
    for (; w.now < at_minute(151); w.now += minutes{1}) w.mind_alerts();
    w.mind_alerts();
    CAPTURE(w.standing());
    REQUIRE(w.say("101", AnswerYes{}) == "ok");
    const auto& said = w.journal.back();
    CHECK(said.order == "R2");
    CHECK(std::get<AlertAcknowledged>(said.fact).alert == "ask_30:R2");
    CHECK_FALSE(w.board.alerts.at("ask_30:R1").acknowledged_at);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 late without a question is about the job one is clocked on to", "[alerts]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(w.say("103", SayLate{.minutes = {10}}) == "nothing-asked");
    REQUIRE(w.say("101", SayLate{.minutes = {10}}) == "ok");
    CHECK(w.job("R1").delays.at(0).reason == DelayReason::other);
    REQUIRE(w.say("120", SayLate{.minutes = {20}, .order = "R1"}) == "ok");
    CHECK(w.say("120", SayLate{.minutes = {20}, .order = "R7"}) == "unknown-order");
    CHECK(w.say("101", SayLate{.minutes = {0}}) == "value-bad");
}

TEST_CASE("an alert is acknowledged once, by whom it may concern", "[alerts]") {
    Workshop w = asked();
    CHECK(w.say("130", Acknowledge{.alert = "ask_30:R9"}) == "unknown-alert");
    CHECK(w.say("102", Acknowledge{.alert = "ask_30:R1"}) == "not-permitted");
    REQUIRE(w.say("110", Acknowledge{.alert = "ask_30:R1"}) == "ok");
    CHECK(w.say("160", Acknowledge{.alert = "ask_30:R1"}) == "same");
    CHECK(w.board.alerts.at("ask_30:R1").acknowledged_by == "110");
    CHECK(w.board.alerts.at("ask_30:R1").answer == AlertAnswer::seen);
    REQUIRE(w.say("102", Acknowledge{.alert = "ask_30:R2"}) == "ok");
    w.now = at_minute(121);
    w.mind_alerts();
    CHECK(w.say("130", Acknowledge{.alert = "ask_30:R2"}) == "same");  // closed: it was about a promise that has passed
}

TEST_CASE("acknowledging is no change of the job: undo passes it over", "[alerts]") {
    Workshop w = asked();
    REQUIRE(w.say("101", Pause{.order = "R1", .reason = PauseReason::parts}) == "ok");
    REQUIRE(w.say("101", AnswerYes{}) == "ok");
    REQUIRE(w.say("101", Undo{.order = "R1"}) == "ok");
    CHECK(w.job("R1").state == JobState::in_progress);
    CHECK(w.board.alerts.at("ask_30:R1").acknowledged_by == "101");
    CHECK(w.replayed() == w.board);
}
