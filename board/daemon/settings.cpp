#include "board/daemon/settings.hpp"

#include "board/daemon/settings_hours.hpp"
#include "board/daemon/settings_parts.hpp"
#include "board/daemon/shop_clock.hpp"
#include "board/daemon/standard_times.hpp"
#include "config/names.hpp"
#include "config/reader.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

namespace baytime::daemon {

namespace {

using config::Table;

void read_shop(const Table& root, Shop& shop) {
    const auto table = root.table("shop");
    shop.name = config::name(table, "name", shop.name);
    shop.zone = table.text("zone", shop.zone);
    if (!is_zone(shop.zone)) {
        table.fault("zone", "this time zone is not known",
                    "an IANA name such as \"Asia/Shanghai\" or \"Europe/Berlin\"");
        shop.zone = "UTC";
    }
    read_hours(table, shop);
    const auto minutes = [&table](std::string_view key, std::chrono::minutes otherwise) {
        return std::chrono::minutes{table.number(key, otherwise.count(), 0, 24 * 60)};
    };
    shop.delivered_row_stays = minutes("delivered_row_stays_minutes", shop.delivered_row_stays);
    shop.delay_notice = minutes("delay_notice_minutes", shop.delay_notice);
    shop.appointment_overdue = minutes("appointment_overdue_minutes", shop.appointment_overdue);

    const auto reveal = table.choice("reveal_delay", name(shop.reveal_delay), {"when_told", "at_once"});
    shop.reveal_delay = from_name<Reveal>(reveal).value_or(shop.reveal_delay);
    read_prediction(table.table("prediction"), shop.prediction);

    const auto levels = table.table("inspection_levels");
    const auto level = [&levels](std::string_view key, int otherwise) {
        return static_cast<int>(levels.number(key, otherwise, 1, 3));
    };
    shop.default_inspection_level = level("default", shop.default_inspection_level);
    shop.return_inspection_level = level("returns", shop.return_inspection_level);
    using enum RepairType;
    for (const auto type : {first_service, maintenance, repair, accident, warranty}) {
        const auto key = name(type);
        if (levels.has(key)) shop.inspection_levels[type] = level(key, shop.default_inspection_level);
    }
}

void read_alerts(const Table& root, Shop& shop) {
    const auto table = root.table("alerts");
    const auto minutes = [&table](std::string_view key, std::chrono::minutes otherwise, std::int64_t least) {
        return std::chrono::minutes{table.number(key, otherwise.count(), least, 24 * 60)};
    };
    shop.escalate_after = minutes("escalate_minutes", shop.escalate_after, 0);
    shop.contact_every = minutes("contact_minutes", shop.contact_every, 5);
}

void read_times(const Table& root, const std::filesystem::path& beside, Shop& shop) {
    const auto table = root.table("standard_times");
    const auto path = table.text("path", "");
    if (path.empty()) return;
    try {
        shop.standard_times = read_standard_times((beside / path).string());
    } catch (const std::exception& fault) {
        table.fault("path", fault.what(), "a CSV file: code,name,name_en,repair_type,minutes,bay_kind");
    }
}

bool is_address(const std::string& text) {
    in6_addr any{};
    return ::inet_pton(AF_INET, text.c_str(), &any) == 1 || ::inet_pton(AF_INET6, text.c_str(), &any) == 1;
}

/// An address that packets from elsewhere never reach.
bool is_this_computer(const std::string& address) {
    return address == "::1" || (address.starts_with("127.") && is_address(address));
}

void read_listen(const Table& root, Settings& settings) {
    const auto listen = root.table("listen");
    const auto port = [&listen](std::string_view key, std::uint16_t otherwise) {
        return static_cast<std::uint16_t>(listen.number(key, otherwise, 0, 65535));
    };
    settings.address = listen.text("address", settings.address);
    settings.plain_on_network = listen.yes("plain_on_network", false);
    if (!is_address(settings.address)) {
        listen.fault("address", "this is no IP address", "\"127.0.0.1\" for this computer alone");
    } else if (!settings.plain_on_network && !is_this_computer(settings.address)) {
        listen.fault("address", "plain text beyond this computer can be read by everyone on the network",
                     "\"127.0.0.1\" here and tls_address = \"0.0.0.0\" for the network; plain_on_network = true when "
                     "scanners speak nothing else");
    }
    settings.tls_address = listen.text("tls_address", "");
    if (!settings.tls_address.empty() && !is_address(settings.tls_address))
        listen.fault("tls_address", "this is no IP address",
                     "\"0.0.0.0\" for the network, the address of one card, or \"\" for no encrypted door");
    settings.port = port("port", settings.port);
    settings.tls_port = port("tls_port", settings.tls_port);
    settings.requests_per_second =
        static_cast<int>(listen.number("requests_per_second", settings.requests_per_second, 1, 1'000'000));
    settings.hello_limit = std::chrono::seconds{listen.number("hello_seconds", settings.hello_limit.count(), 1, 3600)};
}

void read_store(const Table& root, const std::filesystem::path& beside, Settings& settings) {
    const auto store = root.table("store");
    // Relative paths lie beside the configuration file, so that a start from anywhere means the same files.
    const auto at = [&beside](const std::string& path) { return (beside / path).lexically_normal().string(); };
    const auto path = store.text("path", "/var/lib/baytime/journal.db");
    if (path.empty()) store.fault("path", "the journal needs a file", "a file name such as \"journal.db\"");
    settings.journal = at(path);
    settings.backups = at(store.text("backups", "/var/lib/baytime/backups"));
}

void read_import(const Table& root, const std::filesystem::path& beside, Settings& settings) {
    const auto table = root.table("import");
    const auto at = [&beside](const std::string& path) {
        return path.empty() ? path : (beside / path).lexically_normal().string();
    };
    settings.drop.folder = at(table.text("drop_folder", ""));
    settings.drop.mapping = at(table.text("mapping", ""));
    settings.drop.skip_bad = table.yes("skip_bad", false);
    settings.drop.chinese = table.choice("language", "en", {"en", "zh"}) == "zh";
    const auto privacy = root.table("privacy");
    // A hundred years is for ever.
    settings.erase_after = std::chrono::days{privacy.number("erase_after_days", 730, 0, 36'500)};
    const auto copies = privacy.choice("copies", name(settings.erased_copies), {"on_forget", "always", "never"});
    settings.erased_copies = from_name<ErasedCopies>(copies).value_or(settings.erased_copies);
}

void read_clock(const Table& root, Settings& settings) {
    const auto clock = root.table("clock");
    settings.clock.speed = clock.real("speed", 1, 0, 3600);
    const auto start = clock.text("start", "");
    if (start.empty()) return;
    settings.clock.start = read_moment(start, settings.shop.zone);
    if (!settings.clock.start) {
        clock.fault("start", "this is no time", "shop time as \"2026-11-21T08:00\", or \"2026-11-21T00:00:00Z\"");
    }
}

}  // namespace

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 16 && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-';
    });
}

