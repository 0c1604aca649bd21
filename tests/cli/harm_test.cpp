// Names that want to command a terminal: of a configuration somebody copied, of a file somebody sent. Through the real
// programs.
#include "tests/cli/demo_shop.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace baytime::support;

namespace {

/// No control character but the newline, none of the C1 range, no mark of direction.
bool commands_nothing(const std::string& text) {
    const bool controls =
        std::ranges::any_of(text, [](unsigned char c) { return (c < ' ' && c != '\n') || c == 0x7f; });
    bool others = false;
    for (unsigned c1 = 0x80; c1 < 0xa0; ++c1) others |= text.find({'\xc2', static_cast<char>(c1)}) != std::string::npos;
    for (const char* mark : {"\u202a", "\u202e", "\u2066", "\u200f"}) others |= text.find(mark) != std::string::npos;
    return !controls && !others;
}

/// A title, a clear screen, a C1 colour and a mark of direction, as TOML spells them.
constexpr const char* harm = "\\u001b]0;evil\\u0007\\u001b[2J\\u009b31m\\u202e";

}  // namespace

TEST_CASE("a terminal obeys no name", "[harm]") {
    const std::string name = std::string("name = \"李") + harm + "伟\"";
    const DemoShop shop(
        "60", {{"name = \"李伟\"", name}, {"name = \"城西服务站\"", std::string("name = \"城") + harm + "\""}});
    const auto cars = {
        std::vector<std::string>{"receive", "R1", "plate=沪A12345", "model=x", "type=repair", "promise=+60", "as=201"},
        {"assign", "R1", "bay=1", "as=301"},
        {"start", "R1", "as=101"}};
    for (const auto& words : cars) REQUIRE(shop.baytime(words).status == 0);
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"top", "--once", "--columns", "100", "--rows", "40"},
                                               {"--lang", "zh", "top", "--once"},
                                               {"jobs"},
                                               {"bays"},
                                               {"bays", "--json"},
                                               {"show", "R1"},
                                               {"history", "R1"},
                                               {"hello", "staff=101"},
                                               {"health"},
                                               {"token", "list"},
                                               {"audit", "--as", "601"},
                                               {"report", "utilisation", "--month", "2026-11"},
                                               {"receive", "R2", "model=\x1b[2J"},
                                               {"no\x1b[2Jverb"}}) {
        const auto ran = shop.baytime(words);
        CAPTURE(words.front(), ran.out, ran.error);
        CHECK(commands_nothing(ran.out));
        CHECK(commands_nothing(ran.error));
        CHECK((ran.out + ran.error).size() > 1);
    }
    CHECK(commands_nothing(shop.baytime({"raw"}, "hello staff=101\nping\n").out));
    CHECK(commands_nothing(DemoShop::read(shop.path("daemon.log"))));
}

TEST_CASE("a client that sends what a terminal would obey is refused, and nothing of it is kept", "[harm]") {
    const DemoShop shop;
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"receive","params":{"order":"R1","plate":"沪A12345",)"
                             R"("model":"x\u001b[2J","type":"repair","promise":"+60","as":"201"}})";
    const auto ran = shop.baytime({"raw"}, call + "\n");
    CAPTURE(ran.out);
    CHECK(ran.out.find("\"bad-value\"") != std::string::npos);
    CHECK(shop.baytime({"show", "R1"}).status == 1);
}
