// The working calendar: §5 "counting only working time of the calendar", §7 open minutes of days and months.
#include "board/core/calendar.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

/// One fixed offset, or Berlin's two changes of 2026: on 29 March and 25 October at 01:00 UTC.
const Zone shanghai{.offsets = {{.from = Instant{}, .east = 8h}}};
const Zone berlin{.offsets = {{.from = Instant{}, .east = 1h},
                              {.from = Instant{sys_days{2026y / March / 29}} + 1h, .east = 2h},
                              {.from = Instant{sys_days{2026y / October / 25}} + 1h, .east = 1h}}};

OpeningHours office_hours() {
    const DayHours day{{8h, 12h}, {13h, 17h + 30min}};
    OpeningHours hours{.weekdays = {DayHours{}, day, day, day, day, day, {{9h, 16h}}}, .special = {}};
    hours.special[local_days{2026y / October / 1}] = {};
    hours.special[local_days{2026y / October / 10}] = {{10h, 12h}};
    return hours;
}

Instant at(const Zone& zone, year_month_day day, minutes clock) {
    return zone.to_utc(LocalMinute{local_days{day}} + clock);
}

/// The slow way: every minute is looked at.
minutes counted(const Calendar& calendar, Instant from, Instant to) {
    minutes open{0};
    for (auto each = from; each < to; each += 1min) open += calendar.is_open(each) ? 1min : 0min;
    return open;
}

}  // namespace

TEST_CASE("§5 open and closed follow weekday, break, holiday and special day", "[calendar]") {
    const Calendar calendar(shanghai, office_hours());
    struct Case {
        year_month_day day;
        minutes clock;
        bool open;
    };
    const auto c = GENERATE(values<Case>({
        {2026y / November / 23, 8h, true},  // Monday
        {2026y / November / 23, 7h + 59min, false},
        {2026y / November / 23, 12h, false},  // the break begins
        {2026y / November / 23, 13h, true},
        {2026y / November / 23, 17h + 29min, true},
        {2026y / November / 23, 17h + 30min, false},
        {2026y / November / 22, 10h, false},  // Sunday
        {2026y / November / 21, 8h, false},   // Saturday opens at nine
        {2026y / November / 21, 15h, true},
        {2026y / October / 1, 10h, false},          // holiday, a Thursday
        {2026y / October / 10, 9h + 30min, false},  // special Saturday
        {2026y / October / 10, 11h, true},
        {1999y / November / 23, 10h, false},  // before the calendar
        {2100y / November / 23, 10h, false},  // after it
    }));
    CHECK(calendar.is_open(at(shanghai, c.day, c.clock)) == c.open);
}

TEST_CASE("§5 working minutes and the time after them leave out breaks, nights and holidays", "[calendar]") {
    const Calendar calendar(shanghai, office_hours());
    struct Case {
        year_month_day day;
        minutes clock;
        int amount;
        year_month_day then;
        minutes at;
    };
    const auto c = GENERATE(values<Case>({
        {2026y / November / 23, 11h, 30, 2026y / November / 23, 11h + 30min},
        {2026y / November / 23, 11h, 60, 2026y / November / 23, 12h},  // done as the break begins
        {2026y / November / 23, 11h, 61, 2026y / November / 23, 13h + 1min},
        {2026y / November / 23, 17h, 60, 2026y / November / 24, 8h + 30min},          // over night
        {2026y / November / 21, 15h + 30min, 60, 2026y / November / 23, 8h + 30min},  // over Sunday
        {2026y / September / 30, 17h + 30min, 1, 2026y / October / 2, 8h + 1min},     // over the holiday
        {2026y / November / 23, 6h, 10, 2026y / November / 23, 8h + 10min},           // before opening
    }));
    const auto from = at(shanghai, c.day, c.clock), to = at(shanghai, c.then, c.at);
    CHECK(calendar.plus_working(from, minutes{c.amount}) == to);
    CHECK(calendar.working_minutes(from, to) == minutes{c.amount});
}

TEST_CASE("§5 nothing to do takes no time, even at night, and time never runs backwards", "[calendar]") {
    const Calendar calendar(shanghai, office_hours());
    const auto night = at(shanghai, 2026y / November / 23, 23h);
    CHECK(calendar.plus_working(night, 0min) == night);
    CHECK(calendar.plus_working(night, -5min) == night);
    CHECK(calendar.working_minutes(night + 24h, night) == 0min);
    CHECK(calendar.plus_working(night, 1500ms) == at(shanghai, 2026y / November / 24, 8h) + 1500ms);
}

