// Golden frames: the worked examples of the maker's document and of three open libraries that were run.
#include "display-drivers/signs/alpha_frames.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
using namespace baytime::signs::alpha;
using namespace std::chrono_literals;

namespace {

struct Golden {
    std::string what;
    std::vector<Command> commands;
    bool with_checksum;
    std::string wire;
};

const std::vector<Golden>& golden() {
    static const std::vector<Golden> all{
        {"a text with a sum",
         {write_text('A', ' ', 'b', "HELLO")},
         true,
         R"(00*5 01 5A 30 30 02 41 41 1B 20 62 48 45 4C 4C 4F 03 30 32 39 38 04)"},
        {"a text without a sum",
         {write_text('A', ' ', 'b', "HELLO")},
         false,
         R"(00*5 01 5A 30 30 02 41 41 1B 20 62 48 45 4C 4C 4F 04)"},
        {"a red text",
         {write_text('A', '0', 'b',
                     "\x1c"
                     "1BAY 1")},
         false,
         R"(00*5 01 5A 30 30 02 41 41 1B 30 62 1C 31 42 41 59 20 31 04)"},
        {"a string",
         {write_string('a', "17:30")},
         true,
         R"(00*5 01 5A 30 30 02 47 61 31 37 3A 33 30 03 30 31 42 32 04)"},
        {"a memory table",
         {set_memory({File{}, File{.label = 'a', .type = 'B', .lock = 'L', .size = "0020", .times = "0000"},
                      File{.label = 'P', .type = 'D', .lock = 'L', .size = "0707", .times = "4000"}})},
         true,
         R"(00*5 01 5A 30 30 02 "E$AAU0100FFFFaBL00200000PDL07074000" 03 "0801" 04)"},
        {"a run sequence", {run_in_order("AB")}, true, R"(00*5 01 5A 30 30 02 "E.SUAB" 03 "01A3" 04)"},
        {"time and weekday, nested",
         {set_time(9, 5), set_weekday(1)},
         true,
         R"(00*5 01 5A 30 30 02 "E 0905" 03 "0138" 02 "E&2" 03 "00A2" 04)"},
        {"a picture",
         {write_dots('P', {"101", "010", "101"})},
         true,
         R"(00*5 01 5A 30 30 02 "IP0303101" 0D "010" 0D "101" 0D 03 "0340" 04)"},
        {"a question for the error register", {read_errors()}, false, R"(00*5 01 5A 30 30 02 46 2A 04)"},
    };
    return all;
}

}  // namespace

TEST_CASE("every worked Alpha example is encoded byte for byte", "[signs][alpha]") {
    for (const Golden& example : golden()) {
        CAPTURE(example.what);
        const auto packets = transmission(Setup{}, example.commands, example.with_checksum);
        CHECK(support::hex(support::joined(packets)) == support::hex(support::bytes(example.wire)));
        CHECK(packets.back().pause_after == packet_pause);
    }
}

TEST_CASE("the checksum is the one of the document's own example", "[signs][alpha]") {
    CHECK(checksum("\x02"
                   "AAHELLO\x03") == "01FB");
}

TEST_CASE("a nested transmission pauses after each STX, and a picture before its rows", "[signs][alpha]") {
    const auto nested = transmission(Setup{}, {set_time(9, 5), set_weekday(1)});
    REQUIRE(nested.size() == 3);
    CHECK(nested[0].pause_after >= 100ms);
    CHECK(nested[0].bytes.back() == 0x02);
    CHECK(nested[1].pause_after >= 100ms);
    CHECK(nested[1].bytes.back() == 0x02);
    const auto picture = transmission(Setup{}, {write_dots('P', {"101"})});
    REQUIRE(picture.size() == 2);
    CHECK(picture[0].pause_after >= 100ms);
    CHECK(std::string(picture[0].bytes.end() - 6, picture[0].bytes.end()) == "IP0103");
}

TEST_CASE("a date has two digits a part, and Sunday is day one", "[signs][alpha]") {
    CHECK(set_date(2026, 3, 7).body == "E;030726");
    CHECK(set_weekday(0).body == "E&1");
    CHECK(set_weekday(6).body == "E&7");
}

TEST_CASE("type and address of the sign stand in the header", "[signs][alpha]") {
    const auto packets = transmission(Setup{.address = "0A", .type = '^'}, {clear_memory()}, false);
    CHECK(support::hex(support::joined(packets)) == support::hex(support::bytes(R"(00*5 01 "^0A" 02 "E$" 04)")));
}
