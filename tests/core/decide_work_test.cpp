// Bays and hands: assign, start, pause, finish.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("an assigned job queues before its bay until it is parked or started", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "1"}) == "ok");
    CHECK(w.board.in_bay.at("1") == "R1");
    CHECK(w.say("120", Assign{.order = "R2", .bay = "1", .parked = true}) == "bay-busy");
    CHECK(w.say("102", Start{.order = "R2"}) == "bay-busy");
    CHECK(w.sentence == "R2 is in the queue of bay 1, which holds R1; finish or move R1 first");
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    CHECK(w.board.in_bay.empty());
    REQUIRE(w.say("102", Start{.order = "R2"}) == "ok");
    CHECK(w.board.in_bay.at("1") == "R2");
    CHECK(w.board.clocked_on.at("102") == "R2");
}

TEST_CASE("a parked car holds its bay", "[decide][work]") {
    Workshop w;
    w.receive("R1");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .parked = true}) == "ok");
    CHECK(w.board.in_bay.at("1") == "R1");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1"}) == "same");
    w.receive("R2");
    CHECK(w.say("120", Assign{.order = "R2", .bay = "1", .parked = true}) == "bay-busy");
    CHECK(w.sentence == "bay 1 holds R1; finish or move R1 first");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "2"}) == "ok");
    CHECK(w.board.in_bay.empty());
    CHECK_FALSE(w.job("R1").parked);
}

TEST_CASE("assigning knows its bays and people", "[decide][work]") {
    Workshop w;
    w.receive("R1");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "9"}) == "unknown-bay");
    CHECK(w.sentence == "there is no bay '9'; the bays are 1, 2, 3, W");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "999"}) == "unknown-person");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "130"}) == "value-bad");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "101"}) == "ok");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "102"}) == "ok");
    CHECK(w.job("R1").technician == "102");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "3"}) == "ok");
    CHECK(w.job("R1").technician.empty());
}

TEST_CASE("a paused job may move to another bay and frees the old one", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::paused);
    CHECK(w.board.in_bay.at("1") == "R1");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "2"}) == "ok");
    CHECK(w.job("R1").state == JobState::assigned);
    CHECK_FALSE(w.job("R1").paused_for);
    CHECK(w.board.in_bay.empty());
}

TEST_CASE("a paused car that gets another technician stays in its bay", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::paused);
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "102"}) == "ok");
    CHECK(w.job("R1").parked);
    CHECK(w.board.in_bay.at("1") == "R1");
}

TEST_CASE("start takes the car to another free bay on the way", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::assigned);
    w.bring("R2", JobState::waiting);
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "3", .parked = true}) == "ok");
    CHECK(w.say("101", Start{.order = "R1", .bay = "9"}) == "unknown-bay");
    CHECK(w.say("101", Start{.order = "R1", .bay = "3"}) == "bay-busy");
    REQUIRE(w.say("101", Start{.order = "R1", .bay = "2"}) == "ok");
    CHECK(w.board.in_bay.at("2") == "R1");
    CHECK(w.say("102", Start{.order = "R1", .bay = "1"}) == "not-from-here");
    CHECK(w.say("102", Start{.order = "R1", .bay = "2"}) == "ok");
    CHECK(w.job("R1").clockings.size() == 2);
}

TEST_CASE("a start is for the one who asks, or for the one the lead or foreman names", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::assigned);
    CHECK(w.say("120", Start{.order = "R1"}) == "value-missing");
    CHECK(w.say("120", Start{.order = "R1", .technician = "999"}) == "unknown-person");
    CHECK(w.say("120", Start{.order = "R1", .technician = "140"}) == "value-bad");
    CHECK(w.say("102", Start{.order = "R1", .technician = "101"}) == "not-permitted");
    CHECK(w.say("120", Start{.order = "R1", .technician = "101"}) == "ok");
    CHECK(w.say("110", Start{.order = "R1", .technician = "102"}) == "ok");
    CHECK(w.say("110", Start{.order = "R1"}) == "ok");
    CHECK(w.board.clocked_on.size() == 3);
}

TEST_CASE("one technician is clocked on to one job", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    CHECK(w.say("101", Start{.order = "R2"}) == "technician-busy");
    CHECK(w.sentence == "101 is working on R1; finish or pause R1 first, or add force to pause it now");
    w.now = at_minute(20);
    REQUIRE(w.say("101", Start{.order = "R2", .force = true}) == "ok");
    CHECK(w.job("R1").state == JobState::paused);
    CHECK(w.job("R1").paused_for == PauseReason::other);
    CHECK(w.board.in_bay.at("1") == "R1");
    CHECK(w.board.clocked_on.at("101") == "R2");
    CHECK(clocked_minutes(w.job("R1"), at_minute(50)) == minutes(20));
    CHECK(w.journal.back().cause == w.journal[w.journal.size() - 2].cause);
}

