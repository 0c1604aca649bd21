#include "board/cli/sign_record.hpp"

#include "board/cli/trouble.hpp"
#include "display-drivers/signs/fields.hpp"

#include <cstdio>
#include <optional>

namespace baytime::cli {
namespace {

constexpr std::string_view marks = "><#";
constexpr std::size_t most_entries = 100'000;
constexpr std::int64_t ms_per_second = 1000;

std::optional<RecordEntry> entry_of(std::string_view line) {
    const auto blank = line.find(' ');
    if (!line.starts_with('+') || blank == std::string_view::npos || line.size() < blank + 2) return std::nullopt;
    const auto time = line.substr(1, blank - 1);
    const auto point = time.find('.');
    const auto seconds = signs::number_of(time.substr(0, point));
    const auto fraction = point == std::string_view::npos ? 0 : signs::number_of(time.substr(point + 1));
    const bool three = point == std::string_view::npos || time.size() - point == 4;
    const auto mark = marks.find(line[blank + 1]);
    if (!seconds || *seconds < 0 || !fraction || *fraction < 0 || !three || mark == std::string_view::npos) {
        return std::nullopt;
    }
    RecordEntry entry{.after = std::chrono::milliseconds(*seconds * ms_per_second + *fraction),
                      .kind = static_cast<RecordEntry::Kind>(mark)};
    const auto rest = line.substr(std::min(line.size(), blank + 3));
    if (entry.kind == RecordEntry::Kind::note) {
        entry.note = rest;
        return entry;
    }
    const auto bytes = signs::bytes_of_hex(rest);
    if (!bytes) return std::nullopt;
    entry.bytes = *bytes;
    return entry;
}

}  // namespace

std::string record_line(const RecordEntry& entry) {
    std::array<char, 32> time{};
    const auto ms = static_cast<long long>(entry.after.count());
    std::snprintf(time.data(), time.size(), "+%lld.%03lld ", ms / ms_per_second, ms % ms_per_second);
    const bool note = entry.kind == RecordEntry::Kind::note;
    return time.data() + std::string(1, marks[static_cast<std::size_t>(entry.kind)]) + " " +
           (note ? entry.note : signs::hex_of(entry.bytes));
}

std::vector<RecordEntry> read_record(std::istream& in) {
    std::vector<RecordEntry> out;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto entry = entry_of(line);
        if (!entry || out.size() >= most_entries) {
            throw Trouble(usage, "bad-record",
                          "line " + std::to_string(number) + " is no entry; one is: +0.512 > 00 00 01");
        }
        out.push_back(*entry);
    }
    return out;
}

}  // namespace baytime::cli
