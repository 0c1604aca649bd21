#include "board/daemon/settings_hours.hpp"

#include "board/core/item_times.hpp"
#include "board/daemon/zone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace baytime::daemon {

using namespace std::chrono;

std::optional<minutes> read_clock_time(std::string_view text) {
    unsigned hour = 0, minute = 0;
    int used = 0;
    if (std::sscanf(std::string(text).c_str(), "%2u:%2u%n", &hour, &minute, &used) != 2) return std::nullopt;
    if (text.size() != 5 || used != 5 || hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return std::nullopt;
    return hours{hour} + minutes{minute};
}

namespace {

using config::Table;

/// As std::chrono::weekday counts.
constexpr std::array<std::string_view, 7> weekday_names{"sunday",   "monday", "tuesday", "wednesday",
                                                        "thursday", "friday", "saturday"};
constexpr std::string_view hours_accepted = "\"08:00-12:00,13:00-17:30\" in order and without overlap, or \"closed\"";
constexpr std::string_view date_accepted = "a date from 2000-01-01 to 2099-12-31 as \"2026-10-01\"";

/// Nothing when the text is no such list.
std::optional<DayHours> read_day_hours(std::string_view text) {
    if (text == "closed") return DayHours{};
    DayHours out;
    for (bool more = true; more;) {
        const auto comma = text.find(',');
        auto part = text.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        const auto dash = part.find('-');
        if (dash == std::string_view::npos) return std::nullopt;
        const auto from = read_clock_time(part.substr(0, dash));
        const auto to = read_clock_time(part.substr(dash + 1));
        if (!from || !to || *from >= *to || out.size() == max_openings_a_day) return std::nullopt;
        if (!out.empty() && *from < out.back().to) return std::nullopt;
        out.push_back({*from, *to});
        more = comma != std::string_view::npos;
        if (more) text.remove_prefix(comma + 1);
    }
    return out;
}

DayHours hours_at(const Table& table, std::string_view key) {
    const auto read = read_day_hours(table.text(key, "closed"));
    if (!read) table.fault(key, "these are no opening hours", hours_accepted);
    return read.value_or(DayHours{});
}

std::optional<local_days> read_date(const Table& table, std::string_view key, const std::string& text) {
    int y = 0, used = 0;
    unsigned m = 0, d = 0;
    const bool shaped = std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &y, &m, &d, &used) == 3 && used == 10;
    const auto date = year{y} / month{m} / day{d};
    if (shaped && text.size() == 10 && date.ok() && date.year() >= calendar_first_year &&
        date.year() <= calendar_last_year)
        return local_days{date};
    table.fault(key, fmt::format("\"{}\" is no date", text), date_accepted);
    return std::nullopt;
}

DayHours hours_of_special(const Table& table) {
    const bool closed = table.yes("closed", false);
    if (closed == table.has("hours"))
        table.fault("hours", "a special day is either closed or has hours", "hours = \"09:00-12:00\" or closed = true");
    return closed ? DayHours{} : hours_at(table, "hours");
}

void read_special(const Table& table, OpeningHours& hours) {
    const auto first = read_date(table, "date", table.required_text("date"));
    const auto last = table.has("until") ? read_date(table, "until", table.text("until", "")) : first;
    const auto open = hours_of_special(table);
    if (!first || !last) return;
    if (*last < *first) table.fault("until", "this day lies before date", "a day on or after date");
    for (auto each = *first; each <= *last; each += days{1}) {
        if (hours.special.size() == max_special_days) {
            table.fault("date", "too many special days", fmt::format("at most {}", max_special_days));
            return;
        }
        if (!hours.special.emplace(each, open).second) {
            table.fault("date", "a day in here comes twice", "each special day once");
            return;
        }
    }
}

}  // namespace

void read_prediction(const Table& table, PredictionSettings& prediction) {
    const auto read = [&table](std::string_view key, minutes& value, int least) {
        value = minutes{table.number(key, value.count(), least, 24 * 60)};
    };
    read("inspection_level_2_minutes", prediction.inspection_2, 0);
    read("inspection_level_3_minutes", prediction.inspection_3, 0);
    read("wash_minutes", prediction.wash, 0);
    read("unfinished_minutes", prediction.floor, 1);
    read("no_items_minutes", prediction.no_items, 1);
    prediction.open_consents = table.yes("count_open_consents", prediction.open_consents);
    prediction.learn_after = static_cast<int>(
        table.number("learn_after_jobs", prediction.learn_after, 5, static_cast<int>(max_item_samples)));
}

void read_hours(const Table& table, Shop& shop) {
    const auto zone = read_zone(shop.zone);
    const auto specials = table.tables("day");
    OpeningHours hours;
    const auto week = table.table("hours");
    for (std::size_t i = 0; i < weekday_names.size(); ++i) hours.weekdays[i] = hours_at(week, weekday_names[i]);
    for (const auto& each : specials) read_special(each, hours);
    if (table.has("hours")) {
        shop.calendar = Calendar(zone, hours);
        return;
    }
    if (!specials.empty())
        specials.front().fault("date", "special days need the hours of ordinary days", "a table [shop.hours]");
    shop.calendar = Calendar(zone);
}

}  // namespace baytime::daemon
