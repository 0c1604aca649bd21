// The zone's plain values against the time-zone library itself.
#include "board/daemon/zone.hpp"

#include "board/core/calendar.hpp"
#include "board/daemon/shop_clock.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime;
using namespace std::chrono;
using namespace std::chrono_literals;

TEST_CASE("local time is what the time-zone library says, at any minute and around every change", "[zone]") {
    const auto* name = GENERATE("Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe",
                                "America/Havana", "Asia/Kathmandu", "UTC");
    const auto zone = daemon::read_zone(name);
    std::mt19937 dice(11);
    std::vector<Instant> moments;
    for (int i = 0; i < 1000; ++i)
        moments.push_back(Instant{sys_days{2000y / January / 2}} + minutes{dice() % (99 * 365 * 1440)});
    for (const auto& each : zone.offsets) {
        for (int i = -180; i <= 180; i += 15) moments.push_back(each.from + minutes{i});
    }
    for (const auto moment : moments) {
        const auto local = daemon::to_local(name, moment);
        REQUIRE(zone.to_local(moment) == local);
        REQUIRE(zone.to_utc(local) == daemon::to_utc(name, local));
        // A local time that the change leaves out is read as the change itself.
        REQUIRE(zone.to_utc(local + 30min) == daemon::to_utc(name, local + 30min));
    }
}

TEST_CASE("§5 a day of Berlin has 23, 24 or 25 hours, one of Shanghai always 24", "[zone]") {
    const Calendar berlin(daemon::read_zone("Europe/Berlin")), shanghai(daemon::read_zone("Asia/Shanghai"));
    struct Case {
        year_month_day day;
        hours open;
    };
    const auto c = GENERATE(values<Case>({{2026y / March / 28, 24h},
                                          {2026y / March / 29, 23h},
                                          {2026y / October / 25, 25h},
                                          {2026y / October / 26, 24h}}));
    CHECK(berlin.open_minutes_of_day(local_days{c.day}) == c.open);
    CHECK(shanghai.open_minutes_of_day(local_days{c.day}) == 24h);
}

TEST_CASE("§5 night shifts over both clock changes of Berlin count real minutes", "[zone]") {
    OpeningHours shift;
    for (auto& day : shift.weekdays) day = {{0min, 6h}, {22h, 24h}};
    const Calendar calendar(daemon::read_zone("Europe/Berlin"), shift);
    const auto evening = [](year_month_day day) { return daemon::to_utc("Europe/Berlin", local_days{day} + 22h); };
    CHECK(calendar.working_minutes(evening(2026y / March / 27), evening(2026y / March / 28)) == 8h);
    CHECK(calendar.working_minutes(evening(2026y / March / 28), evening(2026y / March / 29)) == 7h);
    CHECK(calendar.working_minutes(evening(2026y / October / 24), evening(2026y / October / 25)) == 9h);
    CHECK(calendar.plus_working(evening(2026y / March / 28), 7h) ==
          daemon::to_utc("Europe/Berlin", local_days{2026y / March / 29} + 6h));
}
