#include "board/core/catalogue.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <charconv>
#include <optional>

namespace baytime {

namespace {

constexpr std::size_t field_count = 6;
constexpr std::size_t longest_code = 16;

/// Cuts one line; nothing when a quote stays open.
std::optional<std::vector<std::string>> fields_of(std::string_view line) {
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
    return quoted ? std::nullopt : std::optional(fields);
}

template <class E>
std::string accepted() {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&out](auto one) { out += (out.empty() ? "" : ", ") + std::string(one.name); });
    return out;
}

std::optional<int> minutes_of(std::string_view text) {
    int minutes = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    const bool whole = fault == std::errc{} && end == text.data() + text.size();
    return whole && minutes >= 1 && minutes <= max_standard_minutes ? std::optional(minutes) : std::nullopt;
}

/// Fills the row, or says what is wrong with it.
std::string fault_of(const std::vector<std::string>& fields, StandardTime& row) {
    if (fields.size() != field_count)
        return std::to_string(fields.size()) + " fields instead of 6; a line is: " + std::string(catalogue_header);
    row = {.code = fields[0], .name = fields[1], .name_en = fields[2]};
    if (row.code.empty() || row.code.size() > longest_code) return "the code must have 1 to 16 characters";
    if (row.name.empty() && row.name_en.empty()) return "the name is empty";
    if (row.name.empty()) row.name = row.name_en;
    const auto type = from_name<RepairType>(fields[3]);
    if (!type) return "unknown repair type '" + fields[3] + "'; accepted: " + accepted<RepairType>();
    const auto minutes = minutes_of(fields[4]);
    if (!minutes)
        return "minutes '" + fields[4] + "' must be a whole number from 1 to " + std::to_string(max_standard_minutes);
    const auto kind = from_name<BayKind>(fields[5]);
    if (!kind) return "unknown bay kind '" + fields[5] + "'; accepted: " + accepted<BayKind>();
    row.type = *type;
    row.minutes = *minutes;
    row.kind = *kind;
    return {};
}

std::string read_row(std::string_view line, Catalogue& out) {
    const auto fields = fields_of(line);
    if (!fields) return "a double quote is not closed; write a quote inside a field twice";
    StandardTime row;
    if (auto fault = fault_of(*fields, row); !fault.empty()) return fault;
    const std::string code = row.code;
    if (!out.times.emplace(code, std::move(row)).second) return "code '" + code + "' comes twice";
    return {};
}

}  // namespace

Catalogue read_catalogue(std::string_view csv) {
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);  // spreadsheets write a byte order mark
    Catalogue out;
    for (int line = 1; !csv.empty(); ++line) {
        const auto end = csv.find('\n');
        auto row = csv.substr(0, end);
        csv.remove_prefix(end == csv.npos ? csv.size() : end + 1);
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (row.empty() || row.starts_with('#') || row == catalogue_header) continue;
        if (out.times.size() + out.faults.size() == max_catalogue_rows) {
            out.faults.push_back({line, "a catalogue holds at most " + std::to_string(max_catalogue_rows) + " rows"});
            return out;
        }
        if (auto fault = read_row(row, out); !fault.empty()) out.faults.push_back({line, std::move(fault)});
    }
    return out;
}

}  // namespace baytime
