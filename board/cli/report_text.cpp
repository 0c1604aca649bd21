// Reports as plain text and as CSV.
#include "board/cli/report_table.hpp"
#include "board/cli/text.hpp"
#include "board/reports/csv.hpp"

#include <algorithm>

namespace baytime::cli {
namespace {

std::string right(const std::string& text, std::size_t width) {
    const auto wide = columns(text);
    return std::string(width > wide ? width - wide : 0, ' ') + text;
}

std::string straight(const Table& table, bool chinese) {
    std::vector<std::size_t> widths;
    for (const auto& column : table.columns) {
        std::size_t widest = columns(column.title);
        for (const auto& row : table.rows)
            widest = std::max(widest, columns(harmless(cell_text(column, row, chinese))));
        widths.push_back(widest);
    }
    std::string out = table.title + "\n";
    const auto line = [&](const auto& text_of) {
        std::string one;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const std::string text = text_of(table.columns[i]);
            const bool number = table.columns[i].kind != CellKind::text && table.columns[i].kind != CellKind::time;
            one += (i > 0 ? "  " : "") + (number ? right(text, widths[i]) : fit(text, widths[i]));
        }
        one.erase(one.find_last_not_of(' ') + 1);
        out += one + "\n";
    };
    line([](const Column& column) { return column.title; });
    for (const auto& row : table.rows)
        line([&](const Column& column) { return harmless(cell_text(column, row, chinese)); });
    return out;
}

void csv_table(std::string& out, const Table& table, bool chinese) {
    const auto line = [&](const auto& text_of) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) out += (i > 0 ? "," : "") + text_of(table.columns[i]);
        out += "\r\n";
    };
    line([](const Column& column) { return reports::csv_text(column.title); });
    for (const auto& row : table.rows) {
        line([&](const Column& column) {
            const std::string text = cell_text(column, row, chinese);
            const auto* value = row.if_contains(column.member);
            // Our own numbers and times are never taken for a formula: -5 minutes stay a number.
            const bool ours = value != nullptr && (value->is_number() || column.kind == CellKind::time);
            return ours ? reports::csv_plain(text) : reports::csv_text(text);
        });
    }
}

}  // namespace

std::string text_report(const json::object& report, bool chinese) {
    std::string out = harmless(heading(report, chinese)) + "\n";
    for (const Table& table : tables_of(report, chinese)) {
        out += "\n";
        out += table.rows.empty() ? table.title + "\n—\n" : straight(table, chinese);
    }
    return out;
}

std::string csv_report(const json::object& report, bool chinese) {
    std::string out = "\xEF\xBB\xBF";
    bool first = true;
    for (const Table& table : tables_of(report, chinese)) {
        if (!first) out += "\r\n" + reports::csv_text(table.title) + "\r\n";
        csv_table(out, table, chinese);
        first = false;
    }
    return out;
}

}  // namespace baytime::cli
