#include "board/daemon/sign_hours.hpp"

#include "board/daemon/shop_clock.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono_literals;

namespace {

constexpr const char* zone = "Asia/Shanghai";

SignPlace dimmed(std::chrono::minutes from, std::chrono::minutes to) {
    SignPlace place;
    place.night = SignNight{.from = from, .to = to, .brightness = 20};
    return place;
}

}  // namespace

TEST_CASE("a night may go over midnight", "[signs][night]") {
    struct Case {
        std::chrono::minutes from, to, after_nine;
        bool night;
    };
    const auto c = GENERATE(values<Case>({
        {20h, 6h, 0h, false},
        {20h, 6h, 11h, true},
        {20h, 6h, 10h + 59min, false},
        {20h, 6h, 20h + 59min, true},
        {20h, 6h, 21h, false},
        {8h, 10h, 0h, true},
        {8h, 10h, 1h, false},
    }));
    CAPTURE(c.from.count(), c.to.count(), c.after_nine.count());
    CHECK(is_night(*dimmed(c.from, c.to).night, zone, support::nine() + c.after_nine) == c.night);
}

TEST_CASE("the next beginning or end of a night is known beforehand", "[signs][night]") {
    CHECK_FALSE(next_night_change({SignPlace{}}, zone, support::nine()).has_value());
    CHECK(next_night_change({dimmed(20h, 6h)}, zone, support::nine()) == support::nine() + 11h);
    CHECK(next_night_change({dimmed(20h, 6h)}, zone, support::nine() + 11h) == support::nine() + 21h);
    CHECK(next_night_change({dimmed(20h, 6h), dimmed(9h, 12h)}, zone, support::nine()) == support::nine() + 3h);
    CHECK(next_midnight(zone, support::nine()) == support::nine() + 15h);
}

TEST_CASE("a sign's clock gets the shop's local time", "[signs][night]") {
    const auto clock = sign_clock(zone, support::nine() + 5min);
    CHECK(clock.year == 2026);
    CHECK(clock.month == 11);
    CHECK(clock.day == 21);
    CHECK(clock.weekday == 6);
    CHECK(clock.hour == 9);
    CHECK(clock.minute == 5);
}
