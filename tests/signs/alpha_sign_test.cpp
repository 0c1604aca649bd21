// What a real sign would drop, the simulated one drops.
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/alpha_frames.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
using namespace baytime::signs::alpha;
using namespace std::chrono_literals;
using support::bytes;

namespace {

/// A sign with TEXT A calling STRING a (32 bytes), which holds "old".
struct Ready {
    AlphaSign sign{Setup{.address = "07", .type = 'Z'}};
    support::Sender sender{sign};
    Setup all{};
    Ready() {
        sender.send(transmission(all, {clear_memory()}, true, clear_pause));
        sender.send(transmission(
            all, {set_memory({File{}, File{.label = 'a', .type = 'B', .lock = 'L', .size = "0020", .times = "0000"},
                              File{.label = 'P', .type = 'D', .lock = 'L', .size = "0303", .times = "4000"}})}));
        sender.send(transmission(all, {write_string('a', "old")}));
        sender.send(transmission(all, {write_text('A', ' ', 'b',
                                                  "\x10"
                                                  "a")}));
        REQUIRE(sign.errors().empty());
        REQUIRE(shown() == "old");
    }
    std::string shown() const { return text_of(sign.glass().page); }
    std::uint64_t errors(const std::string& kind) const {
        const auto found = sign.errors().find(kind);
        return found == sign.errors().end() ? 0 : found->second;
    }
};

}  // namespace

TEST_CASE("a broken transmission changes nothing and is counted by its kind", "[signs][alpha-sign]") {
    struct Case {
        std::string wire, kind;
    };
    const auto c = GENERATE(values<Case>({
        {R"(00*4 01 "Z00" 02 "Ganew" 04)", "no-sync"},
        {R"(01 "Z00" 02 "Ganew" 04)", "no-sync"},
        {R"(00*5 01 "Z00" 02 "Ganew" 03 "0000" 04)", "checksum"},
        {R"(00*5 01 "Z00" 02 "Ganew" 03 "01" 04)", "checksum"},
        {R"(00*5 01 "Z00" 02 "Gbnew" 04)", "unknown-file"},
        {R"(00*5 01 "Z00" 02 "AB" 1B 20 62 "new" 04)", "unknown-file"},
        {R"(00*5 01 "Z00" 02 "IQ0303" 04)", "unknown-file"},
        {R"(00*5 01 "Z00" 02 "AAnew" 04)", "no-mode"},
        {R"(00*5 01 "Z00" 02 "Xnew" 04)", "unknown-command"},
        {R"(00*5 01 "Z00" 02 "E~" 04)", "unknown-command"},
        {R"(00*5 01 "Z00" 02 04)", "unknown-command"},
        {R"(00*5 01 "Z00" "Ganew" 04)", "garbage"},
        {R"(00*5 01 "Z0" 04)", "garbage"},
        {R"(00*5 01 "Z00" 02 "Ga" B9 A4 04)", "eight-bit"},
        {R"(00*5 01 "Z00" 02 "E$AAU" 04)", "bad-memory-table"},
        {R"(00*5 01 "Z00" 02 "E$aBU00200000" 04)", "bad-memory-table"},
        {R"(00*5 01 "Z00" 02 "E$0BL00200000" 04)", "bad-memory-table"},
        {R"(00*5 01 "Z00" 02 "E$aBL00800000" 04)", "bad-memory-table"},
        {R"(00*5 01 "Z00" 02 "E$AAU0000FFFFBAU0100FFFF" 04)", "bad-memory-table"},
        {R"(00*5 01 "Z00" 02 "E$AAU7FFFFFFF" 04)", "pool"},
    }));
    CAPTURE(c.wire);
    Ready ready;
    ready.sender.raw(bytes(c.wire));
    CHECK(ready.errors(c.kind) == 1);
    CHECK(ready.sign.error_count() == 1);
    CHECK(ready.shown() == "old");
    ready.sender.wait(500ms);
    ready.sender.send(transmission(ready.all, {write_string('a', "new")}));
    CHECK(ready.shown() == "new");
}

TEST_CASE("a packet for another address or another type of sign is passed over in silence", "[signs][alpha-sign]") {
    struct Case {
        std::string header;
        bool taken;
    };
    const auto c = GENERATE(values<Case>({{"Z00", true},
                                          {"Z07", true},
                                          {"Z0?", true},
                                          {"Z??", true},
                                          {"!07", true},
                                          {"^07", true},
                                          {"Z08", false},
                                          {"Z1?", false},
                                          {"l07", false},
                                          {"?07", false}}));
    CAPTURE(c.header);
    Ready ready;
    ready.sender.raw(bytes("00*5 01 \"" + c.header + "\" 02 \"Ganew\" 04"));
    CHECK(ready.shown() == (c.taken ? "new" : "old"));
    CHECK(ready.sign.errors().empty());
}

TEST_CASE("a gap of more than a second inside a packet drops it", "[signs][alpha-sign]") {
    struct Case {
        std::chrono::milliseconds gap;
        bool taken;
    };
    const auto c = GENERATE(values<Case>({{900ms, true}, {1000ms, true}, {1001ms, false}, {5000ms, false}}));
    Ready ready;
    ready.sender.raw(bytes(R"(00*5 01 "Z00" 02 "Gan")"));
    ready.sender.wait(c.gap);
    ready.sender.raw(bytes(R"("ew" 04)"));
    CHECK(ready.shown() == (c.taken ? "new" : "old"));
    CHECK(ready.errors("gap") == (c.taken ? 0 : 1));
}

