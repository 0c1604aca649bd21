#include "board/reports/csv.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>
#include <random>

using namespace baytime::reports;

namespace {

/// Every row as `line:field|field`, faults as `line!why`.
std::vector<std::string> rows(std::string_view text) {
    std::vector<std::string> out;
    CsvReader reader(text);
    CsvRow row;
    while (reader.next(row)) {
        std::string line = std::to_string(row.line) + (row.fault ? "!" + sentence({*row.fault}, false) : ":");
        for (std::size_t i = 0; !row.fault && i < row.fields.size(); ++i) line += (i > 0 ? "|" : "") + row.fields[i];
        out.push_back(line);
    }
    return out;
}

}  // namespace

TEST_CASE("CSV is read by RFC 4180, and a row knows its line", "[reports]") {
    struct Case {
        const char* text;
        std::vector<std::string> rows;
    };
    const auto c = GENERATE(values<Case>({
        {"", {}},
        {"\n\r\n,,\n", {}},
        {"a,b\n1,2\n", {"1:a|b", "2:1|2"}},
        {"a,b\r\n1,2", {"1:a|b", "2:1|2"}},
        {"a,\n", {"1:a|"}},
        {"\"a,b\",c", {"1:a,b|c"}},
        {"\"say \"\"hi\"\"\",c", {"1:say \"hi\"|c"}},
        {"\"two\r\nlines\",c\nd,e", {"1:two\r\nlines|c", "3:d|e"}},
        {"a\"b,c", {"1:a\"b|c"}},
        {"\"\",x", {"1:|x"}},
        {"a\n\"b\nc,d", {"1:a", "2!a quote is opened and never closed"}},
        {"\"a\"b,c\nd", {"1!text stands behind a closing quote; double the quotes inside a text", "2:d"}},
    }));
    CAPTURE(c.text);
    CHECK(rows(c.text) == c.rows);
}

TEST_CASE("text comes as UTF-8 with or without a mark, or as GBK", "[reports]") {
    CHECK(as_utf8("沪A,王芳") == "沪A,王芳");
    CHECK(as_utf8("\xEF\xBB\xBF沪A") == "沪A");
    CHECK(as_utf8("\xBB\xA6"
                  "A,\xCD\xF5\xB7\xBC") == "沪A,王芳");
    CHECK_THROWS_WITH(as_utf8("a\xFF"),
                      "line 1: the file is neither UTF-8 nor GBK: byte 2 of the line begins no character");
}

TEST_CASE("a text that a spreadsheet takes for a formula gets a quote in front, a number never", "[reports]") {
    struct Case {
        const char* text;
        const char* field;
    };
    const auto c = GENERATE(values<Case>({
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"=1+1", "'=1+1"},
        {"+86 138", "'+86 138"},
        {"-1", "'-1"},
        {"@x,y", "\"'@x,y\""},
        {"\tx", "\"'\tx\""},
        {"＝1+1", "'＝1+1"},
        {"＋1", "'＋1"},
        {"－1", "'－1"},
        {"＠x", "'＠x"},
        {"  =1", "'  =1"},
        {"\u200B=1", "'\u200B=1"},
        {"\uFEFF\u00AD\u00A0\u3000@x", "'\uFEFF\u00AD\u00A0\u3000@x"},
        {" '=1", "' '=1"},
        {" plain", " plain"},
        {"王 - 李", "王 - 李"},
        {"a;=1", "\"a;'=1\""},
        {"a;\"=1", "\"a;'\"\"=1\""},
        {"a;'=1", "\"a;''=1\""},
        {"a\t=1", "\"a\t'=1\""},
        {"a\r\n=1", "\"a\r\n'=1\""},
        {"a; b", "\"a; b\""},
        {"机油,-1", "\"机油,-1\""},
        {"two\r\nlines", "\"two\r\nlines\""},
    }));
    CHECK(csv_text(c.text) == c.field);
    const std::string written = csv_text(c.text) + ",end";
    CsvReader reader(written);
    CsvRow row;
    REQUIRE(reader.next(row));
    REQUIRE(row.fields.size() == 2);
    drop_guards(row.fields[0]);
    CHECK(row.fields[0] == c.text);
    CHECK(csv_plain("-15") == "-15");
}

