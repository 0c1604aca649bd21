// The questions "will it be ready in time?": who is asked, when, once, and until when (rule §5).
#include "tests/core/added_work.hpp"
#include "tests/core/passing_time.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("§5 the floor is asked 30 and 15 minutes before the promise and at it, and until it answers", "[due]") {
    struct Case {
        int minute;
        const char* standing;
    };
    // R1 in progress in bay 1 with 101, promised for minute 120.
    const auto c = GENERATE(values<Case>({
        {89, ""},
        {90, "ask_30:R1"},
        {104, "ask_30:R1"},
        {105, "ask_30:R1 ask_15:R1"},
        {119, "ask_30:R1 ask_15:R1"},
        {120, "ask_30:R1 ask_15:R1 ask_0:R1"},
        {121, "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1"},
        {300, "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1"},
    }));
    CAPTURE(c.minute);
    Workshop w;
    w.bring("R1", JobState::in_progress);
    until(w, c.minute);
    CHECK(w.standing() == c.standing);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 the foreman is asked 15 minutes before the promise, whatever the notice", "[due]") {
    struct Case {
        int notice, minute;
        const char* standing;
    };
    const auto c = GENERATE(values<Case>({
        {60, 60, "ask_30:R1"},
        {60, 104, "ask_30:R1"},
        {60, 105, "ask_30:R1 ask_15:R1"},
        {20, 100, "ask_30:R1"},
        {20, 105, "ask_30:R1 ask_15:R1"},
        {10, 109, ""},
        {10, 110, "ask_15:R1 ask_30:R1"},  // at once
    }));
    CAPTURE(c.notice, c.minute);
    Workshop w;
    w.shop.delay_notice = minutes{c.notice};
    w.bring("R1", JobState::in_progress);
    until(w, c.minute);
    CHECK(w.standing() == c.standing);
}

TEST_CASE("§5 the first question goes to who works on the car, the others to the foreman", "[due]") {
    struct Case {
        JobState state;
        Role whom;
        const char* person;
    };
    const auto c = GENERATE(values<Case>({
        {JobState::in_progress, Role::technician, "101"},
        {JobState::paused, Role::technician, "101"},
        {JobState::assigned, Role::technician, "101"},
        {JobState::waiting, Role::foreman, "120"},
    }));
    CAPTURE(name(c.state));
    Workshop w;
    w.bring("R1", c.state);
    w.shop.escalate_after = minutes{0};
    until(w, 105);
    CHECK(w.board.alerts.at("ask_30:R1").whom == c.whom);
    CHECK(w.board.alerts.at("ask_30:R1").person == c.person);
    CHECK(w.board.alerts.at("ask_15:R1").whom == Role::foreman);
    CHECK(w.board.alerts.at("ask_15:R1").person == "120");
}

TEST_CASE("§5 a job that is ready, flagged, or certain to make it is not asked about", "[due]") {
    Workshop w;
    SECTION("ready") {
        w.bring("R1", JobState::ready);
        until(w, 130);
        CHECK(w.journal.back().who != system_person);
    }
    SECTION("washing, and predicted in time") {
        w.bring("R1", JobState::washing);
        w.now = at_minute(95);
        CHECK(w.mind_alerts(finish("R1", at_minute(110))) == 0);
        CHECK(w.mind_alerts(finish("R1", at_minute(121))) == 2);  // at risk, and so asked about
        CHECK(w.standing() == "ask_30:R1 at_risk:R1");
    }
    SECTION("flagged: then the customer is to be told") {
        w.bring("R1", JobState::in_progress);
        w.now = at_minute(80);
        REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
        until(w, 120);
        CHECK(w.standing() == "tell_customer:R1");
        until(w, 121);
        CHECK(w.standing() == "tell_customer:R1 overdue:R1");
    }
}

TEST_CASE("§5 a promise that becomes known in its last 30 minutes is asked about once somebody has the car", "[due]") {
    struct Case {
        const char* what;
        int known, taken, minute;  ///< came to the desk, went to 101, and now; promised for minute 120
        const char* standing;
    };
    const auto c = GENERATE(values<Case>({
        {"nobody has it", 95, 500, 104, ""},
        {"nobody has it: 15 minutes before, the foreman is asked as ever", 95, 500, 105, "ask_15:R1"},
        {"at once", 95, 95, 95, "ask_30:R1"},
        {"the very minute in which the question is due", 90, 90, 90, "ask_30:R1"},
        {"as soon as somebody has it", 95, 98, 97, ""},
        {"as soon as somebody has it", 95, 98, 98, "ask_30:R1"},
        {"also when it is no longer 15 minutes ahead", 95, 110, 110, "ask_30:R1 ask_15:R1"},
        {"in the last 15 minutes: foreman", 110, 500, 110, "ask_15:R1"},
        {"in the last 15 minutes: foreman and technician", 110, 110, 110, "ask_15:R1 ask_30:R1"},
        {"both, and once only", 110, 110, 120, "ask_15:R1 ask_30:R1 ask_0:R1"},
        {"at the promise nobody is asked but the foreman", 95, 120, 120, "ask_15:R1 ask_0:R1"},
        {"after the promise nobody is asked", 95, 125, 125, "ask_15:R1 ask_0:R1 overdue:R1"},
        {"given for this very minute", 120, 120, 120, ""},
    }));
    CAPTURE(c.what, c.known, c.taken, c.minute);
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.now = at_minute(c.known);
    REQUIRE(w.say("130", Receive{.order = "R1",
                                 .plate = "沪A12345",
                                 .model = "朗逸",
                                 .type = RepairType::maintenance,
                                 .promise = at_minute(120)}) == "ok");
    w.mind_alerts();
    until(w, std::min(c.taken, c.minute));
    if (c.taken <= c.minute) {
        REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "101"}) == "ok");
        w.mind_alerts();
        until(w, c.minute);
    }
    CHECK(w.standing() == c.standing);
    CHECK(w.replayed() == w.board);
    CHECK(w.mind_alerts() == 0);
    for (const auto& [id, alert] : w.board.alerts) {
        if (alert.kind == AlertKind::ask_30) CHECK(alert.person == "101");
        CHECK(alert.since <= w.now);
    }
}

