#include "board/reports/tally.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::reports;

TEST_CASE("§4 rates are basis points rounded down, and nothing where nothing settled", "[reports]") {
    struct Case {
        std::int64_t settled, late, excused;
        std::optional<std::int64_t> rate, strict;
    };
    const auto c = GENERATE(values<Case>({
        {0, 0, 0, std::nullopt, std::nullopt},
        {1, 0, 0, 10000, 10000},
        {1, 1, 0, 0, 0},
        {3, 1, 0, 6666, 6666},
        {3, 2, 0, 3333, 3333},
        {3, 0, 1, 10000, 6666},
        {50, 5, 2, 9000, 8600},
        {7, 1, 1, 8571, 7142},
        {1'000'000, 1, 0, 9999, 9999},
    }));
    CAPTURE(c.settled, c.late, c.excused);
    const Tally tally{.settled = c.settled, .late = c.late, .excused = c.excused};
    CHECK(on_time_bp(tally) == c.rate);
    CHECK(strict_bp(tally) == c.strict);
    CHECK(tally.on_time() + tally.late + tally.excused == tally.settled);
}

TEST_CASE("§4 points are the late jobs beyond those the target allows", "[reports]") {
    struct Case {
        std::int64_t settled, late, target, allowed, points;
    };
    const auto c = GENERATE(values<Case>({
        {50, 5, 9600, 2, 3},
        {50, 2, 9600, 2, 0},
        {50, 1, 9600, 2, 0},
        {49, 2, 9600, 1, 1},
        {25, 1, 9600, 1, 0},
        {24, 1, 9600, 0, 1},
        {0, 0, 9600, 0, 0},
        {10, 3, 10000, 0, 3},
        {10, 3, 0, 10, 0},
        {30, 5, 9000, 3, 2},
    }));
    CAPTURE(c.settled, c.late, c.target);
    CHECK(allowed_late(c.settled, c.target) == c.allowed);
    CHECK(deduction({.settled = c.settled, .late = c.late}, c.target) == c.points);
}

TEST_CASE("§4 what may still be late: a further late job is settled too", "[reports]") {
    struct Case {
        std::int64_t settled, late, target;
        std::optional<std::int64_t> left;
    };
    const auto c = GENERATE(values<Case>({
        {0, 0, 9600, 0},
        {23, 0, 9600, 0},
        {24, 0, 9600, 1},
        {25, 1, 9600, 0},
        {48, 0, 9600, 2},
        {49, 1, 9600, 1},
        {50, 5, 9600, 0},
        {10, 0, 10000, 0},
        {10, 3, 0, std::nullopt},
    }));
    CAPTURE(c.settled, c.late, c.target);
    const auto left = may_still_be_late({.settled = c.settled, .late = c.late}, c.target);
    CHECK(left == c.left);
    // The greatest number that holds the target: one more would miss it.
    const auto met = [&c](std::int64_t more) { return (c.settled - c.late) * 10000 >= c.target * (c.settled + more); };
    CHECK((!left || *left == 0 || met(*left)));
    CHECK((!left || !met(*left + 1)));
}

TEST_CASE("§5 a late job counts as flagged in time when its flag says so", "[reports]") {
    struct Case {
        Verdict verdict;
        bool in_time;
        std::int64_t flagged;
    };
    const auto c = GENERATE(values<Case>({
        {Verdict::late, false, 0},
        {Verdict::late, true, 1},
        {Verdict::on_time, true, 0},
        {Verdict::excused, true, 0},
    }));
    Tally tally;
    add(tally, {.verdict = c.verdict, .flagged_in_time = c.in_time});
    CHECK(tally.late_flagged_in_time == c.flagged);
}
