// A report as a table of cells: what text, CSV and spreadsheet share. Pure.
#pragma once

#include "protocol/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::cli {

namespace json = protocol::json;

/// How a value is shown and what a spreadsheet makes of it. `hundredths`: whole numbers of 0.01.
enum class CellKind { text, count, percent, hundredths, money, time };

struct Column {
    std::string member;
    std::string title;
    CellKind kind = CellKind::text;
};

/// What a table is, whatever it is called in which language.
enum class Part { rows, total, trend, confirmed, jobs, formula };

struct Table {
    Part part = Part::rows;
    std::string title;
    std::vector<Column> columns;
    std::vector<json::object> rows;
};

/// The value as a person reads it: `96.00` per cent, `1234.50` yuan, `2026-10-01 10:30`, `陈静 (201)`; `—` for nothing.
std::string cell_text(const Column& column, const json::object& row, bool chinese);
/// The shop, the report and its period: `城西服务站 · 返修统计 · 2026-10`.
std::string heading(const json::object& report, bool chinese);

/// The tables of a report's answer: the rows, the totals, the further lists (trend, who has read it), and when it was
/// explained the jobs behind every row and the formula of every figure. The rows have their columns even when there is
/// none of them; a total of the same columns is their last row.
std::vector<Table> tables_of(const json::object& report, bool chinese);

/// All tables in straight columns, wide characters counted as two.
std::string text_report(const json::object& report, bool chinese);
/// All tables as CSV, an empty line before the second and each later one: UTF-8 with a byte order mark and CRLF, as
/// spreadsheet programs want it.
std::string csv_report(const json::object& report, bool chinese);
/// Writes a workbook: a sheet a table, and on the first one a chart of the trend when there is one.
/// Throws Trouble.
void write_xlsx(const json::object& report, bool chinese, const std::string& path);

}  // namespace baytime::cli
