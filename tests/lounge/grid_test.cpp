// The rule that makes the board readable: capitals of 5.8 mm for each metre of distance.
#include "display-drivers/lounge/grid.hpp"

#include <catch2/catch.hpp>

using namespace baytime::lounge;

namespace {
constexpr double cap_height = 0.741;
}

TEST_CASE("a 55 inch screen read from six metres shows eight cars, as designed", "[grid]") {
    const Grid grid = make_grid({1920, 1080, 55, 6}, cap_height);
    CHECK(grid.rows == 8);
    CHECK(grid.cap_mm >= 5.8 * 6);
    CHECK(grid.warning.empty());
}

TEST_CASE("the number of rows depends on the size of the glass, not on its pixels", "[grid]") {
    const int rows = make_grid({1280, 720, 55, 6}, cap_height).rows;
    CHECK(make_grid({1920, 1080, 55, 6}, cap_height).rows == rows);
    CHECK(make_grid({3840, 2160, 55, 6}, cap_height).rows == rows);
}

TEST_CASE("nearer seats and larger screens show more cars, up to a limit", "[grid]") {
    struct Case {
        double inches, distance;
        int rows;
    };
    const auto c = GENERATE(values<Case>({{55, 6, 8}, {55, 4, 12}, {75, 6, 11}, {43, 6, 6}, {98, 3, 12}, {32, 6, 4}}));
    CAPTURE(c.inches, c.distance);
    CHECK(make_grid({1920, 1080, c.inches, c.distance}, cap_height).rows == c.rows);
}

TEST_CASE("plates keep the rule on every panel that does not warn", "[grid]") {
    int quiet = 0;
    for (const auto& [width, height] : {std::pair(1280, 720), {1920, 1080}, {3840, 2160}, {1080, 1920}, {2160, 3840}}) {
        for (double inches = 20; inches <= 120; inches += 5) {
            for (double distance = 1; distance <= 15; distance += 0.5) {
                const Grid grid = make_grid({width, height, inches, distance}, cap_height);
                CAPTURE(width, height, inches, distance, grid.rows);
                REQUIRE(grid.rows >= 1);
                REQUIRE(grid.rows <= most_rows);
                if (!grid.warning.empty()) continue;
                ++quiet;
                REQUIRE(grid.cap_mm >= cap_mm_per_metre * distance - 0.01);
                REQUIRE(grid.rows >= fewest_good_rows);
            }
        }
    }
    CHECK(quiet > 500);
}

TEST_CASE("a screen that is too small or too far says so", "[grid]") {
    const Grid few = make_grid({2560, 1080, 55, 12}, cap_height);
    CHECK(few.rows < fewest_good_rows);
    CHECK(few.warning.find("larger screen") != std::string::npos);
    const Grid impossible = make_grid({1920, 1080, 24, 15}, cap_height);
    CHECK(impossible.rows == fewest_good_rows);
    CHECK(impossible.warning.find("cannot be read from 15.0 m") != std::string::npos);
    CHECK(impossible.cap_mm < cap_mm_per_metre * 15);
}

TEST_CASE("rows fill the body without gaps", "[grid]") {
    const Grid grid = make_grid({1366, 768, 40, 3.3}, cap_height);
    int y = grid.body.y;
    for (int i = 0; i < grid.rows; ++i) {
        CHECK(grid.row(i).y == y);
        y = grid.row(i).bottom();
    }
    CHECK(y == grid.body.bottom());
    CHECK(grid.body.bottom() == grid.footer.y);
    CHECK(grid.footer.bottom() == 768);
}
