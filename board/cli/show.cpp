#include "board/cli/show.hpp"

#include "board/cli/text.hpp"
#include "protocol/replies.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <vector>

namespace baytime::cli {
namespace {

namespace json = protocol::json;

constexpr std::size_t widest_cell = 40;
constexpr std::size_t pairs_in_a_line = 8;  ///< more of them go one below the other

std::optional<Instant> time_in(const json::value& value) {
    if (!value.is_string()) return std::nullopt;
    const std::string_view text(value.get_string());
    if (text.size() < 20 || text[10] != 'T') return std::nullopt;
    return protocol::from_iso(text);
}

std::string cell(const json::value& value, const Offset& offset);

std::string joined(const json::array& list, const Offset& offset) {
    std::string out;
    for (const auto& item : list) out += (out.empty() ? "" : ",") + cell(item, offset);
    return out;
}

// Nested objects in one cell: `name:"Brake pads",minutes:45`.
std::string inner(const json::object& object, const Offset& offset) {
    std::string out;
    for (const auto& [key, value] : object) {
        out += (out.empty() ? "" : ",") + std::string(key) + ":" + cell(value, offset);
    }
    return out;
}

std::string cell(const json::value& value, const Offset& offset) {
    if (const auto at = time_in(value)) return local_minute(*at, offset);
    if (value.is_string()) return harmless(std::string_view(value.get_string()));
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (value.is_null()) return {};
    if (value.is_array()) return joined(value.get_array(), offset);
    if (value.is_object()) return inner(value.get_object(), offset);
    return json::serialize(value);
}

bool is_table(const json::value& value) {
    if (!value.is_array() || value.get_array().empty()) return false;
    return std::ranges::all_of(value.get_array(), [](const json::value& row) { return row.is_object(); });
}

std::string table(const json::array& rows, const Offset& offset, Cells cells) {
    std::vector<std::string> names;
    for (const auto& row : rows) {
        for (const auto& [key, value] : row.get_object()) {
            if (cell(value, offset).empty() || std::ranges::find(names, std::string_view(key)) != names.end()) continue;
            names.emplace_back(key);
        }
    }
    std::vector<std::vector<std::string>> lines{names};
    for (const auto& row : rows) {
        auto& line = lines.emplace_back();
        for (const auto& name : names) {
            const auto* found = row.get_object().if_contains(name);
            line.push_back(found == nullptr ? "" : cell(*found, offset));
        }
    }
    std::vector<std::size_t> widths(names.size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::min(widest_cell, std::max(widths[i], columns(line[i])));
        }
    }
    std::string out;
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool whole = cells == Cells::whole && columns(line[i]) > widths[i];
            text += (whole ? line[i] : fit(line[i], widths[i])) + "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    }
    return out;
}

std::string word_of(const json::value& value, const Offset& offset) {
    const std::string text = cell(value, offset);
    return text.find_first_of(" \"") == std::string::npos && !text.empty()
               ? text
               : harmless(protocol::word(json::string(text)));
}

std::string pairs(const json::object& members, const Offset& offset) {
    std::size_t longest = 0;
    for (const auto& [key, value] : members) longest = std::max(longest, key.size());
    const bool below = members.size() > pairs_in_a_line;
    std::string out;
    for (const auto& [key, value] : members) {
        if (below) {
            out += fit(std::string(key), longest) + "  " + cell(value, offset) + "\n";
        } else {
            out += (out.empty() ? "" : " ") + std::string(key) + "=" + word_of(value, offset);
        }
    }
    if (!below && !out.empty()) out += "\n";
    return out;
}

}  // namespace

std::string local_clock(Instant at, const Offset& offset, bool seconds) {
    const auto local = at.time_since_epoch() + offset.at(at);
    const std::chrono::hh_mm_ss parts(
        std::chrono::floor<std::chrono::seconds>(local - std::chrono::floor<std::chrono::days>(local)));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), seconds ? "%02d:%02d:%02d" : "%02d:%02d",
                  static_cast<int>(parts.hours().count()), static_cast<int>(parts.minutes().count()),
                  static_cast<int>(parts.seconds().count()));
    return text.data();
}

std::string local_minute(Instant at, const Offset& offset) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at + offset.at(at)));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u ", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data() + local_clock(at, offset, false);
}

bool holds_time(const json::value& value) {
    if (time_in(value)) return true;
    if (value.is_array()) return std::ranges::any_of(value.get_array(), holds_time);
    if (!value.is_object()) return false;
    return std::ranges::any_of(value.get_object(), [](const auto& member) { return holds_time(member.value()); });
}

std::string show(const json::object& result, const Offset& offset, Cells cells) {
    json::object scalars;
    std::string tables;
    std::string parts;
    for (const auto& [key, value] : result) {
        if (is_table(value)) {
            tables += table(value.get_array(), offset, cells);
        } else if (value.is_object()) {
            parts += pairs(value.get_object(), offset);
        } else if (!(value.is_array() && value.get_array().empty())) {
            scalars[key] = value;
        }
    }
    return pairs(scalars, offset) + parts + tables;
}

}  // namespace baytime::cli
