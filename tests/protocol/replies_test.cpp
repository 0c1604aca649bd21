// What the daemon says, in both spellings.
#include "protocol/replies.hpp"
#include "protocol/words.hpp"

#include "tests/protocol/support.hpp"

#include <random>

using namespace baytime;
using namespace baytime::protocol;

namespace {

Result two_jobs() {
    Result result;
    result.members["count"] = 2;
    result.lines_name = "jobs";
    result.lines.push_back(json::object{{"order", "R1"}, {"plate", "沪A·12345"}, {"told", true}});
    result.lines.push_back(json::object{{"order", "R2"}, {"plate", ""}, {"told", false}});
    return result;
}

}  // namespace

TEST_CASE("the greeting names protocol, product, shop and sequence number", "[replies]") {
    CHECK(greeting("baytimed/0.1.0", "城西服务站", 1234) ==
          "BAYTIME 1 product=baytimed/0.1.0 shop=\"城西服务站\" seq=1234\n");
    CHECK(greeting("baytimed/0.1.0", "A \"B\"", 0) == "BAYTIME 1 product=baytimed/0.1.0 shop=\"A \\\"B\\\"\" seq=0\n");
}

TEST_CASE("a reply in words is lines and one OK", "[replies]") {
    CHECK(words_reply(two_jobs()) ==
          "- order=R1 plate=沪A·12345 told=yes\n"
          "- order=R2 plate=\"\" told=no\n"
          "OK count=2\n");
    CHECK(words_reply({}) == "OK\n");
    CHECK(words_fault("bay-busy", "bay 3 holds R7\nfinish it") == "ERR bay-busy bay 3 holds R7 finish it\n");
}

TEST_CASE("a reply in JSON is the same members", "[replies]") {
    CHECK(json::parse(json_reply(7, two_jobs())) == json::parse(R"({"jsonrpc":"2.0","id":7,"result":{"count":2,"jobs":[
              {"order":"R1","plate":"沪A·12345","told":true},{"order":"R2","plate":"","told":false}]}})"));
    CHECK(json::parse(json_fault("a", -32000, "bay-busy", "bay 3 holds R7")) ==
          json::parse(R"({"jsonrpc":"2.0","id":"a","error":{"code":-32000,"message":"bay 3 holds R7",
                          "data":{"token":"bay-busy"}}})"));
    CHECK(json_batch({"{}", "[1]"}) == "[{},[1]]\n");
}

TEST_CASE("a push says view, kind, sequence number and data", "[replies]") {
    const Push push{.view = "lounge",
                    .kind = "change",
                    .seq = 12,
                    .clock = {{"now", "2026-11-21T01:00:00Z"}, {"speed", 1}, {"offset_minutes", 480}},
                    .data = json::object{{"set", json::object{{"shop", "城西"}}}}};
    CHECK(words_push(push) == "! lounge change seq=12 {\"set\":{\"shop\":\"城西\"}}\n");
    CHECK(json::parse(json_push(push)) ==
          json::parse(R"({"jsonrpc":"2.0","method":"view","params":{"view":"lounge","kind":"change","seq":12,
              "clock":{"now":"2026-11-21T01:00:00Z","speed":1,"offset_minutes":480},"data":{"set":{"shop":"城西"}}}})"));
    Push current = push;
    current.kind = "current";
    current.data = nullptr;
    CHECK(words_push(current) == "! lounge current seq=12\n");
    CHECK_FALSE(json::parse(json_push(current)).at("params").as_object().contains("data"));
}

TEST_CASE("a ping carries the clock", "[replies]") {
    const json::object clock{{"now", "2026-11-21T01:00:00Z"}, {"speed", 60}};
    CHECK(words_ping(14, clock) == "! ping seq=14 now=2026-11-21T01:00:00Z speed=60\n");
    CHECK(json::parse(json_ping(14, clock)) == json::parse(R"({"jsonrpc":"2.0","method":"ping","params":{"seq":14,
                          "clock":{"now":"2026-11-21T01:00:00Z","speed":60}}})"));
}

TEST_CASE("values in words are bare when they can be", "[replies]") {
    CHECK(word("R1023") == "R1023");
    CHECK(word("two words") == "\"two words\"");
    CHECK(word("") == "\"\"");
    CHECK(word(true) == "yes");
    CHECK(word(false) == "no");
    CHECK(word(42) == "42");
    CHECK(word(json::array{"101", "102"}) == "101,102");
    CHECK(word(json::array{}) == "\"\"");
    CHECK(word(nullptr) == "\"\"");
    CHECK(word(json::array{json::object{{"a", 1}}}) == R"("[{\"a\":1}]")");
}

TEST_CASE("any text comes back from words as it went in", "[replies]") {
    const std::uint32_t seed = 7420;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> pieces{"a", " ", "\"", "\\", "\n", "=", "沪", "·", "n", "-", "!", "{", "🚗", "'"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t i = random() % 12; i > 0; --i) text += pieces[random() % pieces.size()];
        const auto cut = split_words("name=" + word(json::string(text)) + " " + word(json::string(text)));
        const auto* words = std::get_if<std::vector<Word>>(&cut);
        CAPTURE(text);
        REQUIRE(words != nullptr);
        REQUIRE(words->size() == 2);
        REQUIRE(words->at(0).name == "name");
        REQUIRE(words->at(0).value == text);
        REQUIRE(words->at(1).value == text);
        REQUIRE_FALSE(words->at(1).named);
    }
}