TEST_CASE("a packet too soon after the one before is lost", "[signs][alpha-sign]") {
    struct Case {
        std::chrono::milliseconds pause;
        bool taken;
    };
    const auto c = GENERATE(values<Case>({{100ms, false}, {249ms, false}, {250ms, true}, {500ms, true}}));
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_string('a', "one")}, true, c.pause));
    ready.sender.send(transmission(ready.all, {write_string('a', "two")}));
    CHECK(ready.shown() == (c.taken ? "two" : "one"));
    CHECK(ready.errors("too-soon") == (c.taken ? 0 : 1));
}

TEST_CASE("a cleared sign is deaf for a second", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {clear_memory()}, true, 900ms));
    ready.sender.send(transmission(ready.all, {set_memory({File{}})}));
    CHECK(ready.errors("too-soon") == 1);
    ready.sender.send(transmission(ready.all, {write_text('A', ' ', 'b', "HELLO")}));
    CHECK(ready.errors("unknown-file") == 1);
}

TEST_CASE("memory set up without being cleared first shows nothing", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {set_memory({File{}})}));
    ready.sender.send(transmission(ready.all, {write_text('A', ' ', 'b', "HELLO")}));
    CHECK(ready.errors("not-cleared") == 1);
    CHECK(ready.shown().empty());
}

TEST_CASE("a string longer than its file is emptied, not cut", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_string('a', std::string(32, 'x'))}));
    CHECK(ready.shown() == std::string(32, 'x'));
    ready.sender.send(transmission(ready.all, {write_string('a', std::string(33, 'x'))}));
    CHECK(ready.shown().empty());
    CHECK(ready.errors("too-long") == 1);
}

TEST_CASE("a text larger than allocated, or a priority text over 125 bytes, is dropped", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_text('A', ' ', 'b', std::string(300, 'x'))}));
    ready.sender.send(transmission(ready.all, {write_text('0', ' ', 'b', std::string(126, 'x'))}));
    CHECK(ready.errors("too-long") == 2);
    CHECK(ready.shown() == "old");
}

TEST_CASE("an empty priority message with mode bytes blanks the glass; only the bare label releases it",
          "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_text('0', ' ', 'b', "CALL")}));
    CHECK(ready.shown() == "CALL");
    CHECK(ready.sign.glass().page.priority);
    ready.sender.send(transmission(ready.all, {write_text('0', ' ', 'b', "")}));
    CHECK(ready.shown().empty());
    ready.sender.send(transmission(ready.all, {release_priority()}));
    CHECK(ready.shown() == "old");
}

TEST_CASE("nested commands need 100 ms after each STX", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_string('a', "new"), set_time(9, 5)}));
    CHECK(ready.shown() == "new");
    CHECK(ready.sign.clock() == "0905");
    ready.sender.raw(support::joined(transmission(ready.all, {write_string('a', "x"), set_time(9, 6)})));
    CHECK(ready.errors("no-pause") == 2);
    CHECK(ready.shown() == "new");
}

TEST_CASE("a picture needs 100 ms before its rows", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_dots('P', {"101", "010", "101"})}));
    CHECK(ready.sign.errors().empty());
    ready.sender.raw(support::joined(transmission(ready.all, {write_dots('P', {"101", "010", "101"})})));
    CHECK(ready.errors("no-pause") == 1);
}

TEST_CASE("a wrong command among nested ones does not take the others with it", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_string('q', "x"), write_string('a', "new")}));
    CHECK(ready.errors("unknown-file") == 1);
    CHECK(ready.shown() == "new");
}

TEST_CASE("a colour set inside a string leaks into what follows it", "[signs][alpha-sign]") {
    Ready ready;
    ready.sender.send(transmission(ready.all, {write_string('a',
                                                            "\x1c"
                                                            "1late")}));
    ready.sender.send(transmission(ready.all, {write_text('A', ' ', 'b',
                                                          "\x10"
                                                          "a now")}));
    CHECK(ready.sign.glass().page == page_of("late now", Meaning::alarm));
}

TEST_CASE("a power cycle loses the memory", "[signs][alpha-sign]") {
    Ready ready;
    ready.sign.power_cycle();
    CHECK(ready.shown().empty());
    ready.sender.send(transmission(ready.all, {write_string('a', "new")}));
    CHECK(ready.errors("unknown-file") == 1);
    CHECK(ready.shown().empty());
}

TEST_CASE("the sign answers questions and remembers its errors until they are cleared", "[signs][alpha-sign]") {
    Ready ready;
    const auto reply = [&](const Command& command) {
        const auto got = ready.sender.send(transmission(ready.all, {command}));
        return std::string(got.begin(), got.end());
    };
    const std::string no_error = reply(read_errors());
    CHECK(no_error.starts_with(std::string(20, '\0') + "\x01"
                                                       "000\x02"
                                                       "E*@\x03"));
    CHECK(no_error.back() == '\x04');
    reply(write_string('q', "x"));
    CHECK(reply(read_errors()).find("E*`") != std::string::npos);
    reply(clear_errors());
    CHECK(reply(read_errors()) == no_error);
    CHECK(reply(read_memory()).find("aBL00200000") != std::string::npos);
}

TEST_CASE("any bytes at all leave the sign standing", "[signs][alpha-sign]") {
    unsigned state = 12345;
    Ready ready;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        constexpr std::uint8_t likely[] = {0, 0, 0, 0,   0,   0,   1,   'Z', '0', '0',
                                           2, 3, 4, 'A', 'G', 'E', 'I', '$', 'F', 0x1B};
        const auto pick = state >> 16U;
        ready.sender.raw({pick % 3 == 0 ? static_cast<std::uint8_t>(pick) : likely[pick % std::size(likely)]});
        ready.sender.wait(std::chrono::milliseconds(pick % 5));
    }
    CHECK(ready.sign.error_count() > 0);
}
