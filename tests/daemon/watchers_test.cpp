#include "tests/daemon/little_house.hpp"

#include "board/core/views.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
namespace json = boost::json;

namespace {

/// The JSON behind `! view kind seq=n `.
json::object data_of(const std::string& push) {
    return json::parse(push.substr(push.find('{'))).as_object();
}

json::object as_json(const LoungeView& view) {
    return protocol::to_json(view).as_object();
}

}  // namespace

TEST_CASE("a watcher gets a snapshot, then changes that make up the view", "[watch]") {
    LittleHouse house;
    house.receive("R1");
    const auto screen = house.connect();
    auto lines = house.say(*screen, "watch lounge");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "OK view=lounge seq=1");
    CHECK(lines[1].starts_with("! lounge snapshot seq=1 {"));
    auto view = data_of(lines[1]);

    const auto desk = house.connect();
    for (const auto* line : {"assign R1 1 as=201", "start R1 as=101",
                             "receive R2 plate=沪A22222 model=Polo type=repair promise=12:00 as=301"}) {
        REQUIRE(house.ask(*desk, line).starts_with("OK "));
        lines = house.read(*screen);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].starts_with("! lounge change seq="));
        protocol::patch(view, data_of(lines[0]));
        CHECK(view == as_json(lounge_view(house.workshop.board(), house.workshop.shop(), house.clock.now())));
    }
}

TEST_CASE("several commands of one turn are one change", "[watch]") {
    LittleHouse house;
    const auto screen = house.connect(), desk = house.connect();
    house.say(*screen, "watch lounge");
    house.say(*desk, "receive R1 plate=沪A11111 model=Polo type=repair promise=12:00 as=301\nassign R1 1 as=201");
    CHECK(house.read(*screen).size() == 1);
}

TEST_CASE("both spellings get the same change", "[watch]") {
    LittleHouse house;
    const auto words = house.connect(), program = house.connect();
    house.say(*words, "watch lounge");
    const auto lines = house.say(*program, R"({"jsonrpc":"2.0","id":1,"method":"watch","params":{"view":"lounge"}})");
    REQUIRE(lines.size() == 2);
    CHECK(json::parse(lines[1]).at("params").at("kind") == "snapshot");
    house.receive("R1");
    const auto in_words = data_of(house.read(*words).at(0));
    const auto push = json::parse(house.read(*program).at(0));
    CHECK(push.at("method") == "view");
    CHECK(push.at("params").at("data") == in_words);
    CHECK(push.at("params").at("clock").at("offset_minutes") == 480);
}

TEST_CASE("who has seen the newest state gets no snapshot again", "[watch][resume]") {
    LittleHouse house;
    house.receive("R1");
    const auto first = house.connect();
    house.say(*first, "watch lounge");
    house.receive("R2", "沪A22222");
    house.read(*first);
    const auto again = house.connect();
    CHECK(house.say(*again, "watch lounge since=2").at(1) == "! lounge current seq=2");
    const auto behind = house.connect();
    CHECK(house.say(*behind, "watch lounge since=1").at(1).starts_with("! lounge snapshot seq=2"));
    const auto ahead = house.connect();
    CHECK(house.say(*ahead, "watch lounge since=99").at(1).starts_with("! lounge snapshot seq=2"));
}

TEST_CASE("after a restart a snapshot is always sent, because nothing is known of the views before",
          "[watch][resume]") {
    LittleHouse house;
    house.receive("R1");
    const auto screen = house.connect();
    CHECK(house.say(*screen, "watch lounge since=1").at(1).starts_with("! lounge snapshot seq=1"));
}

TEST_CASE("a view that time has changed is sent again although no event came", "[watch][resume]") {
    LittleHouse house;
    house.receive("R1");
    const auto screen = house.connect();
    house.say(*screen, "watch lounge");
    house.receive("R2", "沪A22222");  // the view's newest change is now known by its event
    house.read(*screen);
    const auto next = house.watchers.next_change();
    REQUIRE(next);
    house.clock.not_before(*next);
    house.watchers.refresh();
    const auto lines = house.read(*screen);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].starts_with("! lounge change seq=2 "));
    const auto again = house.connect();
    CHECK(house.say(*again, "watch lounge since=2").at(1).starts_with("! lounge snapshot seq=2"));
}

