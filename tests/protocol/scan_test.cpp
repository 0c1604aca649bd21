// Scanners that only send what they read.
#include "tests/protocol/support.hpp"

using namespace baytime;
using namespace baytime::protocol;
using Kind = Scan::Kind;

TEST_CASE("job barcodes, badges and cards are told apart", "[scan]") {
    struct Case {
        std::string line;
        Kind kind;
        std::string value;
    };
    const auto c = GENERATE(values<Case>({{"JR1023", Kind::job, "R1023"},
                                          {"Jr1023 ", Kind::job, "R1023"},
                                          {"T101", Kind::badge, "101"},
                                          {"START", Kind::card, "START"},
                                          {"FINISH", Kind::card, "FINISH"},
                                          {"PAUSE-PARTS", Kind::card, "PAUSE-PARTS"},
                                          {"PAUSE-OK", Kind::card, "PAUSE-OK"},
                                          {"YES", Kind::card, "YES"},
                                          {"LATE-60", Kind::card, "LATE-60"}}));
    const auto scan = read_scan(c.line);
    REQUIRE(scan);
    CHECK(scan->kind == c.kind);
    CHECK(scan->value == c.value);
}

TEST_CASE("other text is no scan", "[scan]") {
    const std::string line = GENERATE(as<std::string>(), "", "J", "T", "jobs", "start R1", "J R1", "LATE-45",
                                      "START R1", "T12345678901234567", "J沪A", "ping", "Start");
    CHECK_FALSE(read_scan(line));
}

TEST_CASE("a card means a command for the order scanned with it", "[scan]") {
    CHECK(std::get<Start>(command_of_card("START", "R1").value()).order == "R1");
    CHECK(std::get<Start>(command_of_card("PAUSE-OK", "R1").value()).order == "R1");
    CHECK(std::get<AnswerYes>(command_of_card("YES", "R1").value()).order == "R1");
    CHECK(std::get<Finish>(command_of_card("FINISH", "R1").value()).order == "R1");
    CHECK(std::get<Pause>(command_of_card("PAUSE-PARTS", "R1").value()).reason == PauseReason::parts);
    const auto c = GENERATE(table<std::string, int>({{"LATE-15", 15}, {"LATE-30", 30}, {"LATE-60", 60}}));
    const auto late = std::get<FlagDelay>(command_of_card(std::get<0>(c), "R1").value());
    CHECK(late.order == "R1");
    CHECK(late.minutes == MinuteCount{std::get<1>(c)});
    CHECK(late.reason == DelayReason::other);
    CHECK_FALSE(command_of_card("LATE-45", "R1"));
}
