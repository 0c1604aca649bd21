#include "board/daemon/standard_times.hpp"

#include "board/core/words.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace baytime::daemon {

namespace {

/// Longest standard time we believe, in minutes: two working weeks.
constexpr int max_minutes = 4800;
constexpr std::string_view header = "code,name,name_en,repair_type,minutes,bay_kind";

[[noreturn]] void fail(const std::string& name, int line, const std::string& what) {
    throw std::runtime_error(fmt::format("{}:{}: {}", name, line, what));
}

/// Cuts one CSV line; a field in double quotes may hold commas and doubled quotes.
std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            fields.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

StandardTime row_of(const std::vector<std::string>& fields, const std::string& name, int line) {
    if (fields.size() != 6) {
        fail(name, line, fmt::format("{} fields instead of 6; a line is: {}", fields.size(), header));
    }
    StandardTime row{.code = fields[0], .name = fields[1], .name_en = fields[2]};
    if (row.code.empty() || row.code.size() > 16) fail(name, line, "the code must have 1 to 16 characters");
    if (row.name.empty() && row.name_en.empty()) fail(name, line, "the name is empty");
    if (!from_name<RepairType>(fields[3])) {
        fail(name, line,
             fmt::format("unknown repair type '{}'; accepted: first_service, maintenance, repair, accident, warranty",
                         fields[3]));
    }
    const auto& minutes = fields[4];
    const auto [end, fault] = std::from_chars(minutes.data(), minutes.data() + minutes.size(), row.minutes);
    if (fault != std::errc{} || end != minutes.data() + minutes.size() || row.minutes < 1 || row.minutes > max_minutes)
        fail(name, line, fmt::format("minutes '{}' must be a whole number from 1 to {}", minutes, max_minutes));
    if (!from_name<BayKind>(fields[5])) {
        fail(name, line,
             fmt::format("unknown bay kind '{}'; accepted: general, express, body, paint, alignment, wash", fields[5]));
    }
    return row;
}

}  // namespace

StandardTimes parse_standard_times(std::string_view text, const std::string& name) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // spreadsheets write a byte order mark
    StandardTimes times;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        auto row = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (row.empty() || row.starts_with('#')) continue;
        if (row == header) continue;
        auto time = row_of(fields_of(row), name, line);
        const auto code = time.code;
        if (!times.emplace(code, std::move(time)).second) fail(name, line, fmt::format("code '{}' comes twice", code));
    }
    return times;
}

StandardTimes read_standard_times(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(fmt::format("{}: the file cannot be opened", path));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parse_standard_times(text, path);
}

}  // namespace baytime::daemon
