// Which alerts are raised, passed on and closed, and when (rule §5).
#include "tests/core/added_work.hpp"
#include "tests/core/passing_time.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

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
