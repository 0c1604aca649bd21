// The signs of the configuration file, and what only the daemon asks about them.
#include "board/daemon/settings_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace baytime::daemon {

namespace {

using config::Table;

constexpr std::int64_t most_hold_seconds = 600;

std::chrono::minutes read_time_of_day(const Table& table, std::string_view key) {
    const auto text = table.required_text(key);
    unsigned hour = 0, minute = 0;
    char rest = 0;
    const bool good = std::sscanf(text.c_str(), "%2u:%2u%c", &hour, &minute, &rest) == 2 && hour < 24 && minute < 60;
    if (!good && !text.empty()) table.fault(key, "this is no time of day", "hours and minutes, such as \"20:30\"");
    return std::chrono::hours(hour % 24) + std::chrono::minutes(minute % 60);
}

SignNight read_night(const Table& table, int brightness) {
    SignNight night{.from = read_time_of_day(table, "from"), .to = read_time_of_day(table, "to")};
    night.brightness = static_cast<int>(table.number("brightness", brightness, 1, 100));
    night.off = table.yes("off", false);
    if (night.from == night.to) table.fault("to", "the night has no length", "another time than from");
    return night;
}

std::string bay_ids(const Settings& settings) {
    std::string all;
    for (const auto& bay : settings.shop.bays) all += (all.empty() ? "" : ", ") + bay.id;
    return all.empty() ? "none is configured" : all;
}

/// Two signs on one port share the line, so it can have but one speed, and they must tell each other apart.
void check_line(const Table& table, const SignPlace& fresh, const SignPlace& other) {
    const auto &one = fresh.sign.port, &two = other.sign.port;
    if (signs::port_name(one) != signs::port_name(two)) return;
    const auto names = fmt::format("\"{}\" and \"{}\" are on one port", other.sign.name, fresh.sign.name);
    if (one.baud != two.baud || one.auto_baud != two.auto_baud)
        table.fault("baud", names + ", but their speeds differ", "one baud for both");
    if (one.format != two.format) table.fault("format", names + ", but their formats differ", "one format for both");
    if (fresh.sign.driver != other.sign.driver)
        table.fault("driver", names + ", but their drivers differ", "one driver for both, or a port for each");
    else if (fresh.sign.setup.address == other.sign.setup.address &&
             fresh.sign.setup.options == other.sign.setup.options)
        table.fault("address", names + ", and nothing tells them apart", "an address of its own for each");
}

}  // namespace

void read_signs(const Table& root, Settings& settings) {
    for (const auto& table : root.tables("sign")) {
        SignPlace place{.sign = signs::read_sign(table)};
        const auto& name = place.sign.name;
        for (const auto& other : settings.signs) {
            if (other.sign.name == name)
                table.fault("name", fmt::format("the sign \"{}\" comes twice", name), "another name");
            check_line(table, place, other);
        }
        const auto bay = table.text("bay", "");
        if (!bay.empty() && settings.shop.bay(bay) == nullptr)
            table.fault("bay", fmt::format("there is no bay \"{}\"", bay), bay_ids(settings));
        place.show_full_plates = table.yes("show_full_plates", false);
        place.required = table.yes("required", false);
        place.show_alerts = table.yes("show_alerts", false);
        if (place.show_alerts && !place.sign.list.empty())
            table.fault("show_alerts", "a list hangs where customers read it", "show_alerts on a sign over a bay");
        place.ready_hold =
            std::chrono::seconds(table.number("ready_hold_seconds", place.ready_hold.count(), 0, most_hold_seconds));
        if (table.has("night")) place.night = read_night(table.table("night"), place.sign.setup.brightness);
        settings.signs.push_back(std::move(place));
    }
}

}  // namespace baytime::daemon
