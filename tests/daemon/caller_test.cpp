#include "board/daemon/log.hpp"
#include "board/daemon/seldom.hpp"
#include "protocol/json.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;

namespace {

Settings closed() {
    auto settings = support::little_settings();
    settings.open = false;
    return settings;
}

}  // namespace

TEST_CASE("who repeats a wrong token is one line of the log a second, with a count", "[identity][log]") {
    LittleHouse house(closed());
    const auto talk = house.connect(false);
    const auto guess = [&] { CHECK(house.ask(*talk, "hello token=guess").starts_with("ERR ")); };
    guess();
    const auto said = log::kept_lines().back();
    CHECK_THAT(said, Catch::Contains(" identity_refused from=192.168.1.20 ") && Catch::EndsWith(" times=1"));
    for (int i = 0; i < 29; ++i) guess();
    CHECK(log::kept_lines().back() == said);
    house.pass(said_every);
    guess();
    CHECK_THAT(log::kept_lines().back(), Catch::EndsWith(" times=30"));
    CHECK(house.ask(*talk, "hello token=" + support::token_of("desk")).starts_with("OK "));
}

TEST_CASE("many peers at once are told apart up to a limit, then said as one", "[log]") {
    Seldom seldom;
    const Steady::time_point now{std::chrono::hours{1}};
    std::size_t said = 0;
    for (int i = 0; i < 5000; ++i) said += seldom.say("10.1.0." + std::to_string(i % 254), now) ? 1 : 0;
    CHECK(said == max_told_apart + 1);
    CHECK(seldom.say("10.1.0.200", now + said_every) == std::uint64_t{1});  // the others are forgotten by then
}

TEST_CASE("without a token nothing is shown or done, but help and ping", "[identity]") {
    LittleHouse house(closed());
    const auto talk = house.connect();
    for (const auto* line : {"jobs", "watch lounge", "health", "start R1 as=101", "bays"})
        CHECK(house.ask(*talk, line).starts_with("ERR who-are-you "));
    for (const auto* line : {"help", "ping", "version", "help start"}) CHECK(house.ask(*talk, line).starts_with("OK"));
}

TEST_CASE("an open shop is open to its own computer only", "[identity]") {
    LittleHouse house;
    const auto here = house.connect(true), elsewhere = house.connect(false);
    CHECK(house.ask(*here, "jobs").starts_with("OK "));
    CHECK(house.ask(*elsewhere, "jobs").starts_with("ERR who-are-you "));
    CHECK(house.ask(*elsewhere, "hello device=desk").starts_with("ERR bad-token "));
    CHECK(house.ask(*elsewhere, "hello staff=301").starts_with("ERR who-are-you "));
}

TEST_CASE("a display gets the lounge view and nothing else", "[identity][display]") {
    LittleHouse house;
    house.receive("R1023", "沪A7D3K8");
    const auto talk = house.connect(false);
    CHECK(house.ask(*talk, "hello token=" + support::token_of("lounge")) == "OK kind=display device=lounge seq=1");
    std::string seen;
    for (const auto& verb : protocol::verbs()) {
        if (verb.name == "hello" || verb.name == "bye" || verb.access == protocol::Access::anyone) continue;
        auto line = std::string(verb.name);
        for (const auto& parameter : verb.parameters) {
            if (!parameter.required) continue;
            const bool time = parameter.type == "time", choice = parameter.type.find('|') != std::string::npos;
            line += " " + parameter.name + "=" +
                    (choice                     ? parameter.type.substr(0, parameter.type.find('|'))
                     : time                     ? "11:00"
                     : parameter.type == "date" ? "2026-11-21"
                                                : "1");
        }
        CAPTURE(line);
        const auto reply = house.ask(*talk, line);
        CHECK(reply.starts_with("ERR not-allowed "));
        seen += reply;
    }
    for (const auto* line : {"watch workshop", "watch events since=0", "watch bay:1", "watch alerts", "hello badge=301",
                             R"({"jsonrpc":"2.0","id":1,"method":"jobs"})"}) {
        CAPTURE(line);
        const auto reply = house.ask(*talk, line);
        CHECK(reply.find("not-allowed") != std::string::npos);
        seen += reply;
    }
    for (const auto& line : house.say(*talk, "watch lounge")) seen += line;
    CHECK(seen.find("沪A·7**K8") != std::string::npos);
    for (const auto* secret : {"7D3K8", "D3", "R1023", "陈静", "301"}) CHECK(seen.find(secret) == std::string::npos);
}

