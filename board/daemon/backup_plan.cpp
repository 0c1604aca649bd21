#include "board/daemon/backup_plan.hpp"

#include "board/daemon/shop_clock.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

namespace baytime::daemon {

using namespace std::chrono;

namespace {

constexpr std::string_view prefix = "journal-", suffix = ".db";

/// Keeps the last copy of each of the newest `count` stretches.
void keep_last_of(const std::vector<CopyTime>& copies, int count, const std::function<std::int64_t(CopyTime)>& stretch,
                  std::set<CopyTime>& kept) {
    std::set<std::int64_t> seen;
    for (auto copy = copies.rbegin(); copy != copies.rend() && seen.size() < static_cast<std::size_t>(count); ++copy) {
        if (seen.insert(stretch(*copy)).second) kept.insert(*copy);
    }
}

}  // namespace

std::string copy_name(CopyTime at) {
    return fmt::format("{}{}{}", prefix, date::format("%Y-%m-%dT%H%M%SZ", at), suffix);
}

std::optional<CopyTime> copy_time(std::string_view name) {
    if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
    std::istringstream in(std::string(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size())));
    CopyTime out{};
    in >> date::parse("%Y-%m-%dT%H%M%SZ", out);
    if (in.fail() || copy_name(out) != name) return std::nullopt;
    return out;
}

std::optional<CopyTime> next_copy_time(const std::vector<CopyTime>& copies, CopyTime now) {
    const auto latest = now + name_ahead;
    auto next = now;
    for (const auto copy : copies) {
        if (copy <= latest) next = std::max(next, copy + seconds{1});
    }
    if (next > latest) return std::nullopt;
    return next;
}

Instant last_due(const BackupSettings& settings, const std::string& zone, Instant now) {
    const auto today = floor<days>(to_local(zone, now));
    const Instant due = to_utc(zone, today + settings.at);
    return due <= now ? due : to_utc(zone, today - days{1} + settings.at);
}

std::vector<CopyTime> surplus(const std::vector<CopyTime>& copies, const BackupSettings& settings,
                              const std::string& zone) {
    if (copies.empty()) return {};
    const auto day = [&zone](CopyTime at) { return floor<days>(to_local(zone, at)).time_since_epoch().count(); };
    std::set<CopyTime> kept{copies.back()};
    keep_last_of(copies, settings.keep_daily, day, kept);
    // 1970 began on a Thursday, weeks begin on Monday.
    keep_last_of(
        copies, settings.keep_weekly, [&day](CopyTime at) { return (day(at) + 3) / 7; }, kept);
    const auto month = [&day](CopyTime at) {
        const year_month_day date{sys_days{days{day(at)}}};
        return std::int64_t{12} * static_cast<int>(date.year()) + static_cast<unsigned>(date.month());
    };
    keep_last_of(copies, settings.keep_monthly, month, kept);
    std::size_t young = 0;
    for (auto copy = copies.rbegin(); copy != copies.rend() && young < fresh_copies_kept; ++copy, ++young) {
        if (copies.back() - *copy < fresh) kept.insert(*copy);
    }
    std::vector<CopyTime> out;
    std::ranges::copy_if(copies, std::back_inserter(out), [&kept](CopyTime at) { return !kept.contains(at); });
    return out;
}

}  // namespace baytime::daemon
