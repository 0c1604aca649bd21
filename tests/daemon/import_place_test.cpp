// The one place for a file that is coming in: who holds it, and who loses it.
#include "protocol/json.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
namespace json = boost::json;

namespace {

const std::string header = "order_no,repair_type,advisor,technicians,received_at,promised_at,settled_at\n";

std::string row(const std::string& order) {
    return order + ",repair,A01,T01|101,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:30\n";
}

json::object call(LittleHouse& house, Conversation& talk, const std::string& method, const json::object& parameters) {
    const auto line = house.ask(
        talk, json::serialize(json::object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", parameters}}));
    const auto reply = json::parse(line).as_object();
    return reply.contains("result") ? reply.at("result").as_object() : reply.at("error").as_object();
}

json::object import_file(LittleHouse& house, Conversation& talk, const std::string& text) {
    call(house, talk, "import-part", {{"text", text}});
    return call(house, talk, "import-orders", {});
}

std::string token_in(const json::object& answer) {
    return std::string(answer.at("data").at("token").as_string());
}

}  // namespace

TEST_CASE("a file of which nothing more comes gives its place to a newcomer", "[import]") {
    LittleHouse house;
    const auto idle = house.connect(), other = house.connect();
    call(house, *idle, "import-part", {{"text", header + row("O1")}});
    house.pass(import_yields_after - std::chrono::milliseconds{1});
    CHECK(token_in(call(house, *other, "import-part", {{"text", header}})) == "import-busy");
    call(house, *idle, "import-part", {{"text", row("O2")}});
    house.pass(import_yields_after);
    CHECK(call(house, *other, "import-part", {{"text", header}}).at("bytes") == header.size());
    // No part of a file is taken for the whole.
    for (int i = 0; i < 2; ++i)
        CHECK(token_in(call(house, *idle, "import-part", {{"text", row("O3")}})) == "import-lost");
    CHECK(token_in(call(house, *idle, "import-orders", {})) == "import-lost");
    CHECK(token_in(call(house, *idle, "import-part", {{"text", header}})) == "import-busy");
    CHECK(call(house, *other, "import-orders", {}).at("rows") == 0);
    CHECK(import_file(house, *idle, header + row("O1")).at("stored") == true);
}

TEST_CASE("a file of which nothing more comes is forgotten after a while", "[import]") {
    LittleHouse house;
    std::vector<std::pair<Steady::duration, std::function<void()>>> calls;
    house.house.later = [&calls](Steady::duration wait, std::function<void()> call) {
        calls.emplace_back(wait, std::move(call));
    };
    const auto talk = house.connect();
    call(house, *talk, "import-part", {{"text", header + row("O1")}});
    REQUIRE(calls.size() == 1);
    house.pass(std::chrono::seconds{100});
    call(house, *talk, "import-part", {{"text", row("O2")}});
    house.pass(std::chrono::seconds{20});
    const auto first = calls[0].second;
    first();  // it was not idle all the time
    REQUIRE(calls.size() == 2);
    CHECK_FALSE(house.house.importing.expired());
    house.pass(std::chrono::ceil<std::chrono::milliseconds>(calls[1].first));
    const auto second = calls[1].second;
    second();
    CHECK(house.house.importing.expired());
    CHECK(token_in(call(house, *talk, "import-orders", {})) == "import-lost");
    CHECK(calls.size() == 2);
}

TEST_CASE("whoever may no longer import keeps no place for a file", "[import][revoke]") {
    LittleHouse house;
    const auto talk = house.connect(false), other = house.connect();
    house.ask(*talk, "hello token=" + support::token_of("desk"));
    REQUIRE(call(house, *talk, "import-part", {{"text", header}}).at("bytes") == header.size());
    REQUIRE(token_in(call(house, *other, "import-part", {{"text", header}})) == "import-busy");
    SECTION("it became another device") {
        CHECK(house.ask(*talk, "hello token=" + support::token_of("lounge")).starts_with("OK "));
    }
    SECTION("its token was revoked") {
        talk->dismiss(token_revoked());
    }
    CHECK(call(house, *other, "import-part", {{"text", header}}).at("bytes") == header.size());
}