const Device* Settings::device(std::string_view id) const {
    const auto found = std::ranges::find(devices, id, &Device::id);
    return found == devices.end() ? nullptr : &*found;
}

bool Settings::has_tokens() const {
    return std::ranges::any_of(devices, [](const Device& one) { return !one.token_hash.empty(); });
}

std::string Settings::beside_journal(std::string_view name) const {
    return (std::filesystem::path(journal).parent_path() / name).string();
}

namespace {

Settings settings_of(const config::File& file, const std::string& path) {
    const auto root = file.root();
    const auto beside = std::filesystem::absolute(path).parent_path();
    Settings settings;
    settings.open = root.yes("open", false);
    read_shop(root, settings.shop);
    read_alerts(root, settings.shop);
    read_listen(root, settings);
    read_store(root, beside, settings);
    read_import(root, beside, settings);
    settings.log_level = root.table("log").choice("level", "info", {"debug", "info", "warn", "error"});
    read_clock(root, settings);
    read_operation(root, settings);
    read_times(root, beside, settings.shop);
    read_teams(root, settings);
    read_bays(root, settings);
    read_staff(root, settings);
    read_targets(root, settings);
    read_devices(root, settings);
    read_signs(root, settings);
    file.finish();
    return settings;
}

}  // namespace

Settings read_settings(const std::string& path) {
    const auto file = config::File::read(path);
    // Whoever names a file means something by it: an empty one was cut off, or is another one.
    if (file.root().keys().empty())
        throw config::ConfigError(path +
                                  ": no setting stands in this file; config/baytime.toml shows them all [no-settings]");
    return settings_of(file, path);
}

Settings parse_settings(std::string_view text, const std::string& path) {
    return settings_of(config::File::parse(text, path), path);
}

std::string summary(const Settings& settings) {
    const auto count = [](std::size_t n, std::string_view one, std::string_view many) {
        return fmt::format("{} {}", n, n == 1 ? one : many);
    };
    return fmt::format(
        "{}, {}, {}, {}, {}, {}", count(settings.shop.bays.size(), "bay", "bays"),
        count(settings.shop.teams.size(), "team", "teams"), count(settings.shop.people.size(), "person", "people"),
        count(settings.devices.size(), "device", "devices"), count(settings.signs.size(), "sign", "signs"),
        count(settings.shop.standard_times.size(), "standard time", "standard times"));
}

}  // namespace baytime::daemon
