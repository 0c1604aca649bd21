// What strangers may ask, and how much output may wait.
#include "board/daemon/tcp_door.hpp"
#include "protocol/json.hpp"
#include "tests/daemon/bare.hpp"
#include "tests/daemon/little_house.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::Bare;
using support::LittleHouse;
namespace json = boost::json;

TEST_CASE("the list of all verbs is told in both spellings, to an id of any kind", "[help]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto count = protocol::verbs().size();
    for (int again = 0; again < 2; ++again) {
        const auto words = house.say(*talk, "help");
        REQUIRE(words.size() == count + 1);
        CHECK_THAT(words.front(), Catch::StartsWith("- verb="));
        CHECK(words.back() == "OK count=" + std::to_string(count));
        for (const auto* id : {"1", "\"a\\\"b\""}) {
            const auto line = house.ask(*talk, std::string(R"({"jsonrpc":"2.0","id":)") + id + R"(,"method":"help"})");
            const auto reply = json::parse(line).as_object();
            CHECK(reply.at("jsonrpc") == "2.0");
            CHECK(json::serialize(reply.at("id")) == id);
            CHECK(reply.at("result").at("count") == count);
            CHECK(reply.at("result").at("verbs").as_array().size() == count);
        }
    }
    CHECK(house.ask(*talk, "help start").starts_with("OK verb=start "));
    CHECK(house.ask(*talk, "help nothing").starts_with("ERR unknown-verb "));
}

TEST_CASE("who has not said who it is asks little, and says it all the same after a moment", "[limit]") {
    auto settings = support::little_settings();
    settings.open = false;
    LittleHouse house(settings);
    const auto talk = house.connect(false);
    constexpr int at_once = static_cast<int>(requests_before_hello * burst_seconds);
    for (int i = 0; i < at_once; ++i) CHECK(house.ask(*talk, "ping").starts_with("OK "));
    const auto hello = "hello token=" + support::token_of("desk");
    for (const auto& line : {std::string("help"), hello})
        CHECK_THAT(house.ask(*talk, line), Catch::StartsWith("ERR too-many-requests more than 20 requests a second "
                                                             "before hello;"));
    house.pass(std::chrono::seconds{1});
    CHECK(house.ask(*talk, hello).starts_with("OK kind=full "));
    for (int i = 0; i < 10 * at_once; ++i) house.ask(*talk, "ping");
    CHECK_THAT(house.ask(*talk, "ping"), Catch::StartsWith("ERR too-many-requests more than 200 "));
}

TEST_CASE("what waits to be read is counted over all connections, and leaves with them", "[output]") {
    LittleHouse house;
    {
        const auto one = house.connect(), other = house.connect();
        one->greet();
        const auto greeting = house.house.output_waiting;
        CHECK(greeting == one->outbox().waiting());
        other->receive("watch lounge\nping\n");
        other->outbox().take();  // written, and not read yet
        CHECK(house.house.output_waiting == greeting + other->outbox().waiting());
        CHECK(other->outbox().waiting() > 0);
        house.read(*other);
        CHECK(house.house.output_waiting == greeting);
        other->receive("watch lounge\nunwatch lounge\n");
        other->outbox().abandon();
        CHECK(house.house.output_waiting == greeting);
    }
    CHECK(house.house.output_waiting == 0);
}

TEST_CASE("when too much waits over all connections the worst reader is dropped, and no other", "[output][door]") {
    auto settings = support::little_settings();
    settings.requests_per_second = 1'000'000;
    LittleHouse house(settings);
    std::vector<TurnedAway> refusals;
    house.house.turned_away = [&refusals](const TurnedAway& one) { refusals.push_back(one); };
    house.house.output_limit = max_output_bytes * 3 / 2;
    boost::asio::io_context io;
    TcpDoor door(io, house.house, {{.address = "127.0.0.1", .port = 0, .tls = nullptr}});
    const auto place = door.listening_on().front();
    const auto port = place.substr(place.rfind(':') + 1);
    const auto ask_until = [&io](const Bare& who, const auto& enough) {
        for (int i = 0; i < 20'000 && !enough(); ++i) {
            who.send("help\n");
            io.poll();
        }
        REQUIRE(enough());
    };
    const Bare deaf(port);
    ask_until(deaf, [&house] { return house.house.output_waiting >= max_output_bytes; });
    const Bare slow(port);
    ask_until(slow, [&refusals] { return !refusals.empty() && refusals.back().verb == "connect"; });
    CHECK(refusals.back().token == "too-much-output");
    CHECK(door.connections() == 1);
    CHECK(house.house.output_waiting <= house.house.output_limit);
    CHECK_THAT(deaf.rest(), !Catch::Contains("(nothing more)"));  // closed
}
