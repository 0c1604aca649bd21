#include "board/reports/csv.hpp"

#include "protocol/text.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>

namespace baytime::reports {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
/// What a spreadsheet may drop, or nobody sees, before a sign of a formula: our own guard, blanks (also no-break and
/// ideographic), and marks of no width.
constexpr std::string_view passed_over[] = {"'",      " ",      "\u00A0", "\u3000", "\u00AD",
                                            "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"};
constexpr std::string_view formula_signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

bool is_blank(const CsvRow& row) {
    return !row.fault && std::ranges::all_of(row.fields, [](const std::string& one) { return one.empty(); });
}

struct CloseIconv {
    void operator()(void* open) const { ::iconv_close(open); }
};

/// No encoding of ours has a character that begins with this byte.
BadFile unreadable(std::string_view bytes, std::size_t at) {
    const auto before = bytes.substr(0, at);
    const auto line = std::ranges::count(before, '\n') + 1;
    const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0
    return BadFile(
        fault_at(static_cast<int>(line), "", "", "", {Wrong::no_encoding, {std::to_string(at - begin + 1)}}));
}

std::string from_gbk(std::string_view bytes) {
    const std::unique_ptr<void, CloseIconv> convert(::iconv_open("UTF-8", "GB18030"));
    if (convert.get() == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("this system cannot read GBK");
    std::string out;
    std::string source(bytes);
    char* from = source.data();
    std::size_t left = source.size();
    std::string chunk(64 * 1024, '\0');
    while (left > 0) {
        char* to = chunk.data();
        std::size_t room = chunk.size();
        const auto done = ::iconv(convert.get(), &from, &left, &to, &room);
        out.append(chunk.data(), chunk.size() - room);
        if (done == static_cast<std::size_t>(-1) && errno != E2BIG) throw unreadable(bytes, bytes.size() - left);
    }
    return out;
}

}  // namespace

bool CsvReader::next(CsvRow& row) {
    while (!rest_.empty()) {
        read_row(row);
        if (!is_blank(row)) return true;
    }
    return false;
}

void CsvReader::read_row(CsvRow& row) {
    row.line = line_;
    row.fault.reset();
    std::size_t count = 0;
    for (;;) {
        if (row.fields.size() == count) row.fields.emplace_back();
        std::string& field = row.fields[count++];
        field.clear();
        if (rest_.starts_with('"')) {
            read_quoted(row, field);
        } else {
            const std::size_t end = field_end();
            field.assign(rest_.substr(0, end));
            rest_.remove_prefix(end);
        }
        if (!rest_.starts_with(separator_)) break;
        rest_.remove_prefix(1);
    }
    row.fields.resize(count);
    if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
    if (!rest_.empty()) rest_.remove_prefix(1);
    ++line_;
}

void CsvReader::read_quoted(CsvRow& row, std::string& field) {
    rest_.remove_prefix(1);
    for (;;) {
        const std::size_t quote = rest_.find('"');
        const std::string_view piece = rest_.substr(0, quote);
        line_ += static_cast<int>(std::ranges::count(piece, '\n'));
        field.append(piece);
        if (quote == std::string_view::npos) {
            row.fault = Wrong::open_quote;
            rest_ = {};
            return;
        }
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"')) break;
        field += '"';
        rest_.remove_prefix(1);
    }
    const std::size_t end = field_end();
    if (end > 0 && !row.fault) row.fault = Wrong::text_behind_quote;
    rest_.remove_prefix(end);
}

std::string as_utf8(std::string_view bytes) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    return protocol::valid_utf8(bytes) ? std::string(bytes) : from_gbk(bytes);
}

bool looks_like_formula(std::string_view text) {
    const auto begins = [&text](std::string_view one) { return text.starts_with(one); };
    for (auto skipped = std::ranges::find_if(passed_over, begins); skipped != std::end(passed_over);
         skipped = std::ranges::find_if(passed_over, begins))
        text.remove_prefix(skipped->size());
    return std::ranges::any_of(formula_signs, begins);
}

std::string_view without_guard(std::string_view cell) {
    if (cell.starts_with('\'') && looks_like_formula(cell)) cell.remove_prefix(1);
    return cell;
}

std::string csv_plain(std::string_view text) {
    if (text.find_first_of(",;\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"') out += '"';
        out += letter;
    }
    return out + '"';
}

std::string csv_text(std::string_view text) {
    return looks_like_formula(text) ? csv_plain("'" + std::string(text)) : csv_plain(text);
}

}  // namespace baytime::reports
