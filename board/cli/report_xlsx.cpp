// Reports as a workbook, through libxlsxwriter.
#include "board/cli/report_table.hpp"
#include "board/cli/trouble.hpp"
#include "board/reports/texts.hpp"

#include <xlsxwriter.h>

#include <array>
#include <cstdio>
#include <memory>

namespace baytime::cli {
namespace {

/// Characters of a column: a time needs 17, a name or a list rarely more than this.
constexpr double column_width = 16;
/// Most lines of a chart that can still be told apart; the sheet of the trend has them all.
constexpr std::size_t most_lines = 12;

struct Formats {
    lxw_format* header = nullptr;
    lxw_format* percent = nullptr;
    lxw_format* hundredths = nullptr;
    lxw_format* money = nullptr;
    lxw_format* time = nullptr;
    lxw_format* count = nullptr;
};

Formats formats_of(lxw_workbook* book) {
    Formats out{.header = workbook_add_format(book),
                .percent = workbook_add_format(book),
                .hundredths = workbook_add_format(book),
                .money = workbook_add_format(book),
                .time = workbook_add_format(book),
                .count = workbook_add_format(book)};
    format_set_bold(out.header);
    format_set_bottom(out.header, LXW_BORDER_THIN);
    format_set_text_wrap(out.header);
    format_set_num_format(out.percent, "0.00%");
    format_set_num_format(out.hundredths, "0.00");
    format_set_num_format(out.money, "#,##0.00");
    format_set_num_format(out.time, "yyyy-mm-dd hh:mm");
    format_set_num_format(out.count, "0");
    return out;
}

/// `2026-10-01T10:30...` as the shop's local date and time.
bool read_time(const std::string& text, lxw_datetime& out) {
    return std::sscanf(text.c_str(), "%d-%d-%dT%d:%d", &out.year, &out.month, &out.day, &out.hour, &out.min) == 5;
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t place, const Column& column, const json::object& values,
                const Formats& formats, bool chinese, bool gaps) {
    const auto* value = values.if_contains(column.member);
    if (value == nullptr || value->is_null()) {
        if (gaps) return;
        worksheet_write_string(sheet, row, place, "—", nullptr);
        return;
    }
    if (value->is_number()) {
        const auto number = value->to_number<double>();
        if (column.kind == CellKind::percent)
            worksheet_write_number(sheet, row, place, number / 10000, formats.percent);
        if (column.kind == CellKind::hundredths)
            worksheet_write_number(sheet, row, place, number / 100, formats.hundredths);
        if (column.kind == CellKind::money) worksheet_write_number(sheet, row, place, number / 100, formats.money);
        if (column.kind == CellKind::count || column.kind == CellKind::text)
            worksheet_write_number(sheet, row, place, number, formats.count);
        return;
    }
    lxw_datetime time{};
    if (column.kind == CellKind::time && value->is_string() && read_time(std::string(value->get_string()), time)) {
        worksheet_write_datetime(sheet, row, place, &time, formats.time);
        return;
    }
    // As a text whatever it begins with: a cell of this kind is never taken for a formula.
    worksheet_write_string(sheet, row, place, cell_text(column, values, chinese).c_str(), nullptr);
}

void write_table(lxw_worksheet* sheet, const Table& table, const Formats& formats, bool chinese) {
    // A chart would draw a dash as nought: in the trend what is not there is an empty cell.
    const bool gaps = table.part == Part::trend;
    lxw_col_t place = 0;
    for (const Column& column : table.columns) {
        worksheet_write_string(sheet, 0, place, column.title.c_str(), formats.header);
        lxw_row_t row = 1;
        for (const auto& values : table.rows) write_cell(sheet, row++, place, column, values, formats, chinese, gaps);
        ++place;
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (place > 0) {
        worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(place - 1), column_width, nullptr);
        worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()), static_cast<lxw_col_t>(place - 1));
    }
}

int place_of(const Table& table, std::string_view member) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].member == member) return static_cast<int>(i);
    }
    return -1;
}

