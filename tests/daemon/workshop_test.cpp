#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;

namespace {

std::string all_of(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += line + '\n';
    return out;
}

}  // namespace

TEST_CASE("commands of one turn are stored in one transaction", "[workshop]") {
    LittleHouse house;
    const auto one = house.connect();
    const auto other = house.connect();
    one->receive("receive R1 plate=沪A11111 model=Lavida type=maintenance promise=11:00 as=301\nassign R1 1 as=201\n");
    other->receive("receive R2 plate=沪A22222 model=Polo type=repair promise=12:00 as=301\nstart R1 as=101\n");
    const auto events = house.turn();
    REQUIRE(house.journal.commits.size() == 1);
    CHECK(house.journal.commits[0] == events.size());
    CHECK(events.size() == 4);
    CHECK(house.read(*one).size() == 2);
    CHECK(house.read(*other).back().starts_with("OK order=R1 state=in_progress"));
}

TEST_CASE("when the disk refuses, everyone is told, nothing is shown, and the board is the journal's", "[workshop]") {
    LittleHouse house;
    house.receive("R1");
    const auto watcher = house.connect();
    house.say(*watcher, "watch lounge");
    const auto before = house.workshop.board();
    const auto one = house.connect(), other = house.connect();
    house.journal.refuses = true;
    one->receive("assign R1 1 as=201\nstart R1 as=101 key=k1\n");
    other->receive("receive R2 plate=沪A22222 model=Polo type=repair promise=12:00 as=301\nassign R9 1 as=201\n");
    CHECK(house.turn().empty());
    for (const auto& talk : {one, other}) {
        const auto replies = house.read(*talk);
        REQUIRE(replies.size() == 2);
        for (const auto& reply : replies) CHECK(reply.starts_with("ERR storage the disk is full, so it could not be "));
    }
    CHECK(house.read(*watcher).empty());
    CHECK(house.workshop.board() == before);
    CHECK(house.workshop.board() == replay(house.journal));
    CHECK(house.workshop.failed_commits() == 1);

    house.journal.refuses = false;
    CHECK(house.ask(*one, "assign R1 1 as=201").starts_with("OK order=R1 state=assigned"));
    CHECK(house.ask(*one, "start R1 as=101 key=k1").starts_with("OK order=R1 state=in_progress"));
    CHECK(house.workshop.board() == replay(house.journal));
}

TEST_CASE("a board that cannot be read back is not shown until it can", "[workshop]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    house.journal.refuses = house.journal.unreadable = true;
    CHECK(house.ask(*talk, "assign R1 1 as=201").starts_with("ERR storage "));
    CHECK_FALSE(house.workshop.sound());
    CHECK(house.ask(*talk, "jobs").starts_with("ERR storage "));
    CHECK(house.ask(*talk, "ping").starts_with("OK "));
    CHECK(house.ask(*talk, "assign R1 1 as=201").starts_with("ERR storage "));
    house.journal.refuses = house.journal.unreadable = false;
    CHECK(house.ask(*talk, "assign R1 1 as=201").starts_with("OK "));
    CHECK(house.workshop.sound());
    CHECK(house.workshop.board() == replay(house.journal));
}

TEST_CASE("alerts are stored in the turn of their cause, or when time brings them", "[workshop][alerts]") {
    LittleHouse house;
    house.receive("R1");  // promised for 11:00
    const auto talk = house.connect();
    REQUIRE(house.ask(*talk, "assign R1 1 101 as=201").starts_with("OK "));
    // Predicted for 10:30 while nobody has begun: from 09:31 on the promise is in danger.
    CHECK(house.workshop.next_due() == house.now + std::chrono::minutes{31});
    house.now = *house.workshop.next_due() - std::chrono::milliseconds{1};
    CHECK(house.turn().empty());
    house.now = *house.workshop.next_due();
    const auto raised = house.turn();
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].who == system_person);
    CHECK(raised[0].order == "R1");
    CHECK(std::get<AlertRaised>(raised[0].fact).kind == AlertKind::at_risk);
    CHECK(house.turn().empty());
    const auto commits = house.journal.commits.size();
    REQUIRE(house.ask(*talk, "delay R1 parts 60 as=101").starts_with("OK "));
    CHECK(house.journal.commits.size() == commits + 1);
    CHECK(house.journal.commits.back() == 3);  // the delay, the risk that is known now, the customer to be told
    CHECK(house.workshop.board() == replay(house.journal));
}