TEST_CASE("a connection that becomes a display stops seeing what displays may not see", "[identity][display]") {
    LittleHouse house;
    house.receive("R1023", "沪A7D3K8");
    const auto talk = house.connect(), desk = house.connect();
    house.say(*talk, "watch workshop\nwatch events since=0\nwatch lounge\nhello token=" + support::token_of("desk"));
    CHECK(house.ask(*desk, "assign R1023 1 as=201").starts_with("OK "));
    CHECK(house.read(*talk).size() > 2);  // another device that may see them all

    const bool in_one_piece = GENERATE(false, true);
    const auto display = "hello token=" + support::token_of("lounge");
    if (in_one_piece) {  // the command is decided after hello was understood
        house.say(*talk, "finish R1023 as=101\nwatch bay:1\nwatch alerts\n" + display);
    } else {
        house.say(*talk, display);
    }
    house.ask(*desk, "start R1023 as=101");
    house.ask(*desk, "contact R1023 who=陈静 phone as=301");
    for (const auto& line : house.read(*talk)) {
        CAPTURE(line);
        CHECK(line.starts_with("! lounge "));
    }
    CHECK(house.ask(*talk, "unwatch lounge").find("changed=yes") != std::string::npos);
}

TEST_CASE("a station names people by badge, a command's own name goes before the connection's", "[identity]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect(false);
    CHECK(house.ask(*talk, "hello token=" + support::token_of("scan-3")) ==
          "OK kind=station device=scan-3 bay=3 seq=1");
    CHECK(house.ask(*talk, "assign R1 1").starts_with("ERR who-are-you "));
    CHECK(house.ask(*talk, "assign R1 1 as=999").starts_with("ERR who-are-you "));
    CHECK(house.ask(*talk, "hello badge=T101").find("staff=101 name=李伟 role=technician") != std::string::npos);
    CHECK(house.ask(*talk, "assign R1 1").starts_with("ERR not-permitted "));
    CHECK(house.ask(*talk, "assign R1 1 as=201").starts_with("OK "));
    CHECK(house.ask(*talk, "start R1").starts_with("OK "));
    CHECK(house.journal.events.back().who == "101");
}

TEST_CASE("staff and PIN name a person, for the connection or for one command", "[identity]") {
    LittleHouse house(closed());
    const auto talk = house.connect(false);
    CHECK(house.ask(*talk, "hello token=" + support::token_of("desk") + " staff=301 pin=4711")
              .starts_with("OK kind=full"));
    CHECK(house.ask(*talk, "receive R1 plate=沪A12345 model=x type=repair promise=11:00").starts_with("OK "));
    CHECK(house.ask(*talk, "hello staff=301 pin=1").starts_with("ERR bad-pin "));
    CHECK(house.ask(*talk, "estimate R1 11:30 staff=301 pin=2").starts_with("ERR bad-pin "));
    CHECK(house.ask(*talk, "estimate R1 11:30 staff=301 pin=4711").starts_with("OK "));
}

TEST_CASE("at a desk a badge alone names nobody, staff and PIN do", "[identity]") {
    const bool open = GENERATE(false, true);
    CAPTURE(open);
    LittleHouse house;
    house.receive("R1");
    if (!open) house.reload(closed());
    const auto talk = house.connect(open);
    REQUIRE(house.ask(*talk, "hello token=" + support::token_of("desk")).starts_with("OK kind=full"));
    for (const auto* line : {"cancel R1 none as=301", "cancel R1 none as=T301", "hello badge=301", "hello badge=999"}) {
        CAPTURE(line);
        CHECK(house.ask(*talk, line).starts_with("ERR not-allowed "));
    }
    CHECK(house.ask(*talk, "cancel R1 none staff=301").starts_with("ERR bad-pin "));
    CHECK(house.ask(*talk, "cancel R1 none staff=301 pin=4711").starts_with("OK "));
}

TEST_CASE("in an open shop a desk that was picked without its token takes badges", "[identity]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    CHECK(house.ask(*talk, "hello device=desk badge=T301").find("staff=301") != std::string::npos);
    CHECK(house.ask(*talk, "assign R1 1 as=201").starts_with("OK "));
}

