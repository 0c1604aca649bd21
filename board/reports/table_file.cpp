#include "board/reports/table_file.hpp"

#include "protocol/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace baytime::reports {

TableFile::TableFile(std::string_view text, const TableShape& shape, const Mapping& mapping)
    : shape_(shape), mapping_(mapping), csv_(text, separator_of(text)) {}

/// The separator with which the first row names most columns; a comma when it does not matter.
char TableFile::separator_of(std::string_view text) const {
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char one : {',', ';', '\t'}) {
        CsvRow row;
        CsvReader(text, one).next(row);
        const auto known =
            std::ranges::count_if(row.fields, [this](const auto& field) { return column_of(field) >= 0; });
        if (known > most) best = one;
        most = std::max(most, known);
    }
    return best;
}

int TableFile::column_of(std::string_view header_name) const {
    const std::string asked = lower(header_name);
    const auto mapped = mapping_.find(asked);
    const auto found = std::ranges::find(shape_.columns, mapped == mapping_.end() ? asked : mapped->second);
    return found == shape_.columns.end() ? -1 : static_cast<int>(found - shape_.columns.begin());
}

bool TableFile::next(std::vector<Fault>& faults) {
    if (place_.empty() && !read_header(faults)) return false;
    while (csv_.next(row_)) {
        if (shape_.comments && row_.fields.front().starts_with('#')) continue;
        if (++rows_ > shape_.max_rows) {
            faults = {fault_at(row_.line, "", "", "", {Wrong::too_many_rows, {std::to_string(shape_.max_rows)}})};
            return false;
        }
        const bool whole = !row_.fault && row_.fields.size() == width_;
        if (whole) {
            std::ranges::for_each(row_.fields, drop_guards);
            return true;
        }
        ++bad_rows_;
        const Why why = row_.fault
                            ? Why{*row_.fault}
                            : Why{Wrong::field_count, {std::to_string(row_.fields.size()), std::to_string(width_)}};
        faults.push_back(fault_at(row_.line, trimmed(row_.fields.front()), "", "", why));
    }
    return false;
}

bool TableFile::read_header(std::vector<Fault>& faults) {
    const auto before = faults.size();
    do {
        if (csv_.next(row_)) continue;
        faults.push_back(fault_at(1, "", "", "", {Wrong::empty_file}));
        return false;
    } while (shape_.comments && row_.fields.front().starts_with('#'));
    if (row_.fault) faults.push_back(fault_at(row_.line, "", "", "", {*row_.fault}));
    width_ = row_.fields.size();
    place_.assign(shape_.columns.size(), -1);
    for (std::size_t i = 0; i < width_; ++i) {
        const int column = column_of(row_.fields[i]);
        const auto header_name = trimmed(row_.fields[i]);
        if (column < 0) {
            if (!header_name.empty()) ignored_.push_back(cut(header_name));
            continue;
        }
        int& place = place_[static_cast<std::size_t>(column)];
        if (place >= 0)
            faults.push_back(fault_at(row_.line, "", shape_.columns[static_cast<std::size_t>(column)], header_name,
                                      {Wrong::column_twice}));
        place = static_cast<int>(i);
    }
    if (std::ranges::all_of(place_, [](int place) { return place < 0; })) {
        faults.push_back(
            fault_at(row_.line, "", "", "", {Wrong::no_columns, {fmt::format("{}", fmt::join(shape_.columns, ", "))}}));
    } else {
        for (const int column : shape_.needed) missing(column, faults);
    }
    return faults.size() == before;
}

/// The column's name when the header lacks it, with a column of the file that is named much like it.
void TableFile::missing(int column, std::vector<Fault>& faults) const {
    if (place_[static_cast<std::size_t>(column)] >= 0) return;
    const auto& ours = shape_.columns[static_cast<std::size_t>(column)];
    const auto near = protocol::nearest(ours, ignored_);
    Why why = near.empty() ? Why{shape_.mapped ? Wrong::column_missing : Wrong::column_absent, {ours}}
                           : Why{shape_.mapped ? Wrong::column_near : Wrong::column_misnamed, {near, ours}};
    faults.push_back(fault_at(row_.line, "", ours, "", std::move(why)));
}

std::string_view TableFile::value(int column) const {
    const int place = place_[static_cast<std::size_t>(column)];
    return place < 0 ? std::string_view{} : trimmed(row_.fields[static_cast<std::size_t>(place)]);
}

Fault TableFile::fault(int column, Why why) const {
    return fault_at(line(), value(0), shape_.columns[static_cast<std::size_t>(column)], value(column), std::move(why));
}

std::string lower(std::string_view text) {
    std::string out(trimmed(text));
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n", wide = "\u3000";
    for (;;) {
        const std::size_t first = text.find_first_not_of(blanks);
        if (first == std::string_view::npos) return {};
        text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
        if (text.starts_with(wide)) {
            text.remove_prefix(wide.size());
        } else if (text.ends_with(wide)) {
            text.remove_suffix(wide.size());
        } else {
            return text;
        }
    }
}

}  // namespace baytime::reports
