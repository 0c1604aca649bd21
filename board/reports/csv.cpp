#include "board/reports/csv.hpp"

#include "protocol/harmless.hpp"
#include "protocol/text.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace baytime::reports {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
struct Range {
    char32_t first = 0, last = 0;
};
/// What a spreadsheet may drop, or nobody sees, before a sign of a formula: quotes, our own guard among them; control
/// characters; blanks (White_Space in Unicode's PropList.txt, and the empty Braille pattern);
/// Default_Ignorable_Code_Point in its DerivedCoreProperties.txt; annotation marks and the object's place. Unicode 15.
constexpr Range passed_over[] = {
    {0x00, 0x08},       {0x0B, 0x0C},      {0x0E, 0x20},     {0x22, 0x22},     {0x27, 0x27},     {0x7F, 0xA0},
    {0xAD, 0xAD},       {0x034F, 0x034F},  {0x061C, 0x061C}, {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x2000, 0x200F},  {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000},
    {0x3164, 0x3164},   {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFC}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
/// With what Unicode says is the same: full-width, small, raised and lowered forms.
constexpr std::u32string_view formula_signs =
    U"=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u207C\u207A\u208C\u208A\uFB29";
/// Behind these another reader may see the beginning of a cell: one that parts at them, and takes quotes for letters
/// like others, as readers do in a line that does not begin with a quote.
constexpr std::string_view partings = ";\t\r\n";

/// Takes the first character off a text that is not empty; a byte that is none counts as one.
char32_t take_character(std::string_view& text) {
    const std::size_t length = std::max<std::size_t>(protocol::character_bytes(text), 1);
    char32_t code = static_cast<unsigned char>(text[0]) & (length == 1 ? 0xFFU : 0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(length);
    return code;
}

std::string_view without_passed_over(std::string_view text) {
    while (!text.empty()) {
        auto rest = text;
        const auto code = take_character(rest);
        if (std::ranges::none_of(passed_over, [code](Range one) { return code >= one.first && code <= one.last; }))
            break;
        text = rest;
    }
    return text;
}

bool has_formula_sign(std::string_view text) {
    return !text.empty() && formula_signs.find(take_character(text)) != std::u32string_view::npos;
}

/// Whether some reader may take what stands at this place for the beginning of a formula.
bool needs_guard(std::string_view text, std::size_t at) {
    if (at == 0) return looks_like_formula(text);
    return partings.find(text[at - 1]) != std::string_view::npos &&
           has_formula_sign(without_passed_over(text.substr(at)));
}

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
    text = without_passed_over(text);
    return has_formula_sign(text) ||
           (!text.empty() && std::string_view("\t\r\n").find(text[0]) != std::string_view::npos);
}

void drop_guards(std::string& cell) {
    if (cell.find('\'') == std::string::npos) return;
    std::string out;
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (cell[at] != '\'' || !needs_guard(cell, at)) out += cell[at];
    }
    cell = std::move(out);
}

std::string csv_plain(std::string_view text) {
    if (text.find_first_of(",;\"\t\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"') out += '"';
        out += letter;
    }
    return out + '"';
}

std::string csv_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (needs_guard(text, at)) out += '\'';
        out += text[at];
    }
    return csv_plain(out);
}

std::string csv_json(std::string_view json) {
    std::string out;
    for (std::size_t end = 0; !json.empty();) {
        end = std::min(json.find(';'), json.size() - 1) + 1;
        out += json.substr(0, end);
        json.remove_prefix(end);
        const auto sign = without_passed_over(json);
        if (!has_formula_sign(sign)) continue;
        out += json.substr(0, json.size() - sign.size());
        json = sign;
        std::array<char, 12> escape{};  // all signs lie in the first plane
        std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(take_character(json)));
        out += escape.data();
    }
    return csv_plain(out);
}

}  // namespace baytime::reports
