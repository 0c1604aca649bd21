// What an unkind neighbour on the network can do to a real daemon, and what it says to that.
#include "board/daemon/identity.hpp"
#include "board/daemon/tcp_door.hpp"
#include "protocol/verbs.hpp"
#include "tests/daemon/bare.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace baytime;
using namespace baytime::support;

namespace {

std::size_t resident_kib(pid_t id) {
    std::ifstream status("/proc/" + std::to_string(id) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

/// A value that a parameter of this type takes.
std::string some_value(const protocol::Parameter& one) {
    if (const auto bar = one.type.find('|'); bar != std::string::npos) return one.type.substr(0, bar);
    if (one.type == "order") return "R1";
    if (one.type == "id") return "1";
    if (one.type == "time") return "+30";
    if (one.type == "date") return "today";
    if (one.type == "minutes" || one.type == "number") return "5";
    if (one.type == "yes/no") return "yes";
    if (one.type == "amount") return "1";
    if (one.type == "items") return "x:5";
    return one.name == "plate" ? "沪A12345" : one.name == "view" ? "workshop" : "x";
}

/// The verb with every parameter it takes.
std::string full_line(const protocol::Verb& verb) {
    std::string line(verb.name);
    for (const auto& one : verb.parameters) {
        if (one.name != "pin" && one.name != "staff") line += " " + one.name + "=" + some_value(one);
    }
    return line;
}

const char* const receive_r1 = "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301";

}  // namespace

TEST_CASE("of ten thousand connections the first are served and the others told why not", "[abuse][limit]") {
    const auto most = std::min<std::size_t>(10'000, descriptors(10'300) - 200);
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    auto desk = daemon.connect();
    REQUIRE(ask(desk, receive_r1).starts_with("OK "));
    // More at once than the kernel keeps for the daemon (net.core.somaxconn): what it drops it tries again.
    constexpr std::size_t at_once = 5'000;
    std::vector<Bare> all;
    std::size_t greeted = 0, refused = 0;
    for (std::size_t i = 0; i < most; ++i) {
        all.emplace_back(daemon.port());
        if (i + 1 < most && (i + 1) % at_once != 0) continue;
        for (auto seen = greeted + refused; seen <= i; ++seen) {
            const auto line = all[seen].line();
            const bool served = line.starts_with("BAYTIME ");
            if (!served) REQUIRE_THAT(line, Catch::StartsWith("ERR too-many-connections this daemon serves 1024 "));
            ++(served ? greeted : refused);
        }
        CHECK(ask(desk, "show R1").starts_with("OK "));
    }
    CAPTURE(most);
    CHECK(greeted == daemon::max_connections - 1);
    CHECK(greeted + refused == most);
    all.clear();
    std::string greeting;
    for (int i = 0; i < 10'000 && !greeting.starts_with("BAYTIME "); ++i) greeting = Bare(daemon.port()).line();
    CHECK(greeting.starts_with("BAYTIME "));
    CHECK(ask(desk, "finish R1 as=101").starts_with("ERR "));
    CHECK(daemon.stop() == 0);
}

TEST_CASE("connections of one address that say nothing do not take every place", "[abuse][limit]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path(), {}, "hello_seconds = 600\n");
    const auto token = add_token(config, "desk", "full");
    DaemonProcess daemon(config);
    std::vector<Bare> slow;
    for (std::size_t i = 0; i < daemon::max_unknown_of_one_address; ++i) {
        slow.emplace_back(daemon.port());
        REQUIRE(slow.back().line().starts_with("BAYTIME "));
        slow.back().send("hel");  // and never the rest
    }
    const auto refusal = Bare(daemon.port()).line();
    CHECK(refusal.starts_with("ERR too-many-connections 64 connections from 127.0.0.1 have not said"));
    const Bare neighbour(daemon.port(), "127.0.0.2");
    CHECK(neighbour.line().starts_with("BAYTIME "));
    neighbour.send("hello token=" + token + "\n");
    CHECK(neighbour.line().starts_with("OK kind=full "));
    slow.front().send("lo token=" + token + "\n");  // one of them says it at last, which makes a place
    CHECK(slow.front().line().starts_with("OK kind=full "));
    CHECK(Bare(daemon.port()).line().starts_with("BAYTIME "));
}

TEST_CASE("who never says who it is is told so and loses its place, and nobody else does", "[abuse]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path(), {}, "hello_seconds = 1\n");
    const auto token = add_token(config, "desk", "full");
    DaemonProcess daemon(config);
    const Bare known(daemon.port());
    known.send("hello token=" + token + "\n");
    REQUIRE(known.line().starts_with("BAYTIME "));
    REQUIRE(known.line().starts_with("OK kind=full "));
    const Bare silent(daemon.port()), slow(daemon.port());
    slow.send("hello tok");
    CHECK_THAT(silent.rest(), Catch::Contains("\nERR who-are-you a connection that has not said who it is ends"));
    CHECK_THAT(slow.rest(), Catch::Contains("\nERR who-are-you a connection that has not said who it is ends"));
    known.send("ping\n");
    CHECK(known.line().starts_with("OK "));
}

TEST_CASE("a handshake that never comes, or is none, holds no place at the encrypted door", "[abuse][tls]") {
    const TempDir directory;
    DaemonProcess daemon(secure_shop(directory.path(), {}, "hello_seconds = 1\n"));
    const auto door = TlsDoor::of(daemon);
    const auto refusals = [&directory] { return file_text(directory.path() / "audit.jsonl"); };
    CHECK(Bare(door.port).rest().empty());
    CHECK_THAT(refusals(), Catch::Contains("\"token\":\"no-tls\",\"verb\":\"connect\""));
    const Bare nonsense(door.port);
    nonsense.send("GET / HTTP/1.1\r\n\r\n");
    CHECK_THAT(nonsense.rest(), Catch::StartsWith("ERR needs-tls this is the door for TLS"));
    auto client = client::Client::connect("127.0.0.1", door.port, daemon_deadline,
                                          {.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}});
    CHECK(ask(client, "ping").starts_with("OK "));
}

TEST_CASE("a line without end takes no memory, and its end is answered", "[abuse]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    const Bare attacker(daemon.port());
    REQUIRE(attacker.line().starts_with("BAYTIME "));
    const auto before = resident_kib(daemon.id());
    const std::string piece(1024 * 1024, 'x');
    for (int i = 0; i < 64; ++i) attacker.send(piece);
    auto client = daemon.connect();
    CHECK(ask(client, "ping").starts_with("OK "));
    CHECK(resident_kib(daemon.id()) < before + 16 * 1024);
    attacker.send("\nping\n");
    CHECK(attacker.line().starts_with("ERR line-too-long "));
    CHECK(attacker.line().starts_with("OK "));
}

TEST_CASE("deep JSON, broken UTF-8 and bytes of every kind are refused, and the next line is served", "[abuse]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    const Bare attacker(daemon.port());
    REQUIRE(attacker.line().starts_with("BAYTIME "));
    const auto answer = [&attacker](const std::string& line) {
        attacker.send(line + "\n");
        return attacker.line();
    };
    std::string deep;
    for (int i = 0; i < 9000; ++i) deep += "{\"a\":[";
    CHECK(answer(std::string(60'000, '[')).find("\"bad-json\"") != std::string::npos);
    CHECK(answer(deep).find("\"bad-json\"") != std::string::npos);
    CHECK(answer(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":)" + std::string(20'000, '{') + "}")
              .find("\"bad-json\"") != std::string::npos);
    CHECK(answer("ping \xff\xfe").find("bad-utf8") != std::string::npos);
    CHECK(answer("\xc0\xaf\xed\xa0\x80").find("bad-utf8") != std::string::npos);
    std::string every;
    for (int i = 1; i < 256; ++i)
        if (i != '\n') every += static_cast<char>(i);
    CHECK(answer(every).find("bad-utf8") != std::string::npos);
    CHECK(answer(std::string("ping\0x", 6)).find("ERR ") != std::string::npos);
    CHECK(answer("ping").starts_with("OK "));
}

TEST_CASE("a key that is replayed changes nothing, and belongs to who made it, also after a restart", "[abuse]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    const std::string line = std::string(receive_r1) + " key=secret-key-1";
    std::string first;
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect();
        first = ask(desk, line);
        REQUIRE(first.starts_with("OK order=R1 "));
        for (int i = 0; i < 20; ++i) CHECK(ask(desk, line) == first);
        CHECK(ask(desk, "finish R1 as=301 key=secret-key-1").starts_with("ERR key-reused "));
        auto thief = daemon.connect();
        CHECK(ask(thief, "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=501 key=secret-key-1")
                  .starts_with("ERR key-reused "));
        daemon.kill();
    }
    DaemonProcess daemon(config);
    auto desk = daemon.connect();
    CHECK(ask(desk, line) == first);
    CHECK(ask(desk, "health").find(" seq=1 ") != std::string::npos);
}

TEST_CASE("guessed tokens and PINs cost growing waits, and a restart shortens none", "[abuse][slow-down]") {
    const TempDir directory;
    const auto config =
        closed_shop(directory.path(), "[[staff]]\nid = \"777\"\nname = \"钱进\"\nrole = \"manager\"\npin_hash = \"" +
                                          daemon::hash_pin("480217") + "\"\n");
    const auto token = add_token(config, "desk", "full");
    const auto hello = "hello token=" + token;
    // A slow machine may let a wait of two seconds pass, never one of the long ones.
    const auto tried = [](client::Client& client, const std::string& line, const std::string& wrong) {
        int judged = 0;
        for (int i = 0; i < 35; ++i) {
            const auto answer = ask(client, line + std::to_string(i));
            judged += answer.starts_with("ERR " + wrong + " ") ? 1 : 0;
            if (!answer.starts_with("ERR " + wrong + " ")) CHECK(answer.starts_with("ERR slow-down "));
        }
        return judged;
    };
    {
        DaemonProcess daemon(config);
        auto attacker = daemon.connect(), desk = daemon.connect();
        const auto tokens = tried(attacker, "hello token=guess-", "bad-token");
        CHECK(tokens >= daemon::free_failures);
        CHECK(tokens <= daemon::free_failures + 6);
        REQUIRE(ask(desk, hello).starts_with("OK "));  // the right one is let through all the same
        const auto pins = tried(desk, "audit staff=777 pin=00", "bad-pin");
        CHECK(pins >= daemon::free_failures);
        CHECK(pins <= daemon::free_failures + 6);
        daemon.kill();
    }
    const auto refusals = directory.path() / "audit.jsonl";
    CHECK_THAT(file_text(refusals), Catch::Contains("\"bad-pin\"") && Catch::Contains("\"person\":\"777\""));
    std::ofstream(refusals, std::ios::app) << R"({"at":"2026-11-21T01:00:00Z","peer":"127.0.0.1","token":"bad-pin",)"
                                              R"("verb":"audit","device":"desk","person":"777","count":20})"
                                              "\n";
    DaemonProcess daemon(config);
    auto desk = daemon.connect();
    REQUIRE(ask(desk, hello).starts_with("OK "));
    CHECK(ask(desk, "audit staff=777 pin=480217").starts_with("ERR slow-down "));
}

TEST_CASE("a display's token gets nothing out of any verb but the lounge view", "[abuse]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path(), {}, "requests_per_second = 100000\n");
    const auto token = add_token(config, "hall", "display"), desk_token = add_token(config, "desk", "full");
    DaemonProcess daemon(config);
    auto hall = daemon.connect();
    REQUIRE(ask(hall, "hello token=" + token).starts_with("OK kind=display "));
    int tried = 0;
    for (const auto& verb : protocol::verbs()) {
        if (verb.access == protocol::Access::anyone) continue;
        const auto line = full_line(verb);
        CAPTURE(line);
        CHECK_THAT(ask(hall, line), Catch::StartsWith("ERR not-allowed "));
        ++tried;
    }
    CHECK(tried > 50);
    for (const char* view : {"workshop", "alerts", "events", "bay:1"})
        CHECK(ask(hall, std::string("watch ") + view).starts_with("ERR not-allowed "));
    CHECK(ask(hall, "watch lounge").starts_with("OK "));
    for (const char* line : {"J1", "T101", "hello badge=T101", "hello device=desk", "hello device=scan-3"})
        CHECK(ask(hall, line).starts_with("ERR "));
    CHECK(ask(hall, "jobs").starts_with("ERR not-allowed "));
}

TEST_CASE("nothing that a client sends can forge a line of the log", "[abuse]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    auto attacker = daemon.connect();
    const std::string forged = R"(x\n2026-11-21T00:00:00.000Z info token_added device=evil by=me\u001b[2J\u2028\u0085)";
    for (const char* call :
         {R"("hello","params":{"token":"%"})", R"("hello","params":{"device":"%"})",
          R"("hello","params":{"staff":"%","pin":"%"})", R"("%","params":{})", R"("sign-test","params":{"sign":"%"})",
          R"("log-level","params":{"level":"%"})", R"("token-add","params":{"device":"%","kind":"full"})",
          R"("finish","params":{"order":"%","as":"%"})"}) {
        std::string line = std::string(R"({"jsonrpc":"2.0","id":1,"method":)") + call + "}";
        for (auto at = line.find('%'); at != std::string::npos; at = line.find('%')) line.replace(at, 1, forged);
        CAPTURE(line);
        CHECK(ask(attacker, line).find("\"error\"") != std::string::npos);
    }
    REQUIRE(daemon.stop() == 0);
    const auto log = daemon.log();
    CHECK(log.find("evil by=me") == std::string::npos);
    std::size_t from = 0;
    for (auto end = log.find('\n'); end != std::string::npos; from = end + 1, end = log.find('\n', from)) {
        const auto line = log.substr(from, end - from);
        CAPTURE(line);
        CHECK(std::ranges::none_of(line, [](unsigned char c) { return c < ' ' || c == 0x7f; }));
        CHECK(line.size() > 24);
        CHECK(line.substr(23, 1) == "Z");
    }
    CHECK(file_text(directory.path() / "audit.jsonl").find("evil") == std::string::npos);
}
