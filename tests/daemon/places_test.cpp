// Who gets a place at the door of a real daemon, and that nobody takes them all.
#include "board/daemon/door_places.hpp"
#include "board/daemon/metrics_door.hpp"
#include "tests/daemon/bare.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("the token of one device does not take every place, and the owner sees whose it is and ends it",
          "[abuse][limit]") {
    const auto address = network_address();
    if (!address) {
        WARN("this machine has no address but loopback");
        return;
    }
    const TempDir directory;
    const auto config = network_shop(directory.path());
    const auto hall = "hello token=" + add_token(config, "hall", "display");
    const auto post = "hello token=" + add_token(config, "post", "station");
    DaemonProcess daemon(config);
    const auto from_network = [&] { return client::Client::connect(*address, daemon.port(), daemon_deadline); };
    auto station = from_network();
    REQUIRE(ask(station, post).starts_with("OK kind=station "));
    std::vector<client::Client> screens;
    for (std::size_t i = 0; i < daemon::max_of_one_device; ++i) {
        screens.push_back(from_network());
        REQUIRE(ask(screens.back(), hall).starts_with("OK kind=display "));
    }
    auto one_more = from_network();
    CHECK(ask(one_more, hall).starts_with("ERR too-many-connections there are 64 connections with the token of hall;"));
    CHECK_THROWS(ask(one_more, "ping"));  // and it keeps no place
    CHECK(ask(screens.front(), hall).starts_with("OK kind=display "));
    CHECK(ask(station, "jobs").starts_with("OK "));
    auto again = from_network();
    CHECK(ask(again, post).starts_with("OK kind=station "));
    auto owner = daemon.connect();
    const auto health = ask(owner, R"({"jsonrpc":"2.0","id":1,"method":"health"})");
    CHECK_THAT(health, Catch::Contains(R"("problem":"places-taken","level":"warning","about":"hall","detail":"64")"));
    CHECK(ask(owner, "token-revoke hall").starts_with("OK "));
    for (auto& screen : screens)
        CHECK_THROWS([&] {
            for (;;) screen.wait_line(daemon_deadline);
        }());
}

TEST_CASE("when places run out the last ones are for full tokens and for this computer", "[abuse][limit]") {
    const auto address = network_address();
    if (!address || descriptors(1'200) < 1'200) {
        WARN("this machine has no address but loopback, or too few file descriptors");
        return;
    }
    const TempDir directory;
    const auto config = network_shop(directory.path());
    const auto post = "hello token=" + add_token(config, "post", "station");
    const auto desk = "hello token=" + add_token(config, "chief", "full");
    DaemonProcess daemon(config);
    const auto door = TlsDoor::of(daemon, "0.0.0.0");
    const client::Security security{.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}};
    const auto from_network = [&] { return client::Client::connect(*address, door.port, daemon_deadline, security); };
    std::vector<Bare> here;
    const auto fill_up_to = [&](std::size_t places) {
        while (here.size() < places) {
            here.emplace_back(daemon.port());
            REQUIRE(here.back().line().starts_with("BAYTIME "));
        }
    };
    fill_up_to(daemon::max_connections - daemon::kept_for_this_computer - daemon::kept_for_full_tokens);
    auto station = from_network();
    CHECK_THAT(ask(station, post), Catch::StartsWith("ERR too-many-connections this daemon serves 1024 connections, "
                                                     "the last 64 for its own computer and for full tokens;"));
    CHECK_THROWS(ask(station, "ping"));
    auto chief = from_network();
    CHECK(ask(chief, desk).starts_with("OK kind=full "));
    fill_up_to(daemon::max_connections - daemon::kept_for_this_computer - 1);
    CHECK_THROWS_WITH(from_network(), Catch::Contains("the last 32 for its own computer alone;"));
    auto owner = daemon.connect();
    CHECK_THAT(ask(owner, R"({"jsonrpc":"2.0","id":1,"method":"health"})"), Catch::Contains("\"places-taken\""));
    CHECK(ask(owner, "token-revoke post").starts_with("OK "));
}

