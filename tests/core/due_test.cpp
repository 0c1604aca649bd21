// Which alerts are raised, passed on and closed, and when (rule §5).
#include "tests/core/added_work.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// The board after time has gone by to `minute`, minute by minute, as the daemon's timer would do it at the latest.
void until(Workshop& w, int minute) {
    while (w.now < at_minute(minute)) {
        w.now += minutes(1);
        w.mind_alerts();
    }
}

Finishes finish(const char* order, Instant at) {
    return {.ready = {{order, at}}};
}

}  // namespace

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
    SECTION("given at short notice: nobody is asked before the promise was known") {
        w.now = at_minute(95);  // 25 minutes before
        REQUIRE(w.say("130", Receive{.order = "R1",
                                     .plate = "沪A12345",
                                     .model = "朗逸",
                                     .type = RepairType::maintenance,
                                     .promise = at_minute(120)}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
        until(w, 105);
        CHECK(w.standing() == "ask_15:R1");
    }
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

TEST_CASE("§5 a predicted finish after the promise puts the job at risk, by the minute", "[due]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(30);
    CHECK(w.mind_alerts(finish("R1", at_minute(120) + seconds(59))) == 0);
    CHECK(w.mind_alerts(finish("R1", at_minute(121))) == 1);
    CHECK(w.standing() == "at_risk:R1");
    CHECK(w.board.alerts.at("at_risk:R1").person == "101");
    CHECK(w.mind_alerts(finish("R1", at_minute(300))) == 0);
    CHECK(w.mind_alerts(finish("R1", at_minute(120))) == 1);
    CHECK(w.standing().empty());
    CHECK(w.mind_alerts(finish("R1", at_minute(130))) == 1);
    CHECK(w.standing() == "at_risk:R1:2");
}

TEST_CASE("§5 a prediction that drifts is looked at again before the promise is in danger", "[due]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    w.now = at_minute(20);
    Finishes finishes{.ready = {{"R1", at_minute(100)}}, .drift = true};
    CHECK(due(w.board, w.shop, finishes, w.now).next == at_minute(41));  // 20 minutes to spare
    finishes.drift = false;
    CHECK(due(w.board, w.shop, finishes, w.now).next == at_minute(90));
}

TEST_CASE("§5 the advisor is reminded: news to tell, an answer to get, the hourly word, a guest to call", "[due]") {
    Workshop w;
    SECTION("a delay, until contact") {
        w.bring("R1", JobState::in_progress);
        w.now = at_minute(10);
        REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
        w.mind_alerts();
        CHECK(w.standing() == "tell_customer:R1");
        CHECK(w.board.alerts.at("tell_customer:R1").person == "130");
        REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
    }
    SECTION("added work, until contact; then its answer, until consent") {
        w.bring("R1", JobState::in_progress);
        REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
        w.mind_alerts();
        CHECK(w.standing() == "tell_customer:R1");
        REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
        w.mind_alerts();
        CHECK(w.standing() == "consent_open:R1");
        REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王先生"}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
    }
    SECTION("a waiting customer, every 60 minutes") {
        w.receive("R1");
        REQUIRE(w.say("130", Correct{.order = "R1", .waiting = true}) == "ok");
        until(w, 59);
        CHECK(w.standing().empty());
        until(w, 60);
        CHECK(w.standing() == "contact_due:R1");
        REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
    }
    SECTION("a guest 15 minutes overdue, until called") {
        w.bring("R1", JobState::booked);  // at minute 60
        until(w, 74);
        CHECK(w.standing().empty());
        until(w, 75);
        CHECK(w.standing() == "appointment_overdue:R1");
        REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生", .how = ContactHow::phone}) == "ok");
        w.mind_alerts();
        CHECK(w.standing().empty());
    }
}

TEST_CASE("§2 a failed inspection alerts the lead of the bay's team until work goes on", "[due]") {
    Workshop w;
    w.bring("R1", JobState::inspection);
    REQUIRE(w.say("140", Inspect{.order = "R1", .failed = true, .reason = "leak"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing() == "inspection_failed:R1");
    CHECK(w.board.alerts.at("inspection_failed:R1").person == "110");
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
}

TEST_CASE("§5 an alert nobody acknowledges goes from technician to foreman to advisor to manager", "[due]") {
    Workshop w;
    w.shop.escalate_after = minutes{4};
    w.bring("R1", JobState::in_progress);
    struct Case {
        int minute;
        Role whom;
        const char* person;
        int step;
    };
    for (const auto& c :
         {Case{90, Role::technician, "101", 0}, Case{93, Role::technician, "101", 0}, Case{94, Role::foreman, "120", 1},
          Case{98, Role::advisor, "130", 2}, Case{102, Role::manager, "160", 3}, Case{119, Role::manager, "160", 3}}) {
        until(w, c.minute);
        CAPTURE(c.minute);
        const auto& alert = w.board.alerts.at("ask_30:R1");
        CHECK(alert.whom == c.whom);
        CHECK(alert.person == c.person);
        CHECK(alert.step == c.step);
    }
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§5 an acknowledged alert is passed on no further, and stays until its cause is gone", "[due]") {
    Workshop w;
    w.shop.escalate_after = minutes{4};
    w.bring("R1", JobState::in_progress);
    until(w, 121);
    REQUIRE(w.say("120", Acknowledge{.alert = "overdue:R1"}) == "ok");
    until(w, 200);
    CHECK(w.standing() == "ask_30:R1 ask_15:R1 ask_0:R1 overdue:R1+");
    CHECK(w.board.alerts.at("overdue:R1").step == 0);
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
}

TEST_CASE("alerts are passed on in open hours only", "[due]") {
    Workshop w;
    OpeningHours hours;
    for (auto& day : hours.weekdays) day = {{.from = std::chrono::hours{9}, .to = std::chrono::hours{18}}};
    w.shop.calendar = Calendar(Zone{}, hours);  // UTC, so that the shop opens eight hours after `opening`
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(121);
    const auto first = due(w.board, w.shop, {}, w.now);
    CHECK(first.facts.size() == 1);
    CHECK(first.next == at_minute(8 * 60 + 10));
}

TEST_CASE("alerts outlast an undo of the job, and close when the job itself is taken back", "[due]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(10);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
    w.mind_alerts();
    // The alert is no change of the job: the technician can still take back their own.
    REQUIRE(w.say("101", Undo{.order = "R1"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
    REQUIRE(w.say("130", Receive{.order = "R2",
                                 .plate = "沪A12346",
                                 .model = "朗逸",
                                 .type = RepairType::maintenance,
                                 .promise = at_minute(10)}) == "ok");
    w.now += seconds{60} - seconds{1};
    w.now = at_minute(11) - seconds{1};
    w.mind_alerts();
    w.now = at_minute(11);
    w.mind_alerts();
    CHECK(w.standing() == "overdue:R2");
    REQUIRE(w.say("130", Undo{.order = "R2"}) == "ok");
    w.mind_alerts();
    CHECK(w.standing().empty());
    CHECK(w.replayed() == w.board);
}

TEST_CASE("nothing becomes due by time alone before the announced moment", "[due]") {
    Workshop w;
    w.shop.escalate_after = minutes{7};
    w.bring("R1", JobState::in_progress);
    w.bring("R2", JobState::booked);
    w.receive("R3");
    REQUIRE(w.say("130", Correct{.order = "R3", .waiting = true}) == "ok");
    int raised = 0;
    auto announced = due(w.board, w.shop, expected_finishes(w.board), w.now).next;
    for (; w.now < at_minute(300); w.now += seconds(10)) {
        const Due now = due(w.board, w.shop, expected_finishes(w.board), w.now);
        if (!now.facts.empty()) {
            REQUIRE(announced.has_value());
            CHECK(*announced <= w.now);
            CHECK(*announced > w.now - seconds(10));
            raised += w.mind_alerts();
        }
        announced = due(w.board, w.shop, expected_finishes(w.board), w.now).next;
    }
    CHECK(raised >= 10);
}

TEST_CASE("an empty shop has nothing due, now or ever", "[due]") {
    Workshop w;
    w.bring("R1", JobState::delivered);
    const Due now = due(w.board, w.shop, {}, w.now);
    CHECK(now.facts.empty());
    CHECK_FALSE(now.next);
}
