// The daemon's configuration file, read and checked completely before anything uses it. Knows no socket and no clock.
#pragma once

#include "board/core/shop.hpp"
#include "board/core/time.hpp"
#include "board/reports/targets.hpp"
#include "display-drivers/signs/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace baytime::daemon {

/// What a connection that shows this device's token may do (PROTOCOL.md, Identity).
enum class DeviceKind { display, station, full };
BOOST_DESCRIBE_ENUM(DeviceKind, display, station, full)

struct Device {
    std::string id;
    DeviceKind kind = DeviceKind::display;
    std::string bay;         ///< the bay a station stands at, or empty
    std::string token_hash;  ///< hex of BLAKE2b-256 over the token; empty: only reachable in an open shop
    bool operator==(const Device&) const = default;
};

/// When a sign is dimmed or dark, in local time; over midnight when `from` is the later one.
struct SignNight {
    std::chrono::minutes from{}, to{};  ///< since midnight
    int brightness = 100;               ///< percent
    bool off = false;
    bool operator==(const SignNight&) const = default;
};

/// A sign, and how much of a plate it may show: it hangs where strangers read it.
struct SignPlace {
    signs::SignSettings sign;
    bool show_full_plates = false;
    bool required = false;                ///< `health` is bad while it is down
    bool show_alerts = false;             ///< for staff; never beside a list, which hangs where customers wait
    std::chrono::seconds ready_hold{30};  ///< how long a car that has just become ready takes over the glass
    std::optional<SignNight> night{};
};

struct ClockSettings {
    double speed = 1;              ///< shop seconds per real second; 0: a stopped clock
    std::optional<Instant> start;  ///< shop time at the start; nothing: the real time
    bool operator==(const ClockSettings&) const = default;
};

/// Files of settled orders that are imported by themselves (drop_folder.hpp).
struct DropSettings {
    std::string folder;   ///< empty: none
    std::string mapping;  ///< a file, or empty
    bool skip_bad = false;
    bool chinese = false;  ///< language of the texts beside the files
    bool operator==(const DropSettings&) const = default;
};

/// When names that were forgotten are taken out of the kept copies too.
enum class ErasedCopies { on_forget, always, never };
BOOST_DESCRIBE_ENUM(ErasedCopies, on_forget, always, never)

/// When the journal is copied, and which copies are kept: the last of each of so many days, weeks and months.
struct BackupSettings {
    std::chrono::minutes at{3 * 60};  ///< local time of day
    int keep_daily = 14, keep_weekly = 8, keep_monthly = 12;
    bool operator==(const BackupSettings&) const = default;
};

/// From where on `health` warns, and calls it critical.
struct HealthLimits {
    std::int64_t disk_warning_mib = 500, disk_critical_mib = 100;  ///< free, for journal and backups
    std::chrono::hours backup_warning{36}, backup_critical{96};    ///< age of the newest backup
    std::chrono::minutes screen_away{10};                          ///< that a configured screen is not here
    std::int64_t commands_waiting = 1000;                          ///< for their turn
    std::int64_t output_unread_kib = 8192;                         ///< over all connections
};

/// Where figures are served for Prometheus; nowhere when the address is empty.
struct MetricsSettings {
    std::string address;
    std::uint16_t port = 0;
    bool operator==(const MetricsSettings&) const = default;
};

struct Settings {
    Shop shop;
    reports::Targets targets;
    bool open = false;                  ///< loopback may act without tokens
    std::string address = "127.0.0.1";  ///< of the plain door
    std::uint16_t port = 7420;
    bool plain_on_network = false;  ///< the plain door may lie beyond this computer
    std::string tls_address;        ///< of the encrypted door; empty: there is none
    std::uint16_t tls_port = 7421;
    std::chrono::seconds hello_limit{30};  ///< a connection that has not said who it is by then is closed
    int requests_per_second = 200;         ///< of one connection
    std::string journal, backups;
    std::string log_level = "info";
    ClockSettings clock;
    DropSettings drop;
    std::chrono::days erase_after{730};  ///< names and plates are forgotten so long after the hand-over; 0: never
    ErasedCopies erased_copies = ErasedCopies::on_forget;
    BackupSettings backup;
    HealthLimits health;
    MetricsSettings metrics;
    std::vector<Device> devices;
    std::vector<SignPlace> signs;

    const Device* device(std::string_view id) const;
    /// Some device can show that it belongs here. Until then nobody but this computer is served.
    bool has_tokens() const;
    /// A file of this name in the directory of the journal.
    std::string beside_journal(std::string_view name) const;
};

/// Reads and checks the file. Throws config::ConfigError with every fault.
Settings read_settings(const std::string& path);
/// One line for people: `12 bays, 5 teams, 20 people, 4 devices, 3 signs, 34 standard times`.
std::string summary(const Settings& settings);

}  // namespace baytime::daemon