TEST_CASE("§5 both clock changes of Berlin keep real minutes", "[calendar]") {
    OpeningHours hours;
    for (auto& day : hours.weekdays) day = {{0min, 6h}, {8h, 12h}};
    const Calendar calendar(berlin, hours);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / March / 28}) == 10h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / March / 29}) == 9h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / October / 25}) == 11h);
    const auto eve = at(berlin, 2026y / March / 28, 11h);
    CHECK(calendar.plus_working(eve, 7h) == at(berlin, 2026y / March / 29, 8h + 60min));
    CHECK(calendar.is_open(at(berlin, 2026y / October / 25, 2h + 30min) + 1h));
}

TEST_CASE("§5 an hour that the change leaves out is no opening, one that comes twice opens once", "[calendar]") {
    OpeningHours hours;
    for (auto& day : hours.weekdays) day = {{2h, 3h}};
    const Calendar calendar(berlin, hours);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / March / 29}) == 0min);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / October / 25}) == 2h);
    CHECK(calendar.stretches(local_days{2026y / March / 29}).empty());
}

TEST_CASE("§5 a shop without hours is open always", "[calendar]") {
    const Calendar calendar(berlin);
    const auto night = at(berlin, 2026y / March / 28, 23h);
    CHECK(calendar.always_open());
    CHECK(calendar.is_open(night));
    CHECK(calendar.next_open(night) == night);
    CHECK_FALSE(calendar.next_change(night));
    CHECK(calendar.plus_working(night, 90min) == night + 90min);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / March / 29}) == 23h);
    CHECK(calendar.open_minutes_of_month(2026y / March) == 31 * 24h - 1h);
    CHECK(Calendar().is_open(Instant{}));
}

TEST_CASE("§5 the next opening and the next change are found over breaks and holidays", "[calendar]") {
    const Calendar calendar(shanghai, office_hours());
    const auto noon = at(shanghai, 2026y / September / 30, 12h);
    CHECK(calendar.next_open(noon) == noon + 1h);
    CHECK(calendar.next_open(noon + 6h) == at(shanghai, 2026y / October / 2, 8h));
    CHECK(calendar.next_change(noon) == noon + 1h);
    CHECK(calendar.next_change(noon + 1h) == noon + 5h + 30min);
    OpeningHours round_the_clock;
    for (auto& day : round_the_clock.weekdays) day = {{0min, 24h}};
    round_the_clock.special[local_days{2026y / December / 1}] = {};
    const Calendar shifts(shanghai, round_the_clock);
    CHECK(shifts.next_change(noon) == at(shanghai, 2026y / December / 1, 0min));
    CHECK_FALSE(shifts.next_change(noon + days{90}));
}

TEST_CASE("§7 open minutes of a month are those of its days", "[calendar]") {
    const Calendar calendar(shanghai, office_hours());
    minutes sum{0};
    for (unsigned d = 1; d <= 31; ++d) sum += calendar.open_minutes_of_day(local_days{2026y / October / day{d}});
    CHECK(calendar.open_minutes_of_month(2026y / October) == sum);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / October / 10}) == 2h);
    CHECK(calendar.open_minutes_of_month(1980y / May) == 0min);
}

TEST_CASE("§5 a shop that never opens is asked and answers", "[calendar]") {
    const Calendar calendar(shanghai, OpeningHours{});
    const auto now = at(shanghai, 2026y / October / 10, 9h);
    const auto end = at(shanghai, 2100y / January / 1, 0min);
    CHECK(calendar.next_open(now) == end);
    CHECK(calendar.plus_working(now, 1min) == end);
    CHECK(calendar.working_minutes(now, end) == 0min);
    CHECK_FALSE(calendar.next_change(now));
}

TEST_CASE("§5 any span counts as minute by minute, and plus_working is its reverse", "[calendar]") {
    const Calendar calendar(berlin, office_hours());
    std::mt19937 dice(7);
    for (int i = 0; i < 200; ++i) {
        const auto from = at(berlin, 2026y / March / 20, minutes{dice() % (20 * 1440)});
        const auto to = from + minutes{dice() % (5 * 1440)};
        const auto worked = calendar.working_minutes(from, to);
        REQUIRE(worked == counted(calendar, from, to));
        const auto back = calendar.plus_working(from, worked);
        REQUIRE(back <= to);
        REQUIRE(calendar.working_minutes(from, back) == worked);
    }
}
