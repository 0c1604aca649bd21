// [backup], [health] and [metrics]: what the person who runs the machine sets.
#include "board/daemon/settings_hours.hpp"
#include "board/daemon/settings_parts.hpp"

#include <charconv>

namespace baytime::daemon {

namespace {

using config::Table;

constexpr std::int64_t most_copies = 400;
constexpr std::int64_t most_mib = 1'000'000;
constexpr std::int64_t most_hours = 24 * 366;

void read_backup(const Table& table, BackupSettings& backup) {
    const auto at = table.text("at", "03:00");
    if (const auto time = read_clock_time(at)) {
        backup.at = *time;
    } else {
        table.fault("at", "this is no time of day", "a time as \"03:00\"");
    }
    const auto copies = [&table](std::string_view key, int otherwise, std::int64_t least) {
        return static_cast<int>(table.number(key, otherwise, least, most_copies));
    };
    backup.keep_daily = copies("keep_daily", backup.keep_daily, 1);
    backup.keep_weekly = copies("keep_weekly", backup.keep_weekly, 0);
    backup.keep_monthly = copies("keep_monthly", backup.keep_monthly, 0);
}

void read_health(const Table& table, HealthLimits& limits) {
    limits.disk_warning_mib = table.number("disk_warning_mib", limits.disk_warning_mib, 0, most_mib);
    limits.disk_critical_mib = table.number("disk_critical_mib", limits.disk_critical_mib, 0, most_mib);
    const auto hours = [&table](std::string_view key, std::chrono::hours otherwise) {
        return std::chrono::hours{table.number(key, otherwise.count(), 1, most_hours)};
    };
    limits.backup_warning = hours("backup_warning_hours", limits.backup_warning);
    limits.backup_critical = hours("backup_critical_hours", limits.backup_critical);
    limits.screen_away =
        std::chrono::minutes{table.number("screen_away_minutes", limits.screen_away.count(), 1, 7 * 24 * 60)};
    limits.commands_waiting = table.number("commands_waiting", limits.commands_waiting, 1, most_mib);
    limits.output_unread_kib = table.number("output_unread_kib", limits.output_unread_kib, 1, most_mib);
}

/// `127.0.0.1:9464`, `[::1]:9464`; nothing serves nowhere.
void read_metrics(const Table& table, MetricsSettings& metrics) {
    const auto listen = table.text("listen", "");
    if (listen.empty()) return;
    const auto colon = listen.rfind(':');
    const char* const end = listen.data() + listen.size();
    const bool split = colon != std::string::npos && colon > 0;
    const auto read = split ? std::from_chars(listen.data() + colon + 1, end, metrics.port)
                            : std::from_chars_result{listen.data(), std::errc::invalid_argument};
    if (read.ec != std::errc{} || read.ptr != end) {
        table.fault("listen", "this is no place to listen at", "address and port, as \"127.0.0.1:9464\"");
        return;
    }
    metrics.address = listen.substr(0, colon);
    if (metrics.address.starts_with('[') && metrics.address.ends_with(']'))
        metrics.address = metrics.address.substr(1, metrics.address.size() - 2);
}

}  // namespace

void read_operation(const Table& root, Settings& settings) {
    read_backup(root.table("backup"), settings.backup);
    read_health(root.table("health"), settings.health);
    read_metrics(root.table("metrics"), settings.metrics);
}

}  // namespace baytime::daemon