TEST_CASE("hello names one person in one way", "[identity]") {
    LittleHouse house;
    const auto talk = house.connect();
    CHECK(house.ask(*talk, "hello staff=301 badge=101").starts_with("ERR bad-value staff and badge"));
    CHECK(house.ask(*talk, "hello pin=4711").starts_with("ERR missing-parameter staff is missing"));
    CHECK(house.ask(*talk, "hello badge=301 pin=4711").starts_with("ERR missing-parameter staff is missing"));
    CHECK(house.ask(*talk, "hello staff=").starts_with("ERR bad-value "));
    CHECK(house.ask(*talk, "hello badge=").starts_with("ERR bad-value "));
    CHECK(house.ask(*talk, "hello staff=301 pin=4711").find("staff=301") != std::string::npos);
}

TEST_CASE("a failed hello changes nothing", "[identity]") {
    LittleHouse house(closed());
    const auto talk = house.connect(false);
    house.ask(*talk, "hello token=" + support::token_of("scan-3"));
    CHECK(
        house.ask(*talk, "hello token=" + support::token_of("desk") + " staff=301 pin=1").starts_with("ERR bad-pin "));
    CHECK(house.ask(*talk, "hello").find("device=scan-3") != std::string::npos);
}

TEST_CASE("another device forgets the person of the one before", "[identity]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    house.ask(*talk, "hello device=scan-3 badge=201");
    CHECK(house.ask(*talk, "assign R1 1").starts_with("OK "));
    house.ask(*talk, "hello device=desk");
    CHECK(house.ask(*talk, "unassign R1").starts_with("ERR who-are-you "));
}

TEST_CASE("hello counts for the rest of the same piece of input", "[identity]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect(false);
    const auto lines = house.say(*talk, "hello token=" + support::token_of("scan-3") + " badge=201\nassign R1 1");
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].starts_with("OK order=R1 state=assigned"));
}

TEST_CASE("a reload dismisses devices that are gone or have another token, and nobody else", "[identity][reload]") {
    LittleHouse house;
    const auto station = house.connect(false), desk = house.connect(false), stranger = house.connect(),
               visitor = house.connect();
    house.ask(*station, "hello token=" + support::token_of("scan-3"));
    house.ask(*desk, "hello token=" + support::token_of("desk"));
    house.ask(*visitor, "cancel R1 none as=301");
    auto next = support::little_settings();
    next.devices[1].token_hash = hash_token("another token of the station");
    next.open = false;
    house.reload(next);
    CHECK_FALSE(station->still_welcome());
    CHECK(desk->still_welcome());
    CHECK(stranger->still_welcome());
    CHECK_FALSE(visitor->still_welcome());
}

TEST_CASE("nothing that was asked behind the revoking of the own token is done", "[identity][revoke]") {
    LittleHouse house(closed());
    int added = 0;
    house.house.tokens = [&](std::string_view verb, const protocol::Query&, const std::string& by) -> Outcome {
        if (verb == "token-revoke") {
            auto next = closed();
            std::erase_if(next.devices, [&by](const Device& one) { return one.id == by; });
            house.reload(next);
        } else {
            ++added;
        }
        return protocol::Result{};
    };
    const auto desk = house.connect(false), station = house.connect(false);
    REQUIRE(house.ask(*desk, "hello token=" + support::token_of("desk") + " staff=301 pin=4711").starts_with("OK "));
    REQUIRE(house.ask(*station, "hello token=" + support::token_of("scan-3")).starts_with("OK "));
    const std::string receive =
        R"({"jsonrpc":"2.0","id":2,"method":"receive","params":{"order":"R1","plate":"沪A12345","model":"x",)"
        R"("type":"repair","promise":"11:00"}})";
    const auto lines = house.say(
        *desk, R"([{"jsonrpc":"2.0","id":1,"method":"token-revoke","params":{"device":"desk"}},)" + receive +
                   R"(,{"jsonrpc":"2.0","id":3,"method":"token-add","params":{"device":"evil","kind":"full"}}])"
                   "\ntoken-add evil2 full\nreceive R2 plate=沪A12345 model=x type=repair promise=11:00\njobs\nping");
    REQUIRE(lines.size() == 5);
    const auto replies = boost::json::parse(lines[0]).as_array();
    REQUIRE(replies.size() == 3);
    CHECK(replies[0].as_object().contains("result"));
    for (const std::size_t i : {1U, 2U}) CHECK(replies[i].at("error").at("data").at("token") == "token-revoked");
    for (std::size_t i = 1; i < lines.size(); ++i) CHECK(lines[i].starts_with("ERR token-revoked "));
    CHECK(added == 0);
    CHECK(house.journal.events.empty());
    CHECK(house.ask(*station, "receive R3 plate=沪A12345 model=x type=repair promise=11:00 as=301").starts_with("OK "));
}
