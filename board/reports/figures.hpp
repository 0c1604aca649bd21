// Tables of figures as JSON objects: names stay, numbers are whole, and null stands where there is nothing to divide.
#pragma once

#include "board/reports/order_file.hpp"
#include "board/reports/tally.hpp"
#include "protocol/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

namespace json = protocol::json;

/// Days from `from` to the day before `to`.
struct Period {
    Day from{}, to{};
    std::string text{};  ///< `2026-10`, as asked for
};
/// `2026-10-01`; nothing when it is no day of 1970 to 2199.
std::optional<Period> day_period(std::string_view text);
/// `2026-10`
std::optional<Period> month_period(std::string_view text);
/// `2026`
std::optional<Period> year_period(std::string_view text);
/// `count` months, the last of which is `last`, in order.
std::vector<Period> months_until(const Period& last, int count);
std::string text_of(Day day);

/// Sums by key, in the order of the keys.
using Tallies = std::map<std::string, Tally, std::less<>>;

/// null or the number.
json::value or_null(std::optional<std::int64_t> number);
/// One row: settled, on_time, late, excused, rate_bp, strict_bp, target_bp, deduction and so on.
json::object figures(std::string_view key, const Tally& tally, std::int64_t target_bp);
/// `2026-10-01T10:30:00+08:00`: shop time, and yet the moment is certain. Whole seconds.
std::string iso_local(Instant at, const ShopZone& zone);
/// What one job adds to the figures of a row, beside what they follow from.
json::object counted_line(const SettledJob& job, const ShopZone& zone);
/// One job of the daily table, with times in shop time.
json::object job_line(const SettledJob& job, const ShopZone& zone);

/// The middle value, the lower one of two; nothing of nothing.
std::optional<std::int64_t> median(std::vector<std::int64_t> values);
/// The value that `percent` of all do not exceed (nearest rank).
std::optional<std::int64_t> percentile(std::vector<std::int64_t> values, int percent);

}  // namespace baytime::reports
