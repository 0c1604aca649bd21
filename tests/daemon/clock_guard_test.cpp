// What the shop believes of the computer's clock.
#include "board/daemon/clock_guard.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

const Instant nine = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 25}} + 1h;

/// A computer whose two clocks the test moves.
struct Computer {
    Instant system = nine;
    std::chrono::steady_clock::time_point steady{1000h};
    bool synchronised = false, at_work = true;

    ClockReading look() const {
        return {.system = system, .steady = steady, .synchronised = synchronised, .at_work = at_work};
    }
    void pass(milliseconds time) {
        system += time;
        steady += time;
    }
};

}  // namespace

TEST_CASE("a clock that runs is followed", "[clock]") {
    Computer computer;
    ClockGuard guard(computer.look(), nine - 1h);
    computer.pass(90min);
    CHECK(guard.now(computer.look()) == nine + 90min);
    computer.system += 20s;  // slewed by time synchronisation
    CHECK(guard.now(computer.look()) == nine + 90min + 20s);
    computer.system -= 30s;
    CHECK(guard.now(computer.look()) == nine + 90min + 20s);  // never backwards
    computer.pass(1min);
    CHECK(guard.now(computer.look()) == computer.system);
    CHECK(guard.doubt() == ClockDoubt::none);
    CHECK(guard.steps() == 0);
}

TEST_CASE("a clock that is set by hours changes no duration, and is doubted until it is as before", "[clock]") {
    const auto jump = GENERATE(milliseconds(5h), milliseconds(-5h), milliseconds(2min), milliseconds(-24h * 365));
    CAPTURE(jump.count());
    Computer computer;
    ClockGuard guard(computer.look(), nine - 1h);
    computer.system += jump;
    computer.pass(10min);
    CHECK(guard.now(computer.look()) == nine + 10min);
    CHECK(guard.doubt() != ClockDoubt::none);
    CHECK(guard.doubted_since() == nine);
    CHECK(guard.difference() == jump);
    computer.pass(20min);
    CHECK(guard.now(computer.look()) == nine + 30min);
    computer.system -= jump;
    computer.pass(5min);
    CHECK(guard.now(computer.look()) == nine + 35min);
    CHECK(guard.doubt() == ClockDoubt::none);
    CHECK(guard.steps() == 2);
    CHECK(guard.take_ended() == ClockGuard::Doubted{.from = nine, .until = nine + 35min, .correction = 0ms});
    CHECK_FALSE(guard.take_ended());
}

TEST_CASE("a step that a time server made is taken over at once, forwards", "[clock]") {
    Computer computer;
    ClockGuard guard(computer.look(), nine - 1h);
    computer.system += 3h;
    computer.synchronised = true;
    CHECK(guard.now(computer.look()) == nine + 3h);
    CHECK(guard.doubt() == ClockDoubt::none);
}

TEST_CASE("a person may say that the clock is right now", "[clock]") {
    Computer computer;
    ClockGuard guard(computer.look(), nine - 1h);
    computer.system += 3h;
    CHECK(guard.now(computer.look()) == nine);
    guard.accept(computer.look());
    CHECK(guard.now(computer.look()) == nine + 3h);
    CHECK(guard.doubt() == ClockDoubt::none);
}

TEST_CASE("a clock that is wrong at boot is doubted until it shows a time that can be right", "[clock]") {
    struct Case {
        Instant boot;
        ClockDoubt doubt;
    };
    const auto c =
        GENERATE(Case{nine - 2h, ClockDoubt::behind_journal}, Case{nine - 24h * 365 * 6, ClockDoubt::before_program},
                 Case{Instant{}, ClockDoubt::before_program});
    Computer computer;
    computer.system = c.boot;
    ClockGuard guard(computer.look(), nine);
    CHECK(guard.doubt() == c.doubt);
    computer.pass(40min);
    CHECK(guard.now(computer.look()) == nine + 40min);  // from the newest entry on, at its own pace
    CHECK(guard.doubt() == c.doubt);
    computer.system = nine + 10h;
    CHECK(guard.now(computer.look()) == nine + 10h);
    CHECK(guard.doubt() == ClockDoubt::none);
    const auto ended = guard.take_ended();
    REQUIRE(ended);
    CHECK(ended->from == nine);
    CHECK(ended->correction == milliseconds(10h - 40min));
}

TEST_CASE("a shop whose time ran ahead waits for the real one while nobody works", "[clock]") {
    Computer computer;
    ClockGuard guard(computer.look(), nine - 1h);
    computer.system -= 2h;
    computer.synchronised = true;
    computer.pass(1h);
    CHECK(guard.now(computer.look()) == nine + 1h);  // somebody is clocked on: an hour is an hour
    computer.at_work = false;
    computer.pass(30min);
    CHECK(guard.now(computer.look()) == nine + 1h);
    CHECK(guard.doubt() == ClockDoubt::jumped);
    computer.pass(90min);
    CHECK(guard.now(computer.look()) == nine + 1h);
    CHECK(guard.doubt() == ClockDoubt::none);
    computer.pass(1min);
    CHECK(guard.now(computer.look()) == nine + 61min);
}