TEST_CASE("force leaves a colleague's work running", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("102", Start{.order = "R1"}) == "ok");
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R2", .force = true}) == "ok");
    CHECK(w.job("R1").state == JobState::in_progress);
    CHECK(w.board.clocked_on.at("102") == "R1");
    CHECK(running(w.job("R1"), "101") == nullptr);
}

TEST_CASE("force does not reach back behind the other job's newest event", "[decide][work]") {
    Workshop w;
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    w.now = at_minute(30);
    w.bring("R1", JobState::in_progress);
    CHECK(w.say_at("101", Start{.order = "R2", .force = true}, at_minute(20)) == "time-implausible");
    // A phone's clock that is a little slow is straightened.
    REQUIRE(w.say_at("101", Start{.order = "R2", .force = true}, at_minute(29)) == "ok");
    CHECK(w.job("R1").clockings.back().to == at_minute(30));
    CHECK(w.job("R2").clockings.back().from == at_minute(30));
}

TEST_CASE("another technician for the same bay costs no place in the queue", "[decide][work]") {
    Workshop w;
    for (const char* order : {"R1", "R2"}) {
        w.receive(order);
        REQUIRE(w.say("120", Assign{.order = order, .bay = "1"}) == "ok");
    }
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "102"}) == "ok");
    CHECK(workshop_view(w.board, w.shop, w.now).bays.at(0).queue == std::vector<std::string>{"R1", "R2"});
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "2"}) == "ok");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1"}) == "ok");
    CHECK(workshop_view(w.board, w.shop, w.now).bays.at(0).queue == std::vector<std::string>{"R2", "R1"});
}

TEST_CASE("work goes on in a bay that left the configuration, but none begins there", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::paused);
    w.receive("R2");
    REQUIRE(w.say("120", Assign{.order = "R2", .bay = "2"}) == "ok");
    w.shop.bays.erase(w.shop.bays.begin(), w.shop.bays.begin() + 2);
    CHECK(w.say("101", Start{.order = "R1"}) == "ok");
    CHECK(w.say("102", Start{.order = "R2"}) == "unknown-bay");
    CHECK(w.say("102", Start{.order = "R2", .bay = "3"}) == "ok");
}

TEST_CASE("pause and finish clock everybody off", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("102", Start{.order = "R1"}) == "ok");
    w.now = at_minute(10);
    CHECK(w.say("103", Pause{.order = "R1"}) == "not-clocked-on");
    CHECK(w.say("103", Finish{.order = "R1"}) == "not-clocked-on");
    REQUIRE(w.say("102", Pause{.order = "R1"}) == "ok");
    CHECK(w.job("R1").paused_for == PauseReason::other);
    CHECK(w.board.clocked_on.empty());
    CHECK(w.say("101", Pause{.order = "R1"}) == "same");
    CHECK(w.say("101", Pause{.order = "R1", .reason = PauseReason::customer}) == "ok");
    CHECK(w.job("R1").since == at_minute(10));
    w.now = at_minute(30);
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    w.now = at_minute(45);
    REQUIRE(w.say("110", Finish{.order = "R1"}) == "ok");
    CHECK(w.job("R1").passed_level == 1);
    CHECK(w.board.clocked_on.empty());
    CHECK(clocked_minutes(w.job("R1"), at_minute(500)) == minutes(10 + 10 + 15));
}

TEST_CASE("work is not finished while added work waits for an answer", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "刹车片", .minutes = {40}}) == "ok");
    CHECK(w.say("101", Finish{.order = "R1"}) == "consent-open");
    CHECK(w.sentence.find("刹车片") != std::string::npos);
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .declined = true, .who = "王先生"}) == "ok");
    CHECK(w.say("101", Finish{.order = "R1"}) == "ok");
}

TEST_CASE("unassigning forgets bay, technician and place", "[decide][work]") {
    Workshop w;
    w.bring("R1", JobState::paused);
    REQUIRE(w.say("120", Unassign{.order = "R1"}) == "ok");
    const Job& job = w.job("R1");
    CHECK(job.state == JobState::waiting);
    CHECK(job.bay.empty());
    CHECK(job.technician.empty());
    CHECK(w.board.in_bay.empty());
}

TEST_CASE("a refusal names a role with its article", "[decide][work]") {
    struct Case {
        const char* who;
        const char* part;
    };
    const auto c = GENERATE(
        values<Case>({{"130", "130 is an advisor"}, {"140", "140 is an inspector"}, {"160", "160 is a manager"}}));
    Workshop w;
    w.receive("R1");
    CHECK(w.say("120", Assign{.order = "R1", .bay = "1", .technician = c.who}) == "value-bad");
    CHECK(w.sentence.find(c.part) != std::string::npos);
}