TEST_CASE("§5 a question at short notice is not asked of a job that is flagged, ready or certain, and closes by itself",
          "[due]") {
    Workshop w;
    w.now = at_minute(100);
    REQUIRE(w.say("130", Receive{.order = "R1",
                                 .plate = "沪A12345",
                                 .model = "朗逸",
                                 .type = RepairType::maintenance,
                                 .promise = at_minute(120)}) == "ok");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "101"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    SECTION("flagged before anybody asked") {
        REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
        w.mind_alerts();
        CHECK(w.standing() == "tell_customer:R1");
    }
    SECTION("certain: the work is done, and the rest is predicted in time") {
        REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
        CHECK(w.mind_alerts(finish("R1", at_minute(120))) == 0);
        CHECK(w.mind_alerts(finish("R1", at_minute(121))) == 2);
        CHECK(w.standing() == "ask_30:R1 at_risk:R1");
        CHECK(w.board.alerts.at("ask_30:R1").whom == Role::foreman);
        CHECK(w.mind_alerts(finish("R1", at_minute(120))) == 2);
        CHECK(w.standing().empty());
        CHECK(w.mind_alerts(finish("R1", at_minute(121))) == 1);  // at risk again, and never asked twice
    }
    SECTION("answered, then ready") {
        w.mind_alerts();
        CHECK(w.standing() == "ask_30:R1");
        REQUIRE(w.say("101", AnswerYes{}) == "ok");
        until(w, 104);
        CHECK(w.standing() == "ask_30:R1+");
        REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
        REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
        REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
    }
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 the same question is never asked twice, and a new promise is asked about anew", "[due]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    until(w, 100);
    REQUIRE(w.say("101", AnswerYes{}) == "ok");
    until(w, 103);
    CHECK(w.standing() == "ask_30:R1+");
    add_work(w, "R1");
    REQUIRE(w.say("130", Repromise{.order = "R1",
                                   .to = at_minute(200),
                                   .reason = DelayReason::added_work,
                                   .who = "王先生",
                                   .how = ContactHow::phone}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
    until(w, 170);
    CHECK(w.standing() == "ask_30:R1:2");
    CHECK(w.board.alerts.at("ask_30:R1:2").about == at_minute(200));
}

TEST_CASE("§5 a question missed while the daemon was away is not asked late", "[due]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(110);
    w.mind_alerts();
    CHECK(w.standing() == "ask_15:R1");
    w.now = at_minute(125);
    w.mind_alerts();
    CHECK(w.standing() == "ask_15:R1 overdue:R1");
}

TEST_CASE("§5 a question nobody answered outlives its promise until it is answered or its cause is gone", "[due]") {
    struct Case {
        const char* what;
        Command command;
        const char* who;
        const char* standing;
    };
    // R1 in progress with 101; nobody answered, and its promise passed at minute 121.
    const auto c = GENERATE(values<Case>({
        {"nothing happens", Undo{}, "", "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1"},
        {"one is acknowledged", Acknowledge{.alert = "ask_15:R1"}, "120", "ask_30:R1 ask_0:R1 overdue:R1"},
        {"the other alert is acknowledged", Acknowledge{.alert = "overdue:R1"}, "120",
         "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1+"},
        {"the technician answers", SayLate{.minutes = {30}}, "101", "overdue:R1 tell_customer:R1"},
        {"the technician finishes", Finish{.order = "R1"}, "101", "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1"},
        {"the order is cancelled", Cancel{.order = "R1", .reason = "sold"}, "130", ""},
    }));
    CAPTURE(c.what);
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.bring("R1", JobState::in_progress);
    until(w, 125);
    if (*c.who != '\0') REQUIRE(w.say(c.who, c.command) == "ok");
    w.mind_alerts();
    until(w, 150);
    CHECK(w.standing() == c.standing);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 a question that was acknowledged in time ends with its promise", "[due]") {
    Workshop w;
    w.shop.escalate_after = minutes{0};
    w.bring("R1", JobState::in_progress);
    until(w, 95);
    REQUIRE(w.say("101", AnswerYes{}) == "ok");
    until(w, 120);
    CHECK(w.standing() == "ask_15:R1 ask_0:R1 ask_30:R1+");
    until(w, 121);
    CHECK(w.standing() == "ask_15:R1 ask_0:R1 overdue:R1");
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
}
