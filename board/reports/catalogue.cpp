#include "board/reports/catalogue.hpp"

#include "board/core/letters.hpp"
#include "board/reports/order_values.hpp"

#include <algorithm>

namespace baytime::reports {

namespace {

enum Column { code, chinese_name, english_name, repair_type, minutes, bay_kind };

const TableShape& shape() {
    static const TableShape all{.columns = {"code", "name", "name_en", "repair_type", "minutes", "bay_kind"},
                                .needed = {code, chinese_name, repair_type, minutes, bay_kind},
                                .max_rows = max_catalogue_rows,
                                .comments = true};
    return all;
}

/// An order names items as `code,name:minutes`.
bool is_code(std::string_view text) {
    const auto letters =
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return letters <= static_cast<std::ptrdiff_t>(max_code_letters) && !has_control(text) &&
           text.find_first_of(" ,:\"'") == std::string_view::npos;
}

class RowReader {
public:
    RowReader(const TableFile& file, std::vector<Fault>& faults) : file_(file), faults_(faults) {}

    StandardTime read() {
        StandardTime row{.code = std::string(file_.value(code)),
                         .name = std::string(file_.value(chinese_name)),
                         .name_en = std::string(file_.value(english_name))};
        if (row.code.empty()) {
            fault(code, {Wrong::value_missing});
        } else if (!is_code(row.code)) {
            fault(code, {Wrong::bad_code, {std::to_string(max_code_letters)}});
        }
        if (row.name.empty()) row.name = row.name_en;
        if (row.name.empty()) fault(chinese_name, {Wrong::value_missing});
        take(repair_type, &read_repair_type, row.type);
        take(
            minutes, [](std::string_view text) { return read_minutes(text, 1, max_standard_minutes); }, row.minutes);
        take(bay_kind, &read_bay_kind, row.kind);
        return row;
    }

private:
    void fault(Column column, Why why) { faults_.push_back(file_.fault(column, std::move(why))); }

    template <class Reader, class Into>
    void take(Column column, const Reader& reader, Into& into) {
        const auto text = file_.value(column);
        if (text.empty()) return fault(column, {Wrong::value_missing});
        auto read = reader(text);
        if (auto* why = std::get_if<Why>(&read)) return fault(column, std::move(*why));
        into = std::get<0>(read);
    }

    const TableFile& file_;
    std::vector<Fault>& faults_;
};

}  // namespace

Catalogue read_catalogue(std::string_view text) {
    static const Mapping no_mapping;
    TableFile file(text, shape(), no_mapping);
    Catalogue out;
    std::map<std::string, int> lines;
    std::size_t bad = 0;
    while (file.next(out.faults)) {
        const auto before = out.faults.size();
        StandardTime row = RowReader(file, out.faults).read();
        const auto [first, fresh] = lines.try_emplace(row.code, file.line());
        if (!fresh && !row.code.empty())
            out.faults.push_back(file.fault(code, {Wrong::code_twice, {std::to_string(first->second)}}));
        if (out.faults.size() == before) {
            out.times.emplace(row.code, std::move(row));
        } else {
            ++bad;
        }
    }
    out.bad_rows = bad + file.bad_rows();
    if (file.rows() == 0 && out.faults.empty()) out.faults.push_back(fault_at(1, "", "", "", {Wrong::no_rows}));
    return out;
}

}  // namespace baytime::reports
