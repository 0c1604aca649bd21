#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;

namespace {

std::shared_ptr<Conversation> scanner(LittleHouse& house) {
    auto talk = house.connect(false);
    house.say(*talk, "hello token=" + support::token_of("scan-3"));
    return talk;
}

void assigned(LittleHouse& house) {
    house.receive("R1");
    const auto desk = house.connect();
    REQUIRE(house.ask(*desk, "assign R1 3 as=201").starts_with("OK "));
}

}  // namespace

TEST_CASE("job, badge and card make a command in any order", "[scan]") {
    std::vector<std::string> codes{"JR1", "T101", "START"};
    const auto order = GENERATE(range(0, 6));
    std::ranges::sort(codes);
    for (int i = 0; i < order; ++i) std::ranges::next_permutation(codes);
    CAPTURE(codes);
    LittleHouse house;
    assigned(house);
    const auto talk = scanner(house);
    CHECK(house.ask(*talk, codes[0]).starts_with("OK scanned="));
    const auto second = house.ask(*talk, codes[1]);
    CHECK(second.starts_with("OK scanned="));
    CHECK(second.find(codes[2] == "START"  ? "need=card"
                      : codes[2] == "T101" ? "need=badge"
                                           : "need=job") != second.npos);
    CHECK(house.ask(*talk, codes[2]).starts_with("OK order=R1 state=in_progress"));
    const auto* job = house.workshop.board().find("R1");
    CHECK(job->state == JobState::in_progress);
    CHECK(house.workshop.board().clocked_on.at("101") == "R1");
}

TEST_CASE("a job of another bay is acted on at its own bay", "[scan]") {
    LittleHouse house;
    house.receive("R1");
    const auto desk = house.connect();
    REQUIRE(house.ask(*desk, "assign R1 1 as=201").starts_with("OK "));
    const auto talk = scanner(house);
    CHECK(house.say(*talk, "JR1\nT101\nSTART").back().starts_with("OK order=R1 state=in_progress"));
    CHECK(house.workshop.board().find("R1")->bay == "1");
}

TEST_CASE("the reply tells what is still needed", "[scan]") {
    LittleHouse house;
    const auto talk = scanner(house);
    CHECK(house.ask(*talk, "T101") == "OK scanned=101 need=job,card");
    CHECK(house.ask(*talk, "T102") == "OK scanned=102 need=job,card");
    CHECK(house.ask(*talk, "FINISH") == "OK scanned=FINISH need=job");
}

TEST_CASE("codes older than thirty seconds are forgotten", "[scan]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = scanner(house);
    house.ask(*talk, "JR1");
    house.ask(*talk, "T101");
    house.pass(scan_window + std::chrono::milliseconds{1});
    CHECK(house.ask(*talk, "START") == "OK scanned=START need=job,badge");
    CHECK(house.workshop.board().find("R1")->state == JobState::waiting);
}

TEST_CASE("after a whole act the next one begins from nothing", "[scan]") {
    LittleHouse house;
    assigned(house);
    const auto talk = scanner(house);
    house.say(*talk, "JR1\nT101\nSTART");
    CHECK(house.ask(*talk, "FINISH") == "OK scanned=FINISH need=job,badge");
    CHECK(house.say(*talk, "T101\nJR1").back().starts_with("OK order=R1 state=inspection"));
}

TEST_CASE("a car that the foreman has given no bay is not started by a scan", "[scan]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = scanner(house);
    CHECK(house.say(*talk, "JR1\nT101\nSTART").back().starts_with("ERR not-assigned "));
}

TEST_CASE("codes are read at a station with a bay only, and a badge must belong to someone", "[scan]") {
    LittleHouse house;
    const auto desk = house.connect();
    CHECK(house.ask(*desk, "JR1").starts_with("ERR not-allowed "));
    const auto talk = scanner(house);
    CHECK(house.ask(*talk, "T999").starts_with("ERR who-are-you "));
    CHECK(house.ask(*talk, "JR1").starts_with("OK scanned=R1 need=badge,card"));
    CHECK(house.say(*talk, "T101\nFINISH").back().starts_with("ERR unknown-order "));
}
