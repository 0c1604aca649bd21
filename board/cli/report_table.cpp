#include "board/cli/report_table.hpp"

#include "board/reports/columns.hpp"
#include "board/reports/texts.hpp"

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

/// The key of what belongs to nobody, as orders without an advisor.
constexpr std::string_view nobody = "—";
/// Members whose values are words of ours.
constexpr std::array<std::string_view, 5> worded{"verdict", "why", "notice", "type", "key"};
/// A name beside an id of the same row stands in the id's cell.
constexpr std::string_view name_suffix = "_name", names_suffix = "_names";

std::string text_member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

std::string word_text(std::string_view word, bool chinese) {
    const auto text = reports::text("word", "", word, chinese);
    return std::string(text.empty() ? word : text);
}

std::string title_of(std::string_view report, std::string_view member, bool chinese) {
    const auto text = reports::text("title", report, member, chinese);
    return std::string(text.empty() ? member : text);
}

CellKind kind_of(std::string_view member, const json::value& value) {
    if (member.ends_with("_bp")) return CellKind::percent;
    if (member.ends_with("_x100")) return CellKind::hundredths;
    if (member.ends_with("_cents")) return CellKind::money;
    if (member.ends_with("_at") || member.ends_with("promise")) return CellKind::time;
    return value.is_string() || value.is_array() ? CellKind::text : CellKind::count;
}

/// Two digits behind a point, exactly: of cents, and of basis points as per cent.
std::string hundredths(std::int64_t number) {
    const std::string sign = number < 0 ? "-" : "";
    const std::uint64_t size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    const std::string rest = std::to_string(size % 100);
    return sign + std::to_string(size / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

/// `陈静 (201)`, or the id where nobody has another name.
std::string person_text(const std::string& id, const std::string& name) {
    return name.empty() || name == id ? id : name + " (" + id + ")";
}

std::string list_text(const Column& column, const json::array& list, const json::object& row) {
    const auto* names = row.if_contains(column.member == "technicians" ? "technician_names" : "");
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].is_string()) continue;
        const bool named = names != nullptr && names->is_array() && i < names->get_array().size();
        const auto* name = named ? names->get_array()[i].if_string() : nullptr;
        out +=
            (out.empty() ? "" : ", ") + person_text(std::string(list[i].get_string()), name ? std::string(*name) : "");
    }
    return out;
}

bool is_shown(const json::object& row, const json::key_value_pair& member) {
    const std::string_view name = member.key();
    if (member.value().is_object() || name == "jobs") return false;
    if (name.ends_with(name_suffix)) return !row.contains(name.substr(0, name.size() - name_suffix.size()));
    return !name.ends_with(names_suffix);
}

/// The tables of one report, in one language.
struct Tables {
    const json::object& report;
    bool chinese = false;
    std::string kind = text_member(report, "report");
    std::vector<Table> out{};

    Table table(Part part, std::string_view name) const {
        return {
            .part = part, .title = std::string(reports::text("table", "", name, chinese)), .columns = {}, .rows = {}};
    }

    bool has(const Table& table, std::string_view member) const {
        return std::ranges::find(table.columns, member, &Column::member) != table.columns.end();
    }

    void add_column(Table& table, std::string_view member, const json::value& value) const {
        if (has(table, member)) return;
        // A person's name stands beside the id.
        const auto key = std::ranges::find(table.columns, "key", &Column::member);
        const bool beside = member == "name" && key != table.columns.end();
        table.columns.insert(
            beside ? key + 1 : table.columns.end(),
            {.member = std::string(member), .title = title_of(kind, member, chinese), .kind = kind_of(member, value)});
    }

    void add_row(Table& table, const json::object& row) const {
        for (const auto& member : row) {
            if (is_shown(row, member)) add_column(table, member.key(), member.value());
        }
        table.rows.push_back(row);
    }

    const json::array* list(std::string_view name) const {
        const auto* value = report.if_contains(name);
        return value == nullptr ? nullptr : value->if_array();
    }

    void add_rows() {
        Table rows = table(Part::rows, "rows");
        if (const auto* all = list("rows")) {
            for (const auto& row : *all) add_row(rows, row.as_object());
        }
        if (rows.rows.empty()) {
            for (const auto member : reports::columns_of(kind, text_member(report, "by"))) add_column(rows, member, {});
        }
        out.push_back(std::move(rows));
    }

    /// Under the rows where its figures are theirs; else a table of its own.
    void add_total() {
        const auto* value = report.if_contains("total");
        if (value == nullptr || !value->is_object()) return;
        json::object total = value->get_object();
        Table& rows = out.front();
        const bool theirs =
            !rows.columns.empty() && std::ranges::all_of(total, [&](const json::key_value_pair& member) {
                return !is_shown(total, member) || has(rows, member.key());
            });
        if (!theirs) {
            Table own = table(Part::total, "total");
            json::object figures;  // erasing the key would change the order
            for (const auto& member : total) {
                if (member.key() != "key") figures[member.key()] = member.value();
            }
            add_row(own, figures);
            out.push_back(std::move(own));
            return;
        }
        total[rows.columns.front().member] = word_text("total", chinese);
        rows.rows.push_back(std::move(total));
    }

