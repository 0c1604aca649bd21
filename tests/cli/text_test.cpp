#include "board/cli/text.hpp"
#include "board/cli/show.hpp"

#include <catch2/catch.hpp>

using namespace baytime::cli;

TEST_CASE("what a terminal would obey becomes a harmless mark", "[cli]") {
    struct Case {
        std::string text, harmless, json;
    };
    const auto c = GENERATE(values<Case>({
        {"plain 大众 朗逸 é", "plain 大众 朗逸 é", "plain 大众 朗逸 é"},
        {"\x1b[31mred", "\uFFFD[31mred", "\\u001b[31mred"},
        {"a\x7f", "a\uFFFD", "a\\u007f"},
        {"\xc2\x9b"
         "31m",
         "\uFFFD31m", "\\u009b31m"},
        {"\u202Eabc", "\uFFFDabc", "\\u202eabc"},
        {"line\nline", "line\uFFFDline", "line\\u000aline"},
        {"\x9b", "\uFFFD", "\uFFFD"},
        {"\xe5\xa4", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
        {"\xc0\x9b", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
    }));
    CAPTURE(c.text);
    CHECK(harmless(c.text) == c.harmless);
    CHECK(harmless_json(c.text) == c.json);
}

TEST_CASE("Chinese characters take two columns, combining marks none", "[cli]") {
    CHECK(columns("abc") == 3);
    CHECK(columns("沪A12345") == 8);
    CHECK(columns("城西服务站") == 10);
    CHECK(columns("e\u0301") == 1);
    CHECK(columns("(全角)") == 6);
    CHECK(columns("😀") == 2);
    CHECK(columns("…·") == 2);
}

TEST_CASE("fitting keeps the width exact, even when a wide character does not go in", "[cli]") {
    for (const std::string text : {"", "abc", "abcdefghij", "沪A12345", "大众 途观L", "城西服务站"}) {
        for (std::size_t width = 0; width < 14; ++width) {
            CAPTURE(text, width, fit(text, width));
            CHECK(columns(fit(text, width)) == width);
        }
    }
    CHECK(fit("城西服务站", 6) == "城西… ");
    CHECK(fit("abc", 5) == "abc  ");
}

TEST_CASE("results are shown as pairs and straight tables in the shop's time", "[cli]") {
    const auto result = boost::json::parse(R"({"count":2,"jobs":[
        {"order":"R1","plate":"沪A12345","promise":"2026-11-21T02:30:00Z"},
        {"order":"R1002","plate":"沪AD12338","waiting":true}]})");
    CHECK(show(result.as_object(), Offset(480)) ==
          "count=2\n"
          "order  plate      promise           waiting\n"
          "R1     沪A12345   2026-11-21 10:30\n"
          "R1002  沪AD12338                    yes\n");
    const auto one = boost::json::parse(R"({"order":"R1","state":"in_progress","changed":true,"reason":"a b"})");
    CHECK(show(one.as_object(), {}) == "order=R1 state=in_progress changed=yes reason=\"a b\"\n");
    CHECK(show(boost::json::parse(R"({"text":"\u001b[2J"})").as_object(), {}) == "text=\uFFFD[2J\n");
    CHECK(show({}, {}).empty());
}
