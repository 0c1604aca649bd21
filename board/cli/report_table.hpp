// A report as a table of cells: what text, CSV and spreadsheet share. Pure.
#pragma once

#include "protocol/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::cli {

namespace json = protocol::json;

/// How a value is shown and what a spreadsheet makes of it.
enum class CellKind { text, count, percent, money, time };

struct Column {
    std::string member;
    std::string title;
    CellKind kind = CellKind::text;
};

struct Table {
    std::string title;
    std::vector<Column> columns;
    std::vector<json::object> rows;
};

/// The value as a person reads it: `96.00` per cent, `1234.50` yuan, `2026-10-01 10:30`; `—` for nothing.
std::string cell_text(const Column& column, const json::object& row, bool chinese);
/// What a stable word means: `on_time` is 准时.
std::string word_text(std::string_view word, bool chinese);

/// The tables of a report's answer: the rows, the totals, and the further lists (trend, jobs behind a figure).
std::vector<Table> tables_of(const json::object& report, bool chinese);

/// All tables in straight columns, wide characters counted as two.
std::string text_report(const json::object& report, bool chinese);
/// The rows and the totals as CSV: UTF-8 with a byte order mark and CRLF, as spreadsheet programs want it.
std::string csv_report(const json::object& report, bool chinese);
/// Writes a workbook: a sheet a table, and on the first one a chart of the trend when there is one.
/// Throws Trouble.
void write_xlsx(const json::object& report, bool chinese, const std::string& path);

}  // namespace baytime::cli