/// Where the lines of one key begin and end in the trend: its months follow one another.
struct Stretch {
    std::string name;
    lxw_row_t first = 0, last = 0;
};

std::vector<Stretch> stretches(const Table& trend, bool chinese) {
    const int key = place_of(trend, "key"), name = place_of(trend, "name");
    std::vector<Stretch> out;
    std::string before;
    for (std::size_t i = 0; i < trend.rows.size(); ++i) {
        const auto at = [&](int place) {
            return cell_text(trend.columns[static_cast<std::size_t>(place)], trend.rows[i], chinese);
        };
        const std::string now = key < 0 ? std::string{} : at(key);
        const auto row = static_cast<lxw_row_t>(i + 1);
        if (out.empty() || now != before) {
            const bool named = name >= 0 && trend.rows[i].contains("name");
            out.push_back({.name = named ? at(name) : now, .first = row, .last = row});
        }
        out.back().last = row;
        before = now;
    }
    return out;
}

/// A line for each key of the trend's rate, under the rows of the first sheet.
void put_chart(lxw_workbook* book, lxw_worksheet* first, const Table& rows, const Table& trend,
               const std::string& sheet, bool chinese) {
    const int months = place_of(trend, "month"), rates = place_of(trend, "rate_bp");
    if (months < 0 || rates < 0) return;
    lxw_chart* chart = workbook_add_chart(book, LXW_CHART_LINE);
    const auto column = [](int place) { return static_cast<lxw_col_t>(place); };
    auto lines = stretches(trend, chinese);
    if (lines.size() > most_lines) lines.resize(most_lines);
    for (const auto& line : lines) {
        lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
        chart_series_set_categories(series, sheet.c_str(), line.first, column(months), line.last, column(months));
        chart_series_set_values(series, sheet.c_str(), line.first, column(rates), line.last, column(rates));
        chart_series_set_name(series, line.name.c_str());
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
    }
    chart_title_set_name(chart, std::string(reports::text("table", "", "chart", chinese)).c_str());
    chart_axis_set_max(chart->y_axis, 1);
    chart_axis_set_num_format(chart->y_axis, "0%");
    worksheet_insert_chart(first, static_cast<lxw_row_t>(rows.rows.size() + 3), 0, chart);
}

/// Names of sheets: at most 31 characters, none of []:*?/\, each once. Ours are short and distinct.
std::string sheet_name(const Table& table) {
    std::string out = table.title;
    std::erase_if(out, [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; });
    return out;
}

/// On every printed page; `&` begins a command there.
std::string printed_heading(const json::object& report, bool chinese) {
    std::string out = "&C";
    for (const char c : heading(report, chinese)) out += c == '&' ? std::string("&&") : std::string(1, c);
    return out.size() > 200 ? std::string{} : out;
}

}  // namespace

void write_xlsx(const json::object& report, bool chinese, const std::string& path) {
    const auto tables = tables_of(report, chinese);
    const std::string unfinished = path + ".part";
    lxw_workbook* book = workbook_new(unfinished.c_str());
    if (book == nullptr) throw Trouble(usage, "no-file", path + " cannot be written");
    const Formats formats = formats_of(book);
    lxw_worksheet* first = nullptr;
    for (const Table& table : tables) {
        const std::string name = sheet_name(table);
        lxw_worksheet* sheet = workbook_add_worksheet(book, name.c_str());
        if (sheet == nullptr) continue;
        write_table(sheet, table, formats, chinese);
        worksheet_set_header(sheet, printed_heading(report, chinese).c_str());
        if (first == nullptr) first = sheet;
        if (table.part == Part::trend) put_chart(book, first, tables.front(), table, name, chinese);
    }
    const lxw_error failed = workbook_close(book);
    if (failed != LXW_NO_ERROR || std::rename(unfinished.c_str(), path.c_str()) != 0)
        throw Trouble(usage, "no-file", path + " cannot be written: " + lxw_strerror(failed));
}

}  // namespace baytime::cli