TEST_CASE("programs of this computer that say nothing do not keep its owner out", "[abuse][limit]") {
    if (descriptors(1'400) < 1'400) {
        WARN("this machine has too few file descriptors");
        return;
    }
    const TempDir directory;
    const auto config = closed_shop(directory.path(), {}, "hello_seconds = 600\n");
    const auto token = add_token(config, "desk", "full");
    DaemonProcess daemon(config);
    std::vector<Bare> silent;
    for (int host = 2; host < 20; ++host) {
        const auto from = "127.0.0." + std::to_string(host);
        for (std::size_t i = 0; i < daemon::max_unknown_of_one_address; ++i) {
            silent.emplace_back(daemon.port(), from.c_str());
            REQUIRE(silent.back().line().starts_with("BAYTIME "));
        }
    }
    auto owner = daemon.connect();
    CHECK(ask(owner, "hello token=" + token).starts_with("OK kind=full "));
    CHECK_THAT(ask(owner, R"({"jsonrpc":"2.0","id":1,"method":"health"})"), Catch::Contains("\"places-taken\""));
    CHECK(silent.front().rest().empty());  // the oldest left
}

TEST_CASE("another computer has its share of the places, this one all of them", "[limit]") {
    using namespace baytime::daemon;
    const Peer here{.address = "127.0.0.1", .loopback = true, .encrypted = false};
    const Peer other{.address = "192.168.1.20", .loopback = false, .encrypted = true};
    const Device post{.id = "post", .kind = DeviceKind::station, .bay = {}, .token_hash = {}};
    const Taken crowd{.all = 900, .of_address = max_of_one_address, .unknown_of_address = 0, .of_device = 900};
    CHECK_FALSE(no_place(here, crowd).has_value());
    CHECK_FALSE(no_place_as(post, here, false, crowd).has_value());
    REQUIRE(no_place(other, crowd).has_value());
    CHECK(no_place(other, crowd)->why.sentence == "there are 256 connections from 192.168.1.20; close some there");
    CHECK(no_place(other, crowd)->shortage.about == "192.168.1.20");
    CHECK_FALSE(no_place(other, {.all = 900, .of_address = max_of_one_address - 1}).has_value());
    CHECK(no_place_as(post, other, true, crowd)->shortage.about == "post");
    // Who had a place of its own before takes none of those that are kept.
    CHECK(no_place_as(post, other, false, {.all = max_connections}).has_value());
    CHECK_FALSE(no_place_as(post, other, true, {.all = max_connections}).has_value());
}

TEST_CASE("when strangers are too many, the oldest of the address with most of them makes room", "[limit]") {
    using namespace baytime::daemon;
    std::vector<std::string> strangers{"192.168.1.9"};
    for (std::size_t i = 1; i < max_strangers; ++i) {
        CHECK_FALSE(stranger_to_leave(strangers).has_value());
        strangers.push_back("192.168.1." + std::to_string(20 + i % 10));
    }
    for (int i = 0; i < 2; ++i) strangers.emplace_back("192.168.1.20");  // that one has most now
    const auto first = std::ranges::find(strangers, "192.168.1.20") - strangers.begin();
    CHECK(stranger_to_leave(strangers) == static_cast<std::size_t>(first));
    // Where each came once, the oldest leaves.
    std::vector<std::string> crowd;
    for (std::size_t i = 0; i < max_strangers; ++i) crowd.push_back("10.9.1." + std::to_string(i));
    CHECK(stranger_to_leave(crowd) == 0U);
    CHECK(max_strangers + kept_for_this_computer + kept_for_full_tokens < max_connections);
}

TEST_CASE("silent connections do not keep the figures from who asks for them", "[metrics][limit]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path(), "[metrics]\nlisten = \"127.0.0.1:0\"\n"));
    const auto port = TlsDoor::word_after(daemon.log(), "metrics listening=127.0.0.1:");
    std::vector<Bare> silent;
    for (std::size_t i = 0; i < 3 * daemon::max_metrics_connections; ++i) {
        silent.emplace_back(port);
        silent.back().send("GET /metr");  // and never the rest
    }
    const Bare prometheus(port);
    prometheus.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK_THAT(prometheus.rest(),
               Catch::StartsWith("HTTP/1.1 200 OK\r\n") && Catch::Contains("\nbaytime_health_level "));
    for (const auto& one : silent) CHECK(one.rest().empty());  // each loses its place, for a newcomer or after a while
}
