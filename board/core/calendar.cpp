#include "board/core/calendar.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>

namespace baytime {

using namespace std::chrono;

namespace {

constexpr local_days first_day{calendar_first_year / January / 1};
constexpr local_days end_day{(calendar_last_year + years{1}) / January / 1};
constexpr auto day_count = (end_day - first_day).count();
/// A shop that never closes for so long is taken for one that stays open.
constexpr std::int64_t change_look_ahead = 366;

}  // namespace

struct Calendar::Days {
    OpeningHours hours;
    /// Open minutes of all days before this one; one more entry than days. A century fits into 32 bits.
    std::vector<std::int32_t> before;

    const DayHours& of(local_days day) const {
        const auto special = hours.special.find(day);
        return special != hours.special.end() ? special->second : hours.weekdays[weekday{day}.c_encoding()];
    }
};

Calendar::Calendar(Zone zone) : zone_(std::move(zone)) {}

Calendar::Calendar(Zone zone, const OpeningHours& hours) : zone_(std::move(zone)) {
    auto days = std::make_shared<Days>(Days{.hours = hours, .before = {0}});
    days_ = days;
    days->before.reserve(static_cast<std::size_t>(day_count) + 1);
    for (auto day = first_day; day < end_day; day += std::chrono::days{1}) {
        minutes open{0};
        for (const auto& each : stretches(day)) open += floor<minutes>(each.to - each.from);
        days->before.push_back(days->before.back() + static_cast<std::int32_t>(open.count()));
    }
}

std::vector<OpenStretch> Calendar::stretches(local_days day) const {
    const auto at = [this, day](minutes since_midnight) { return zone_.to_utc(LocalMinute{day} + since_midnight); };
    if (!days_) return {{at(minutes{0}), at(hours{24})}};
    std::vector<OpenStretch> out;
    if (day < first_day || day >= end_day) return out;
    for (const auto& each : days_->of(day)) {
        const OpenStretch one{at(each.from), at(each.to)};
        if (one.from < one.to) out.push_back(one);  // a clock change may leave nothing of it
    }
    return out;
}

/// The day whose midnights lie around `at`, counted from the calendar's first and held to its days.
std::int64_t Calendar::day_index(Instant at) const {
    auto day = zone_.day_of(at);
    // Where a change of clocks repeats the hour before midnight, the date on the wall goes back for a while.
    if (zone_.to_utc(LocalMinute{day + days{1}}) <= at) day += days{1};
    return std::clamp<std::int64_t>((day - first_day).count(), 0, day_count - 1);
}

milliseconds Calendar::worked_until(Instant at) const {
    const auto index = day_index(at);
    milliseconds worked = minutes{days_->before[static_cast<std::size_t>(index)]};
    for (const auto& each : stretches(first_day + days{index})) {
        worked += std::max(milliseconds{0}, std::min(at, each.to) - each.from);
    }
    return worked;
}

bool Calendar::is_open(Instant at) const {
    if (!days_) return true;
    return std::ranges::any_of(stretches(first_day + days{day_index(at)}),
                               [at](const OpenStretch& each) { return each.from <= at && at < each.to; });
}

milliseconds Calendar::working_time(Instant from, Instant to) const {
    if (to <= from) return milliseconds{0};
    return days_ ? worked_until(to) - worked_until(from) : to - from;
}

minutes Calendar::working_minutes(Instant from, Instant to) const {
    return floor<minutes>(working_time(from, to));
}

Instant Calendar::plus_working(Instant from, milliseconds amount) const {
    if (amount <= milliseconds{0}) return from;
    if (!days_) return from + amount;
    const auto wanted = worked_until(from) + amount;
    const auto& before = days_->before;
    // The first day at whose end the wanted sum is reached.
    const auto reached = std::ranges::lower_bound(before, ceil<minutes>(wanted).count());
    if (reached == before.end()) return zone_.to_utc(LocalMinute{end_day});
    const auto index = reached - before.begin() - 1;
    assert(index >= 0);
    auto left = wanted - minutes{before[static_cast<std::size_t>(index)]};
    for (const auto& each : stretches(first_day + days{index})) {
        if (left <= each.to - each.from) return each.from + left;
        left -= each.to - each.from;
    }
    assert(false);
    return from;
}

Instant Calendar::next_open(Instant at) const {
    if (!days_ || is_open(at)) return at;
    const auto soonest = plus_working(at, milliseconds{1});
    return soonest == zone_.to_utc(LocalMinute{end_day}) ? soonest : soonest - milliseconds{1};
}

std::optional<Instant> Calendar::next_change(Instant at) const {
    if (!days_) return std::nullopt;
    if (!is_open(at)) {
        const auto opens = next_open(at);
        return is_open(opens) ? std::optional(opens) : std::nullopt;
    }
    const auto today = day_index(at);
    for (auto index = today; index < std::min(day_count, today + change_look_ahead); ++index) {
        for (const auto& each : stretches(first_day + days{index})) {
            // Midnight between two open days is no change.
            if (each.to > at && !is_open(each.to)) return each.to;
        }
    }
    return std::nullopt;
}

minutes Calendar::open_minutes_of_day(local_days day) const {
    minutes open{0};
    for (const auto& each : stretches(day)) open += floor<minutes>(each.to - each.from);
    return open;
}

minutes Calendar::open_minutes_of_month(year_month month) const {
    const local_days from{month / 1}, to{(month + months{1}) / 1};
    if (!days_) return floor<minutes>(zone_.to_utc(LocalMinute{to}) - zone_.to_utc(LocalMinute{from}));
    const auto at = [this](local_days day) {
        return days_
            ->before[static_cast<std::size_t>(std::clamp<std::int64_t>((day - first_day).count(), 0, day_count))];
    };
    return minutes{at(to) - at(from)};
}

}  // namespace baytime