    void add_list(Part part, std::string_view name) {
        Table one = table(part, name);
        const auto* all = list(name);
        if (all == nullptr) return;
        for (const auto& row : *all) add_row(one, row.as_object());
        if (one.rows.empty() && part != Part::confirmed) return;
        // That nobody has read a day is worth saying.
        for (const char* member : {"staff", "name", "read_at"}) {
            if (one.rows.empty()) add_column(one, member, json::value(""));
        }
        out.push_back(std::move(one));
    }

    /// Which row a job stands behind: `2026-05 陈静`.
    std::string row_name(const json::object& row) const {
        std::string name = text_member(row, "month");
        const std::string key = text_member(row, "key");
        const std::string known = text_member(row, "name");
        const std::string shown = row.contains("key") && key.empty() ? std::string(nobody) : word_text(key, chinese);
        if (row.contains("key")) name += (name.empty() ? "" : " ") + person_text(shown, known);
        return name.empty() ? word_text("total", chinese) : name;
    }

    void add_jobs_of(Table& jobs, const json::object& row, const std::string& name) const {
        const auto* behind = row.if_contains("jobs");
        if (behind == nullptr || !behind->is_array()) return;
        for (const auto& job : behind->get_array()) {
            json::object line{{"row", name}};
            for (const auto& member : job.as_object()) line[member.key()] = member.value();
            add_row(jobs, line);
        }
    }

    void add_jobs() {
        Table jobs = table(Part::jobs, "jobs");
        for (const char* part : {"rows", "trend"}) {
            if (const auto* all = list(part)) {
                for (const auto& row : *all) add_jobs_of(jobs, row.as_object(), row_name(row.as_object()));
            }
            const auto* total = report.if_contains("total");
            if (part == std::string_view("rows") && total != nullptr && total->is_object())
                add_jobs_of(jobs, total->get_object(), word_text("total", chinese));
        }
        if (!jobs.rows.empty()) out.push_back(std::move(jobs));
    }

    void add_formulas() {
        const auto* formulas = report.if_contains("formula");
        const auto* limits = report.if_contains("limits");
        if (formulas == nullptr || !formulas->is_object()) return;
        Table all = table(Part::formula, "formula");
        for (const auto& one : formulas->get_object()) {
            const auto text = reports::text("formula", kind, one.key(), chinese);
            const bool known = !text.empty() && limits != nullptr && limits->is_object();
            add_row(all, {{"figure", title_of(kind, one.key(), chinese)},
                          {"formula", known ? json::value(reports::filled(text, limits->get_object())) : one.value()}});
        }
        out.push_back(std::move(all));
    }
};

}  // namespace

std::string cell_text(const Column& column, const json::object& row, bool chinese) {
    const auto* value = row.if_contains(column.member);
    if (value == nullptr || value->is_null()) return std::string(nobody);
    if (value->is_bool()) return value->get_bool() ? "1" : "0";
    if (value->is_array()) return list_text(column, value->get_array(), row);
    if (value->is_string()) {
        std::string text(value->get_string());
        if (text.empty() && column.member == "key") return std::string(nobody);
        if (column.kind == CellKind::time && text.size() >= 16) return text.substr(0, 10) + " " + text.substr(11, 5);
        const bool word = std::ranges::find(worded, column.member) != worded.end();
        return word ? word_text(text, chinese) : person_text(text, text_member(row, column.member + "_name"));
    }
    if (!value->is_number()) return "";
    const auto number = value->to_number<std::int64_t>();
    const bool whole = column.kind == CellKind::count || column.kind == CellKind::text;
    return whole ? std::to_string(number) : hundredths(number);
}

std::string heading(const json::object& report, bool chinese) {
    std::string out = text_member(report, "shop");
    const auto add = [&out](const std::string& text) { out += (out.empty() || text.empty() ? "" : " · ") + text; };
    add(std::string(reports::text("report", "", text_member(report, "report"), chinese)));
    for (const char* name : {"date", "month", "year"}) add(text_member(report, name));
    return out;
}

std::vector<Table> tables_of(const json::object& report, bool chinese) {
    Tables tables{.report = report, .chinese = chinese};
    tables.add_rows();
    tables.add_total();
    tables.add_list(Part::trend, "trend");
    tables.add_list(Part::confirmed, "confirmed");
    tables.add_jobs();
    tables.add_formulas();
    return std::move(tables.out);
}

}  // namespace baytime::cli
