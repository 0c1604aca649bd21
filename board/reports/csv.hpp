// CSV by RFC 4180, also with another separator: quotes, doubled quotes, line breaks inside quotes, CRLF or LF. Reads
// any bytes; knows no file. Small and strict on purpose: rows carry their line, so that a person finds a fault in the
// own file (libcsv, the one C library for this in Debian, tells no lines).
#pragma once

#include "board/reports/faults.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

struct CsvRow {
    int line = 0;  ///< where the row begins, from 1
    std::vector<std::string> fields{};
    std::optional<Wrong> fault{};  ///< why the row cannot be read
};

class CsvReader {
public:
    /// The text must outlive the reader.
    explicit CsvReader(std::string_view text, char separator = ',')
        : rest_(text), separator_(separator), ends_{separator, '\r', '\n'} {}
    /// The next row that is not blank; false at the end. Reuses the row's memory.
    bool next(CsvRow& row);

private:
    void read_row(CsvRow& row);
    void read_quoted(CsvRow& row, std::string& field);
    std::size_t field_end() const { return std::min(rest_.find_first_of(ends_), rest_.size()); }
    std::string_view rest_;
    char separator_;
    std::string ends_;
    int line_ = 1;
};

/// The text as UTF-8 without a byte order mark: as it is when it is valid UTF-8, else read as GBK (GB 18030).
/// Throws BadFile when it is neither; the fault names line and byte.
std::string as_utf8(std::string_view bytes);

/// A cell that a spreadsheet may take for a formula: one that begins with = + - @, their other forms, a tab or a line
/// break, also behind blanks, quotes and what cannot be seen, and behind `'`, so that csv_text() can be taken back.
bool looks_like_formula(std::string_view text);
/// The text of a cell as csv_text() was given it.
void drop_guards(std::string& cell);
/// One field of an answer in CSV: quoted where needed, and with a `'` where a text looks like a formula. Readers that
/// part at `;` or at tabs see a line without quotes when its first field has none, so a `'` stands as well where a
/// formula would follow a `;`, a tab or a line break inside the text.
std::string csv_text(std::string_view text);
/// One field that is JSON: it stays the same value; a sign of a formula behind a `;` becomes `\uXXXX`.
std::string csv_json(std::string_view json);
/// A field that is a number or a time of ours: never changed.
std::string csv_plain(std::string_view text);

}  // namespace baytime::reports