TEST_CASE("alerts that could not be stored are looked at again a minute later, not at once", "[workshop][alerts]") {
    LittleHouse house;
    house.receive("R1");
    house.now += std::chrono::minutes{90};
    house.journal.refuses = true;
    CHECK(house.turn().empty());
    CHECK(house.workshop.failed_commits() == 1);
    CHECK(house.workshop.board().open_alerts.empty());
    CHECK(house.workshop.next_due() == house.now + std::chrono::minutes{1});
    CHECK(house.turn().empty());
    CHECK(house.workshop.failed_commits() == 1);
    house.journal.refuses = false;
    house.now += std::chrono::minutes{1};
    CHECK(house.turn().size() == 2);  // at risk, and asked whether it will be ready
}

TEST_CASE("nothing is due in a shop without open jobs", "[workshop][alerts]") {
    LittleHouse house;
    house.turn();
    CHECK_FALSE(house.workshop.next_due());
}

TEST_CASE("the same key gives the first answer and changes nothing", "[workshop][key]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    const auto first = house.ask(*talk, "assign R1 1 as=201 key=a1");
    const auto events = house.journal.events.size();
    CHECK(first.find("changed=yes") != first.npos);
    CHECK(house.ask(*talk, "assign R1 1 as=201 key=a1") == first);
    CHECK(house.journal.events.size() == events);
    const auto same_turn = house.say(*talk, "assign R1 2 as=201 key=a2\nassign R1 2 as=201 key=a2");
    REQUIRE(same_turn.size() == 2);
    CHECK(same_turn[0] == same_turn[1]);
    CHECK(house.journal.events.size() == events + 1);
}

TEST_CASE("a key for another command, person or order is refused", "[workshop][key]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    REQUIRE(house.ask(*talk, "assign R1 1 as=201 key=k").starts_with("OK "));
    const auto other = GENERATE("assign R1 2 as=201 key=k", "unassign R1 as=201 key=k", "assign R1 1 as=402 key=k");
    CHECK(house.ask(*talk, other).starts_with("ERR key-reused "));
}

TEST_CASE("a refusal by the rules is remembered with its key, a fault of identity is not", "[workshop][key]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto refused = house.ask(*talk, "assign R1 1 as=201 key=k1");
    CHECK(refused.starts_with("ERR unknown-order "));
    CHECK(house.ask(*talk, "assign R1 1 key=k2").starts_with("ERR who-are-you "));
    house.receive("R1");
    CHECK(house.ask(*talk, "assign R1 1 as=201 key=k1") == refused);
    CHECK(house.ask(*talk, "assign R1 1 as=201 key=k2").starts_with("OK "));
}

TEST_CASE("a repeated line with a relative time is the same command", "[workshop][key]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    const auto first = house.ask(*talk, "estimate R1 +30 as=301 key=e1");
    REQUIRE(first.starts_with("OK "));
    house.now += std::chrono::minutes{2};
    house.clock.not_before(house.now);
    CHECK(house.ask(*talk, "estimate R1 +30 as=301 key=e1") == first);
}

TEST_CASE("keys are forgotten after their life", "[workshop][key]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    house.ask(*talk, "assign R1 1 as=201 key=old");
    REQUIRE(house.journal.answer("old"));
    house.now += store::key_life + std::chrono::hours{1};
    house.clock.not_before(house.now);
    house.ask(*talk, "assign R1 2 as=201");
    CHECK_FALSE(house.journal.answer("old"));
}

TEST_CASE("a command whose sender has left is done all the same", "[workshop]") {
    LittleHouse house;
    house.receive("R1");
    auto talk = house.connect();
    talk->receive("assign R1 1 as=201\n");
    talk.reset();
    CHECK(house.turn().size() == 1);
    CHECK(house.workshop.board().find("R1")->state == JobState::assigned);
}

TEST_CASE("the events of one command share its cause", "[workshop]") {
    LittleHouse house;
    house.receive("R1");
    house.receive("R2", "沪A22222");
    const auto talk = house.connect();
    house.say(*talk, "assign R1 1 as=201\nassign R2 2 as=201\nstart R1 as=101");
    talk->receive("start R2 as=101 force\n");
    const auto events = house.turn();
    INFO(all_of(house.read(*talk)));
    REQUIRE(events.size() >= 2);
    for (const auto& event : events) CHECK(event.cause == events.front().cause);
}
