#include "config/message.hpp"

#include <catch2/catch.hpp>

using namespace baytime::config;

TEST_CASE("the caret stands under the character, also after Chinese text and tabs", "[config]") {
    struct Case {
        const char* line;
        std::size_t column;
        const char* indent;
    };
    const auto c = GENERATE(values<Case>({
        {"port = 1", 1, ""},
        {"port = 1", 8, "       "},
        {"城西 = 1", 1, ""},
        {"城西 = 1", 2, "  "},
        {"城西 = 1", 6, "       "},
        {"a(,) = 1", 5, "    "},
        {"ａ＝1", 3, "    "},
        {"한글 = 1", 3, "    "},
        {"🚗 = 1", 2, "  "},
        {"e\u0301 = 1", 4, "  "},
        {"\tport = 1", 2, "\t"},
        {"a\tb", 3, " \t"},
        {"abc", 4, "   "},
        {"abc", 6, "     "},
        {"", 1, ""},
        {"\xff\xfe = 1", 3, "  "},
    }));
    CAPTURE(c.line, c.column);
    CHECK(indent_to(c.line, c.column) == c.indent);
}

TEST_CASE("a text is cut into lines whatever ends them", "[config]") {
    using Lines = std::vector<std::string>;
    CHECK(lines_of("") == Lines{});
    CHECK(lines_of("a") == Lines{"a"});
    CHECK(lines_of("a\nb\n") == Lines{"a", "b"});
    CHECK(lines_of("a\r\n\r\nb") == Lines{"a", "", "b"});
}

TEST_CASE("a message names the place, shows the line, points, and says what would do", "[config]") {
    const std::vector<std::string> lines{"open = true", "名 = \"城西\"  # 店名"};
    CHECK(message("demo.toml", lines, {.line = 2, .column = 5, .what = "wrong", .accepted = "right"}) ==
          "demo.toml:2:5: wrong\n"
          "    名 = \"城西\"  # 店名\n"
          "         ^\n"
          "    right");
    CHECK(message("demo.toml", lines, {.line = 1, .column = 1, .what = "wrong", .accepted = ""}) ==
          "demo.toml:1:1: wrong\n"
          "    open = true\n"
          "    ^");
    CHECK(message("demo.toml", lines, {.line = 0, .column = 0, .what = "wrong", .accepted = "right"}) ==
          "demo.toml: wrong\n"
          "    right");
}

TEST_CASE("the word that was probably meant is found, and no other", "[config]") {
    struct Case {
        const char* word;
        const char* meant;
    };
    const std::vector<std::string> accepted{"address", "port", "pin_hash", "delay_notice_minutes", "zone"};
    const auto c = GENERATE(values<Case>({
        {"prot", "port"},
        {"Port", "port"},
        {"ports", "port"},
        {"adress", "address"},
        {"pin-hash", "pin_hash"},
        {"pinhash", "pin_hash"},
        {"delay_notice", ""},
        {"delay_notice_minute", "delay_notice_minutes"},
        {"zoen", "zone"},
        {"x", ""},
        {"", ""},
        {"colour", ""},
        {"城西", ""},
    }));
    CAPTURE(c.word);
    CHECK(nearest(c.word, accepted) == c.meant);
}

TEST_CASE("a suggestion lists everything that is accepted", "[config]") {
    CHECK(suggestion("prot", {"address", "port"}) == "did you mean \"port\"? accepted here: address, port");
    CHECK(suggestion("colour", {"address", "port"}) == "accepted here: address, port");
    CHECK(suggestion("colour", {}) == "nothing is accepted here");
}
