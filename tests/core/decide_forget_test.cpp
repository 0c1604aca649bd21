// A customer who asks to be forgotten.
#include "board/core/erase.hpp"
#include "board/core/verdict.hpp"
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// R1 of 沪A12345 handed over, with words in every place that takes some.
Workshop delivered() {
    Workshop w;
    w.bring("R1", JobState::ready);
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王建国", .text = "王建国 waits"}) == "ok");
    w.now = at_minute(125);
    REQUIRE(w.say("130", GiveExcuse{.order = "R1", .cause = "王建国 was out", .signature = "form 17"}) == "ok");
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .text = "王建国 is glad"}) == "ok");
    return w;
}

const Forget plate{.plate = "沪A·12345"};

}  // namespace

TEST_CASE("a forgotten order keeps its times, work and verdict, and loses its people", "[forget]") {
    Workshop w = delivered();
    const Job before = w.job("R1");
    REQUIRE(tells_person(before));
    REQUIRE(w.say("160", plate) == "ok");
    const Job& after = w.job("R1");
    CHECK_FALSE(tells_person(after));
    CHECK(after.plate.empty());
    CHECK(after.contacts.at(0).text.empty());
    CHECK(after.excuse->signature == "form 17");
    CHECK(after.settlement == before.settlement);
    CHECK(ruling_of(after) == ruling_of(before));
    CHECK(after.clockings == before.clockings);
    CHECK(w.replayed() == w.board);
    // Nothing of this plate is left to be forgotten.
    CHECK(w.say("160", plate) == "same");
}

TEST_CASE("replaying the blanked events gives the board that forgot", "[forget]") {
    Workshop w = delivered();
    REQUIRE(w.say("160", plate) == "ok");
    for (Event& event : w.journal) {
        if (event.order == "R1") erase_person(event.fact);
    }
    CHECK(w.replayed() == w.board);
}

TEST_CASE("what an undo brings back has been forgotten too", "[forget]") {
    Workshop w;
    w.bring("R1", JobState::ready);
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    REQUIRE(w.say("160", plate) == "ok");
    if (w.say("130", Undo{.order = "R1"}) == "ok") CHECK(w.job("R1").plate.empty());
    CHECK(w.replayed() == w.board);
}

TEST_CASE("a car that is still here is not forgotten, and a word that is no plate is refused", "[forget]") {
    Workshop w = delivered();
    w.receive("R2");
    CHECK(w.say("160", plate) == "not-from-here");
    CHECK(w.sentence == "R2 of this car is still open; hand it over or cancel it, then say this again");
    CHECK(w.job("R1").plate == "沪A12345");
    CHECK(w.say("130", plate) == "not-permitted");
    CHECK(w.say("160", Forget{.plate = "?"}) == "value-bad");
    CHECK(w.say("160", Forget{.plate = "沪B99999"}) == "same");
}