TEST_CASE("nobody watching means nothing to wake for", "[watch]") {
    LittleHouse house;
    house.receive("R1");
    CHECK_FALSE(house.watchers.next_change());
    auto screen = house.connect();
    house.say(*screen, "watch lounge");
    CHECK(house.watchers.next_change());
    screen.reset();
    house.watchers.refresh();
    CHECK_FALSE(house.watchers.next_change());
    CHECK(house.watchers.count() == 0);
}

TEST_CASE("a slow watcher loses old changes and gets one fresh snapshot", "[watch][slow]") {
    LittleHouse house;
    const auto slow = house.connect();
    house.say(*slow, "watch workshop");
    bool dropped = false;
    for (int i = 0, before = 0; i < 1500 && !dropped; ++i) {
        house.pass(std::chrono::seconds{1});
        house.receive("S" + std::to_string(i), "沪A" + std::to_string(10000 + i));
        const auto waiting = static_cast<int>(slow->outbox().waiting());
        CHECK(slow->outbox().waiting() <= max_output_bytes);
        dropped = waiting < before;
        before = waiting;
    }
    REQUIRE(dropped);
    house.receive("LAST", "沪B99999");
    CHECK(slow->outbox().waiting() == 0);
    CHECK(house.read(*slow).empty());  // nothing old comes; now that all is written, it catches up
    const auto lines = house.read(*slow);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].starts_with("! workshop snapshot seq=" + std::to_string(house.workshop.board().seq)));
    CHECK(
        data_of(lines[0]) ==
        protocol::to_json(workshop_view(house.workshop.board(), house.workshop.shop(), house.clock.now())).as_object());
}

TEST_CASE("a watcher of events gets every event after the one it has seen, in order", "[watch][events]") {
    LittleHouse house;
    for (int i = 0; i < 700; ++i) house.receive("R" + std::to_string(i), "沪A" + std::to_string(10000 + i));
    const auto program = house.connect();
    auto lines = house.say(*program, "watch events since=10");
    std::uint64_t seen = 10;
    const auto newest = house.workshop.board().seq;  // the cars, and that most are at risk
    lines.erase(lines.begin());
    for (int round = 0; seen < newest && round < 10; ++round) {
        for (const auto& line : lines) {
            REQUIRE(line.starts_with("! events event seq=" + std::to_string(seen + 1) + " {"));
            ++seen;
        }
        lines = house.read(*program);
    }
    CHECK(seen == newest);
    house.receive("R701");
    lines = house.read(*program);
    REQUIRE_FALSE(lines.empty());
    const auto event = data_of(lines[0]);
    CHECK(event.at("fact") == "received");
    CHECK(event.at("order") == "R701");
    CHECK(event.at("who") == "301");
    CHECK(event.at("data").at("plate") == "沪A12345");
}

TEST_CASE("unwatching ends the pushes, also those that waited", "[watch]") {
    LittleHouse house;
    const auto screen = house.connect();
    house.say(*screen, "watch lounge");
    house.receive("R1");  // waits in the outbox
    const auto lines = house.say(*screen, "unwatch lounge");
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == "OK view=lounge changed=yes");
    house.receive("R2", "沪A22222");
    CHECK(house.read(*screen).empty());
}

TEST_CASE("views that do not exist are refused with what would work", "[watch]") {
    LittleHouse house;
    const auto talk = house.connect();
    CHECK(house.ask(*talk, "watch kitchen").starts_with("ERR unknown-view "));
    CHECK(house.ask(*talk, "watch bay:99").starts_with("ERR unknown-bay "));
    CHECK(house.say(*talk, "watch bay:3").at(1).starts_with("! bay:3 snapshot seq=0 {"));
}

TEST_CASE("watchers hear a ping once, however many views they watch, and the farewell", "[watch]") {
    LittleHouse house;
    const auto talk = house.connect();
    house.say(*talk, "watch lounge\nwatch alerts");
    house.watchers.ping();
    auto lines = house.read(*talk);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].starts_with("! ping seq=0 now=2026-11-21T01:00:00Z"));
    house.watchers.farewell();
    lines = house.read(*talk);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == "! stopping");
}