TEST_CASE("a sign behind what nobody sees, and a sign of another form, is a sign of a formula", "[reports]") {
    for (const char* unseen : {"\uFE0F", "\u2063", "\u206A", "\u206F", "\u180E", "\u034F", "\u2800", "\u3164", "\u115F",
                               "\u1160", "\U000E0041", "\U000E007F", "\uFFFC", "\u2028", "\u0085", "\x01", "\""}) {
        CAPTURE(unseen);
        CHECK(looks_like_formula(std::string(unseen) + "=1"));
        CHECK_FALSE(looks_like_formula(std::string(unseen) + "1"));
    }
    for (const char* sign : {"﹢", "﹣", "﹫", "﹦", "＝", "＋", "－", "＠", "⁺", "⁼", "₊", "₌", "﬩"}) {
        CAPTURE(sign);
        CHECK(looks_like_formula(std::string(sign) + "x"));
    }
}

TEST_CASE("JSON in a cell stays the same value", "[reports]") {
    CHECK(csv_json(R"({"a":"x;=1","b":-5})") == R"("{""a"":""x;\u003d1"",""b"":-5}")");
    CHECK(csv_json(R"({"a":";'＋1;"})") == R"("{""a"":"";'\uff0b1;""}")");
    CHECK(csv_json("[1,2]") == "\"[1,2]\"");
}

namespace {

/// Another reader, as spreadsheets and scripts are: a field that begins with a quote ends at the next single one,
/// whatever stands behind that belongs to it too, and a quote anywhere else is a letter.
std::vector<std::string> cells_for(char parting, const std::string& text) {
    std::vector<std::string> out(1);
    bool begins = true, quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char one = text[i];
        if (quoted && one == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            out.back() += text[++i];
        } else if (one == '"' && (quoted || begins)) {
            quoted = !quoted;
            begins = false;
        } else if (!quoted && (one == parting || one == '\r' || one == '\n')) {
            out.emplace_back();
            begins = true;
        } else {
            out.back() += one;
            begins = false;
        }
    }
    return out;
}

/// What a spreadsheet calculates: blanks and marks before the sign count as well.
bool calculates(std::string cell) {
    for (const std::string_view unseen : {" ", "\u200B", "\uFE0F", "\u3000"}) {
        for (auto at = cell.find(unseen); at != std::string::npos; at = cell.find(unseen))
            cell.erase(at, unseen.size());
    }
    return !cell.empty() && std::string_view("=+@-").find(cell.front()) != std::string_view::npos;
}

}  // namespace

TEST_CASE("no reader finds a formula, whatever it parts at and wherever the cell stands", "[reports]") {
    constexpr const char* pieces[] = {
        "=1", "-",  "@", "+", ";", ";",  "\t",     "\n",     "\r\n",   ",",
        "\"", "\"", "'", " ", "x", "沪", "\u200B", "\uFE0F", "\u3000", "cmd|'/c calc'!A0"};
    std::mt19937 random(2911);
    for (int round = 0; round < 20'000; ++round) {
        std::string written;
        std::vector<std::string> texts;
        for (std::size_t cell = 0, cells = 1 + random() % 4; cell < cells; ++cell) {
            std::string text;
            for (auto left = random() % 8; left > 0; --left) text += pieces[random() % std::size(pieces)];
            written += (cell > 0 ? "," : "") + csv_text(text);
            texts.push_back(text);
        }
        written += "\r\n";
        CAPTURE(round, written);
        for (const char parting : {',', ';', '\t'}) {
            const auto cells = cells_for(parting, written);
            const auto bad = std::ranges::find_if(cells, calculates);
            if (bad != cells.end()) FAIL(parting << " gives the cell " << *bad);
        }
        CsvReader reader(written);
        CsvRow row;
        if (!reader.next(row)) continue;  // of empty cells only
        std::ranges::for_each(row.fields, drop_guards);
        REQUIRE(row.fields == texts);
    }
}
