// The one clock type of the product, and how two moments compare.
// Local time exists on screens and in configuration only; see DESIGN.md on time.
#pragma once

#include <chrono>

namespace baytime {

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A day of the shop's calendar.
using Date = std::chrono::year_month_day;

/// The minute a moment lies in. Promises compare by the minute (rule §4): 10:30:59 keeps a promise of 10:30.
/// Every zone offset in use is a whole number of minutes, so the UTC minute is the local one.
constexpr Instant minute_of(Instant at) {
    return std::chrono::floor<std::chrono::minutes>(at);
}

/// True when `at` keeps a promise of `promise` (rule §4).
constexpr bool keeps(Instant at, Instant promise) {
    return minute_of(at) <= minute_of(promise);
}

}  // namespace baytime
