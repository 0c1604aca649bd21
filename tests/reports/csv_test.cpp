#include "board/reports/csv.hpp"

#include <catch2/catch.hpp>

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
        {"\tx", "'\tx"},
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
        {"a;=1", "\"a;=1\""},
    }));
    CHECK(csv_text(c.text) == c.field);
    const std::string written = csv_text(c.text) + ",end";
    CsvReader reader(written);
    CsvRow row;
    REQUIRE(reader.next(row));
    REQUIRE(row.fields.size() == 2);
    CHECK(without_guard(row.fields[0]) == c.text);
    CHECK(csv_plain("-15") == "-15");
}