TEST_CASE("a clock far ahead of the newest entry at boot is doubted, unless a time server steers it", "[clock]") {
    const auto rest = GENERATE(std::chrono::hours(24 * 300), std::chrono::hours(24 * 36));
    Computer computer;
    const auto newest = nine;
    computer.system = newest + rest;
    SECTION("nobody vouches for it: time goes on from the newest entry, until a person does") {
        ClockGuard guard(computer.look(), newest);
        CHECK(guard.doubt() == ClockDoubt::far_ahead);
        CHECK(guard.doubted_since() == newest);
        CHECK(guard.difference() == rest);
        computer.pass(40min);
        CHECK(guard.now(computer.look()) == newest + 40min);
        CHECK(guard.doubt() == ClockDoubt::far_ahead);
        guard.accept(computer.look());
        CHECK(guard.doubt() == ClockDoubt::none);
        CHECK(guard.now(computer.look()) == computer.system);
        CHECK(guard.take_ended() == ClockGuard::Doubted{.from = newest, .until = newest + 40min, .correction = rest});
    }
    SECTION("it is set to a time that can be right") {
        ClockGuard guard(computer.look(), newest);
        computer.pass(40min);
        guard.now(computer.look());
        computer.system = newest + 10h;
        CHECK(guard.now(computer.look()) == newest + 10h);
        CHECK(guard.doubt() == ClockDoubt::none);
    }
    SECTION("it is set a little before the shop's time: that is another doubt, which passes when they agree") {
        ClockGuard guard(computer.look(), newest);
        computer.pass(40min);
        guard.now(computer.look());
        computer.system = newest + 10min;
        CHECK(guard.now(computer.look()) == newest + 40min);
        CHECK(guard.doubt() == ClockDoubt::jumped);
        computer.at_work = false;
        guard.accept(computer.look());
        CHECK(guard.doubt() == ClockDoubt::behind_journal);
        computer.pass(30min);
        CHECK(guard.now(computer.look()) == newest + 40min);
        CHECK(guard.doubt() == ClockDoubt::none);
    }
    SECTION("a time server steers it") {
        computer.synchronised = true;
        ClockGuard guard(computer.look(), newest);
        CHECK(guard.doubt() == ClockDoubt::none);
        CHECK(guard.now(computer.look()) == computer.system);
    }
    SECTION("a time server comes later") {
        ClockGuard guard(computer.look(), newest);
        computer.pass(5min);
        computer.synchronised = true;
        CHECK(guard.now(computer.look()) == computer.system);
        CHECK(guard.doubt() == ClockDoubt::none);
    }
}

TEST_CASE("the longest holidays are no reason to doubt a clock that nobody steers, nor is an empty journal",
          "[clock]") {
    const auto newest = GENERATE(nine - std::chrono::days(34), Instant{});
    Computer computer;
    ClockGuard guard(computer.look(), newest);
    CHECK(guard.doubt() == ClockDoubt::none);
    CHECK(guard.now(computer.look()) == nine);
    computer.system += std::chrono::days(40);  // while it runs, a step is a step
    guard.now(computer.look());
    CHECK(guard.doubt() == ClockDoubt::jumped);
}

TEST_CASE("entries of a clock that was wrong make no months of an afternoon, and hold up no clock that is set",
          "[clock]") {
    Computer computer;
    const auto entry = program_made - std::chrono::days(300);
    SECTION("at boot") {
        ClockGuard guard(computer.look(), entry);
        CHECK(guard.doubt() == ClockDoubt::far_ahead);
        computer.pass(40min);
        CHECK(guard.now(computer.look()) == entry + 40min);
        CHECK(guard.doubt() == ClockDoubt::far_ahead);
        guard.accept(computer.look());
        CHECK(guard.now(computer.look()) == computer.system);
    }
    SECTION("while it runs") {
        computer.system = entry;
        ClockGuard guard(computer.look(), entry);
        CHECK(guard.doubt() == ClockDoubt::before_program);
        computer.system = nine;
        CHECK(guard.now(computer.look()) == nine);
        CHECK(guard.doubt() == ClockDoubt::none);
    }
}

TEST_CASE("a clock that was wrong at boot and is then set far ahead is still doubted", "[clock]") {
    Computer computer;
    computer.system = Instant{};
    ClockGuard guard(computer.look(), nine);
    CHECK(guard.doubt() == ClockDoubt::before_program);
    computer.system = nine + std::chrono::days(300);
    CHECK(guard.now(computer.look()) == nine);
    CHECK(guard.doubt() == ClockDoubt::far_ahead);
}

TEST_CASE("a clock that shows less than the journal holds is not taken over by a person's word", "[clock]") {
    Computer computer;
    ClockGuard guard(computer.look(), nine + 100h);
    guard.accept(computer.look());
    CHECK(guard.doubt() == ClockDoubt::behind_journal);
    computer.pass(1h);
    CHECK(guard.now(computer.look()) == nine + 101h);
}
