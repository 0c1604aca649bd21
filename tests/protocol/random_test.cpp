// Any bytes are accepted: nothing throws, and every fault can be said in one clean line.
#include "protocol/replies.hpp"
#include "protocol/text.hpp"

#include "tests/protocol/support.hpp"
#include "tests/support/effort.hpp"

#include <random>

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;

namespace {

constexpr std::uint32_t seed = 419;

/// Pieces of real lines, so that many lines come far before they fail.
const std::vector<std::string> word_pieces{"start",
                                           "book",
                                           "receive",
                                           "delay",
                                           "help",
                                           "watch",
                                           " ",
                                           " ",
                                           " ",
                                           " ",
                                           "R1",
                                           "=",
                                           "\"",
                                           "\\",
                                           "bay=3",
                                           "items=",
                                           "OIL,",
                                           "轮胎:20",
                                           "reason=parts",
                                           "minutes=",
                                           "+30",
                                           "11:00",
                                           "2026-11-21T11:00",
                                           "Z",
                                           "since=",
                                           "9",
                                           "force",
                                           "\n",
                                           "\xFF",
                                           "\xE6",
                                           std::string(1, '\0'),
                                           "as=",
                                           "key=",
                                           "at=",
                                           "maintenance",
                                           "-"};
const std::vector<std::string> json_pieces{
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"jsonrpc\":\"2.0\"",
    "\"method\":",
    "\"start\"",
    "\"params\":",
    "\"id\":",
    "1",
    "\"order\":\"R1\"",
    "null",
    "true",
    "1e999",
    "-0.5",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "18446744073709551616",
    "\"items\":",
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"receive\",\"params\":{\"order\":\"R1\"",
    "\xFF",
    "\"minutes\":"};

std::string random_line(std::mt19937& random, const std::vector<std::string>& pieces) {
    std::string line;
    for (std::size_t count = random() % 14; count > 0; --count) line += pieces[random() % pieces.size()];
    return line;
}

std::string random_bytes(std::mt19937& random) {
    std::string line(random() % 60, ' ');
    for (char& letter : line) letter = static_cast<char>(random());
    return line;
}

bool speaks_cleanly(const Reading& reading, bool valid) {
    const auto* found = std::get_if<Fault>(&reading);
    if (found == nullptr) return true;
    const std::string line = words_fault(found->token, found->sentence);
    const bool one_line = line.find('\n') == line.size() - 1;
    return one_line && !found->token.empty() && !found->sentence.empty() && (!valid || valid_utf8(line));
}

}  // namespace

TEST_CASE("a hundred thousand random lines of words never throw", "[random]") {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Clockwork clock = nine_o_clock();
    int calls = 0;
    for (int i = 0; i < support::effort(100'000); ++i) {
        const std::string line = i % 4 == 0 ? random_bytes(random) : random_line(random, word_pieces);
        const Reading reading = read_words(line, clock);
        REQUIRE(speaks_cleanly(reading, valid_utf8(line)));
        calls += std::holds_alternative<Call>(reading) ? 1 : 0;
        read_scan(line);
    }
    CHECK(calls > support::effort(100));
}

TEST_CASE("a hundred thousand random lines of JSON never throw", "[random]") {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Clockwork clock = nine_o_clock();
    for (int i = 0; i < support::effort(100'000); ++i) {
        const std::string line = i % 4 == 0 ? "{" + random_bytes(random) : "{" + random_line(random, json_pieces);
        const JsonReading reading = read_json_line(i % 7 == 0 ? line.substr(1) : line, clock);
        REQUIRE_FALSE(reading.calls.empty());
        for (const Reading& one : reading.calls) REQUIRE(speaks_cleanly(one, valid_utf8(line)));
    }
}

TEST_CASE("a good JSON line with one byte changed is read or refused, never more", "[random]") {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Clockwork clock = nine_o_clock();
    const std::string good =
        R"([{"jsonrpc":"2.0","id":1,"method":"receive","params":{"order":"R1","plate":"沪A12345","model":"朗逸",)"
        R"("type":"repair","promise":"11:00","items":[{"code":"OIL-1"},{"name":"雨刮","minutes":15}],"wash":false}}])";
    REQUIRE(std::holds_alternative<Call>(read_json_line(good, clock).calls.at(0)));
    for (int i = 0; i < 50'000; ++i) {
        std::string line = good;
        line[random() % line.size()] = static_cast<char>(random());
        const JsonReading reading = read_json_line(line, clock);
        REQUIRE(reading.calls.size() == 1);
        REQUIRE(speaks_cleanly(reading.calls[0], valid_utf8(line)));
    }
}
