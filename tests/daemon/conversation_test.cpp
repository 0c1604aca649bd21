#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
namespace json = boost::json;

TEST_CASE("replies come in the order of the requests, however they are answered", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    const auto lines = house.say(*talk, "ping\nassign R1 1 as=201\nnonsense\nstart R1 as=101\nping");
    REQUIRE(lines.size() == 5);
    CHECK(lines[0].starts_with("OK now="));
    CHECK(lines[1].starts_with("OK order=R1 state=assigned"));
    CHECK(lines[2].starts_with("ERR unknown-verb "));
    CHECK(lines[3].starts_with("OK order=R1 state=in_progress"));
    CHECK(lines[4].starts_with("OK now="));
}

TEST_CASE("a question after a command sees what the command did", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    const auto lines = house.say(*talk, "assign R1 2 as=201\nshow R1");
    REQUIRE(lines.size() >= 2);
    CHECK(lines.back().find("bay=2") != std::string::npos);
}

TEST_CASE("a batch is answered by one line, in order, without its notifications", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    const auto lines = house.say(
        *talk,
        R"([{"jsonrpc":"2.0","id":1,"method":"assign","params":{"order":"R1","bay":"1","as":"201"}},)"
        R"({"jsonrpc":"2.0","method":"start","params":{"order":"R1","as":"101"}},)"
        R"({"jsonrpc":"2.0","id":2,"method":"show","params":{"order":"R1"}},{"jsonrpc":"2.0","id":3,"method":"x"}])");
    REQUIRE(lines.size() == 1);
    const auto replies = json::parse(lines[0]).as_array();
    REQUIRE(replies.size() == 3);
    CHECK(replies[0].at("result").at("state") == "assigned");
    CHECK(replies[1].at("result").at("state") == "in_progress");
    CHECK(replies[2].at("error").at("code") == -32601);
}

TEST_CASE("a notification is done and not answered", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    CHECK(house.say(*talk, R"({"jsonrpc":"2.0","method":"assign","params":{"order":"R1","bay":"1","as":"201"}})")
              .empty());
    CHECK(house.workshop.board().find("R1")->bay == "1");
}

TEST_CASE("bytes may come in any pieces", "[conversation]") {
    LittleHouse house;
    const auto talk = house.connect();
    for (const char c : std::string("ping\r\nping\n")) talk->receive(std::string_view(&c, 1));
    CHECK(house.read(*talk).size() == 2);
}

TEST_CASE("lines that are too long or no UTF-8 are refused, and the next one is read", "[conversation][limit]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto lines = house.say(*talk, std::string(600, 'x') + "\n\xff\xfe\nping");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].starts_with("ERR line-too-long "));
    CHECK(lines[1].starts_with("ERR bad-utf8 "));
    CHECK(lines[2].starts_with("OK "));
}

TEST_CASE("too many commands a second are refused, and served again a little later", "[conversation][limit]") {
    LittleHouse house;
    const auto talk = house.connect();
    std::string many;
    for (int i = 0; i < 500; ++i) many += "ping\n";
    const auto lines = house.say(*talk, many);
    CHECK(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("OK "); }) == 400);
    CHECK(lines.back().starts_with("ERR too-many-requests "));
    house.pass(std::chrono::seconds{1});
    CHECK(house.ask(*talk, "ping").starts_with("OK "));
}

TEST_CASE("the commands in flight of one connection are limited", "[conversation][limit]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    std::string many;
    for (int i = 0; i < 140; ++i) many += "assign R1 " + std::to_string(1 + i % 2) + " as=201\n";
    const auto lines = house.say(*talk, many);
    REQUIRE(lines.size() == 140);
    CHECK(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("OK "); }) == 128);
    CHECK(lines.back().starts_with("ERR too-many-in-flight "));
    CHECK(house.ask(*talk, "assign R1 3 as=201").starts_with("OK "));
}

TEST_CASE("a client that asks and never reads is refused, then given up", "[conversation][limit]") {
    LittleHouse house;
    for (int i = 0; i < 300; ++i) house.receive("R" + std::to_string(i), "沪A" + std::to_string(10000 + i));
    const auto talk = house.connect();
    std::size_t most = 0;
    for (int i = 0; i < 40; ++i) {
        talk->receive("jobs\n");
        most = std::max(most, talk->outbox().waiting());
    }
    CHECK(talk->outbox().full());
    CHECK(most < 2 * max_output_bytes);
    CHECK_FALSE(talk->finished());
    const auto lines = house.read(*talk);
    CHECK(lines.back().starts_with("ERR too-much-output "));
    CHECK(house.ask(*talk, "ping").starts_with("OK "));
    for (int i = 0; i < 100'000 && !talk->finished(); ++i) {
        house.pass(std::chrono::seconds{1});
        talk->receive("jobs\n");
    }
    CHECK(talk->finished());
}

TEST_CASE("a client that stops sending still gets all its answers", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    talk->receive("assign R1 1 as=201\nping\n");
    talk->input_ended();
    CHECK_FALSE(talk->finished());
    house.turn();
    CHECK(house.read(*talk).size() == 2);
    CHECK(talk->finished());
}

TEST_CASE("nothing is read after bye", "[conversation]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto lines = house.say(*talk, "ping\nbye\nping");
    REQUIRE(lines.size() == 2);
    CHECK(lines[1] == "OK");
    CHECK(talk->finished());
}

TEST_CASE("the greeting names product, shop and sequence number", "[conversation]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    talk->greet();
    CHECK(house.read(*talk).at(0) == "BAYTIME 1 product=baytimed/" BAYTIME_VERSION " shop=\"城西服务站\" seq=1");
}
