// A file of rows under a header, as other systems write them: columns by name in any order, separated by comma,
// semicolon or tab, cells guarded against spreadsheets or not. The one reader of CSV files that come from outside.
// Pure.
#pragma once

#include "board/reports/csv.hpp"
#include "board/reports/faults.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

/// Header name of the file -> our name; keys in lower case.
using Mapping = std::map<std::string, std::string, std::less<>>;

/// What a table has: the first column names its rows.
struct TableShape {
    std::vector<std::string> columns{};
    std::vector<int> needed{};  ///< without these it is no such table
    std::size_t max_rows = 0;
    bool mapped = false;    ///< a mapping file may rename columns
    bool comments = false;  ///< rows that begin with # are passed over
};

class TableFile {
public:
    /// All of them must outlive the reader. `text` is UTF-8 without a byte order mark.
    TableFile(std::string_view text, const TableShape& shape, const Mapping& mapping);
    /// The next row that can be read; what is wrong with header and rows goes into `faults`. False at the end, or when
    /// the header is faulty.
    bool next(std::vector<Fault>& faults);

    std::size_t rows() const { return rows_; }                            ///< so far, without the header
    std::size_t bad_rows() const { return bad_rows_; }                    ///< of these, rows that could not be read
    const std::vector<std::string>& ignored() const { return ignored_; }  ///< columns that mean nothing here

    // Of the row that was read:
    int line() const { return row_.line; }  ///< where it begins, from 1
    /// Without blanks around and without the guard against formulas; empty when the file has no such column.
    std::string_view value(int column) const;
    Fault fault(int column, Why why) const;

private:
    bool read_header(std::vector<Fault>& faults);
    void missing(int column, std::vector<Fault>& faults) const;
    int column_of(std::string_view header_name) const;
    char separator_of(std::string_view text) const;

    const TableShape& shape_;
    const Mapping& mapping_;
    CsvReader csv_;
    CsvRow row_;
    std::vector<int> place_;  ///< of each of our columns in the file, or -1
    std::size_t width_ = 0, rows_ = 0, bad_rows_ = 0;
    std::vector<std::string> ignored_;
};

/// In lower case, without blanks around.
std::string lower(std::string_view text);
/// Without blanks, full-width ones too, around.
std::string_view trimmed(std::string_view text);
/// Reads `theirs = ours`, one a line (also `ours = theirs`, and a JSON object of such pairs); `#` begins a comment.
/// Throws BadFile.
Mapping read_mapping(std::string_view text, const std::vector<std::string>& columns);

}  // namespace baytime::reports
