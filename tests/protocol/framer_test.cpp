// The framer: lines out of bytes, however they arrive.
#include "protocol/framer.hpp"

#include "protocol/text.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

using namespace baytime::protocol;
using Kind = Line::Kind;

namespace {

std::vector<Line> drain(Framer& framer) {
    std::vector<Line> out;
    while (auto line = framer.next()) out.push_back(*line);
    return out;
}

std::vector<Line> lines_of(std::string_view bytes) {
    Framer framer;
    framer.feed(bytes);
    return drain(framer);
}

bool same(const std::vector<Line>& one, const std::vector<Line>& other) {
    if (one.size() != other.size()) return false;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (one[i].kind != other[i].kind || one[i].text != other[i].text) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a line ends with LF, and CR before it is dropped", "[framer]") {
    const auto lines = lines_of("ping\nhelp start\r\n\n \t\r\nbye\nunfinished");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].text == "ping");
    CHECK(lines[1].text == "help start");
    CHECK(lines[2].text == "bye");
}

TEST_CASE("the first byte tells JSON from words", "[framer]") {
    const auto lines = lines_of("{\"a\":1}\n[1]\nwords\n {\n");
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].kind == Kind::json);
    CHECK(lines[1].kind == Kind::json);
    CHECK(lines[2].kind == Kind::words);
    CHECK(lines[3].kind == Kind::words);
}

TEST_CASE("each kind of line has its own limit, and the byte beyond it is refused", "[framer]") {
    struct Case {
        std::string first;
        std::size_t limit;
        Kind kind;
    };
    const auto c = GENERATE(values<Case>({{"w", max_words_line, Kind::words}, {"{", max_json_line, Kind::json}}));
    const std::string fits = c.first + std::string(c.limit - 1, 'x');
    const std::string end = GENERATE("\n", "\r\n");
    const auto lines = lines_of(fits + end + fits + "x" + end + "ping" + end);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].kind == c.kind);
    CHECK(lines[0].text == fits);
    CHECK(lines[1].kind == Kind::too_long);
    CHECK(lines[1].text.empty());
    CHECK(lines[2].text == "ping");
}

TEST_CASE("an endless line is reported once, and nothing of it is kept", "[framer]") {
    Framer framer;
    for (int i = 0; i < 1000; ++i) {
        framer.feed(std::string(4096, 'x'));
        REQUIRE_FALSE(framer.next());
    }
    framer.feed("tail\nping\n");
    const auto lines = drain(framer);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].kind == Kind::too_long);
    CHECK(lines[1].text == "ping");
}

TEST_CASE("bytes that are no UTF-8 are refused line by line", "[framer]") {
    const std::string bad = GENERATE(as<std::string>(), "\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80",
                                     "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE6\xB2", "\xFF");
    const auto lines = lines_of("start " + bad + "\n{\"" + bad + "\"}\nstart 沪A·7K8\n");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].kind == Kind::bad_utf8);
    CHECK(lines[1].kind == Kind::bad_utf8);
    CHECK(lines[2].text == "start 沪A·7K8");
}

TEST_CASE("UTF-8 of every length is accepted", "[framer]") {
    CHECK(valid_utf8(
        "a\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
    CHECK(valid_utf8(""));
}

TEST_CASE("how the bytes are cut into reads makes no difference", "[framer]") {
    const std::uint32_t seed = 20261121;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::string stream;
    for (int i = 0; i < 300; ++i) {
        switch (random() % 6) {
            case 0: stream += "start R" + std::to_string(i) + " bay=3\r\n"; break;
            case 1: stream += "{\"method\":\"ping\"}\n"; break;
            case 2: stream += std::string(500 + random() % 30, 'y') + "\n"; break;
            case 3: stream += "沪A·7K8\n\r\n\n"; break;
            case 4: stream += "\xFF\xFE\n"; break;
            default: stream += "[" + std::string(65'520 + random() % 40, 'z') + "\n"; break;
        }
    }
    const auto whole = lines_of(stream);
    for (int round = 0; round < 20; ++round) {
        Framer framer;
        std::vector<Line> lines;
        const std::size_t most = round < 10 ? 7 : 9000;
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t size = 1 + random() % most;
            framer.feed(std::string_view(stream).substr(at, size));
            at += size;
            for (const Line& line : drain(framer)) lines.push_back(line);
        }
        REQUIRE(same(lines, whole));
    }
}
