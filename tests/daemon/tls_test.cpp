// The encrypted door of a real daemon: whom clients trust, and what each door lets through.
#include "board/daemon/audit.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using client::Client;
using client::Security;

namespace {

Client secure(const TlsDoor& door, const Security& security) {
    return Client::connect("127.0.0.1", door.port, daemon_deadline, security);
}

std::string distrust(const TlsDoor& door, const Security& security) {
    try {
        secure(door, security);
    } catch (const client::Untrusted& stranger) {
        return stranger.token;
    }
    return "trusted";
}

const char* const desk_device = "[[device]]\nid = \"desk\"\nkind = \"full\"\n";

}  // namespace

TEST_CASE("the first start makes a key for its owner alone, and later starts keep the fingerprint", "[tls]") {
    const TempDir directory;
    const auto config = secure_shop(directory.path());
    std::string first;
    {
        DaemonProcess daemon(config);
        first = TlsDoor::of(daemon).fingerprint;
        CHECK(first.size() == 64);
        CHECK(mode_of(directory.path() / "tls.pem") == 0600U);
        CHECK((mode_of(directory.path() / "journal.db") & 0007U) == 0U);
        auto plain = daemon.connect();
        CHECK(ask(plain, "health").find(" tls_fingerprint=" + first) != std::string::npos);
        CHECK(daemon.stop() == 0);
    }
    std::filesystem::permissions(directory.path() / "tls.pem", std::filesystem::perms(0644));
    DaemonProcess again(config);
    CHECK(TlsDoor::of(again).fingerprint == first);
    CHECK(mode_of(directory.path() / "tls.pem") == 0600U);
    CHECK(again.log().find("PRIVATE") == std::string::npos);
}

TEST_CASE("a client trusts the pinned certificate, or the one of its first visit, and no other", "[tls]") {
    const TempDir directory;
    const auto known = (directory.path() / "known").string();
    const auto config = secure_shop(directory.path());
    std::string port;
    {
        DaemonProcess daemon(config);
        const auto door = TlsDoor::of(daemon);
        CHECK(distrust(door, {.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}}) == "trusted");
        CHECK(distrust(door, {.tls = true, .fingerprint = std::string(64, '0'), .known_hosts = {}}) ==
              "fingerprint-changed");
        CHECK(distrust(door, {.tls = true, .fingerprint = {}, .known_hosts = {}}) == "fingerprint-unknown");
        CHECK(secure(door, {.tls = true, .fingerprint = {}, .known_hosts = known}).new_fingerprint() ==
              door.fingerprint);
        CHECK(secure(door, {.tls = true, .fingerprint = {}, .known_hosts = known}).new_fingerprint().empty());
        port = door.port;
        CHECK(daemon.stop() == 0);
    }
    std::filesystem::remove(directory.path() / "tls.pem");
    auto text = file_text(config);
    text.replace(text.find("tls_port = 0"), 12, "tls_port = " + port);
    std::ofstream(config) << text;
    DaemonProcess stranger(config);
    CHECK(distrust(TlsDoor::of(stranger), {.tls = true, .fingerprint = {}, .known_hosts = known}) ==
          "fingerprint-changed");
}

TEST_CASE("a key that is gone or empty comes back from the backups, and no other is made while there is a copy",
          "[tls]") {
    const TempDir directory;
    const auto config = secure_shop(directory.path(), {}, "requests_per_second = 1000000\n");
    const auto key = directory.path() / "tls.pem", copy = directory.path() / "backups" / "tls.pem";
    // The log goes on over the starts, so the running daemon is asked.
    const auto fingerprint = [](const DaemonProcess& daemon) {
        auto client = daemon.connect();
        return TlsDoor::word_after(ask(client, "health") + "\n", " tls_fingerprint=");
    };
    std::string first;
    {
        DaemonProcess daemon(config);
        first = fingerprint(daemon);
        REQUIRE(first.size() == 64);
        auto desk = daemon.connect();
        auto state = ask(desk, "backup");
        const auto until = std::chrono::steady_clock::now() + daemon_deadline;
        while (state.find("state=running") != state.npos && std::chrono::steady_clock::now() < until)
            state = ask(desk, "backup status");
        REQUIRE(state.find("state=done") != state.npos);
        CHECK(daemon.stop() == 0);
    }
    const auto good = file_text(copy);
    REQUIRE(good == file_text(key));
    for (const bool emptied : {true, false}) {
        CAPTURE(emptied);
        std::filesystem::remove(key);
        if (emptied) std::ofstream(key).close();
        DaemonProcess daemon(config);
        CHECK(fingerprint(daemon) == first);
        CHECK(file_text(key) == good);
        CHECK(mode_of(key) == 0600U);
        auto desk = daemon.connect();
        CHECK_THAT(ask(desk, R"({"jsonrpc":"2.0","id":1,"method":"health"})"),
                   Catch::Contains("\"tls-key-put-back\"") && Catch::Contains("backups/tls.pem"));
        CHECK_THAT(daemon.log(), Catch::Contains(" tls_key_put_back from="));
        CHECK(daemon.stop() == 0);
    }
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect();
        CHECK(ask(desk, "health").find("tls-key-put-back") == std::string::npos);
        CHECK(daemon.stop() == 0);
    }
    std::filesystem::remove(key);
    std::ofstream(copy) << "half a key";
    CHECK_THROWS_WITH(DaemonProcess(config), Catch::Contains("backups/tls.pem holds no private key"));
    CHECK_FALSE(std::filesystem::exists(key));
    std::filesystem::remove(copy);
    const DaemonProcess daemon(config);
    CHECK(fingerprint(daemon) != first);
}

TEST_CASE("everything of the plain door goes through the encrypted one: pipelines, pushes, large answers", "[tls]") {
    const TempDir directory;
    DaemonProcess daemon(secure_shop(directory.path(), {}, "requests_per_second = 1000000\n"));
    const auto door = TlsDoor::of(daemon);
    const Security security{.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}};
    auto screen = secure(door, security), desk_client = secure(door, security);
    CHECK(screen.greeting().starts_with("BAYTIME 1 "));
    REQUIRE(ask(screen, "watch workshop").starts_with("OK "));
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "receive R" + std::to_string(i) + " plate=沪A" + std::to_string(10000 + i) +
                " model=x type=repair promise=11:00 as=301\n";
    desk_client.send(many + "jobs");
    int done = 0;
    for (std::string line; !line.starts_with("OK count=100"); ++done) line = desk_client.wait_line(daemon_deadline);
    CHECK(done == 201);
    std::string pushed;
    while (pushed.find("R99") == std::string::npos) pushed = screen.wait_line(daemon_deadline);
    CHECK(daemon.stop() == 0);
}

TEST_CASE("who takes the wrong door is told which one is right, with a token for programs", "[tls]") {
    const TempDir directory;
    DaemonProcess daemon(secure_shop(directory.path()));
    const auto door = TlsDoor::of(daemon);
    const Security security{.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}};
    const auto refusal = [](const std::string& port, const Security& how) -> std::string {
        try {
            Client::connect("127.0.0.1", port, daemon_deadline, how);
        } catch (const client::Refusal& why) {
            return why.token + " " + why.what();
        }
        return "let in";
    };
    CHECK(refusal(daemon.port(), security) ==
          "no-tls 127.0.0.1:" + daemon.port() + " speaks plain text; take its port for TLS, or leave TLS out");
    CHECK_THAT(refusal(door.port, {}),
               Catch::StartsWith("needs-tls 127.0.0.1:" + door.port + " refuses: this is the door for TLS"));
    auto client = secure(door, security);
    CHECK(ask(client, "ping").starts_with("OK "));
    CHECK_THAT(file_text(directory.path() / daemon::audit_file), Catch::Contains("\"token\":\"no-tls\""));
}

TEST_CASE("a key file that is none stops the start with what to do", "[tls]") {
    const TempDir directory;
    const auto config = secure_shop(directory.path());
    std::ofstream(directory.path() / "tls.pem") << "no key";
    CHECK_THROWS_WITH(DaemonProcess(config),
                      Catch::Contains("tls.pem holds no private key") && Catch::Contains("the copy from the backups"));
}

TEST_CASE("until a device has a token only this computer is served, and then no full token in plain text", "[tls]") {
    const auto address = network_address();
    if (!address) {
        WARN("this machine has no address but loopback");
        return;
    }
    const TempDir directory;
    const auto config =
        network_shop(directory.path(), std::string(desk_device) + "[metrics]\nlisten = \"0.0.0.0:0\"\n");
    DaemonProcess daemon(config);
    CHECK_THROWS_WITH(Client::connect(*address, daemon.port(), daemon_deadline),
                      Catch::Contains("refuses: this daemon serves its own computer alone"));
    const auto log = daemon.log();
    const auto door = TlsDoor::of(daemon, "0.0.0.0");
    const Security security{.tls = true, .fingerprint = door.fingerprint, .known_hosts = {}};
    CHECK_THROWS_WITH(Client::connect(*address, door.port, daemon_deadline, security),
                      Catch::Contains("refuses: this daemon serves its own computer alone"));
    const auto figures = [&, port = TlsDoor::word_after(log, "metrics listening=0.0.0.0:")] {
        Process browser({"/bin/bash", "-c",
                         "exec 3<>/dev/tcp/" + *address + "/" + port +
                             "; printf 'GET /metrics HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3; cat <&3"});
        return browser.rest();
    };
    CHECK(figures().starts_with("HTTP/1.1 403 "));
    auto here = daemon.connect();
    here.send("audit as=501");
    std::string refused;
    for (std::string line; !line.starts_with("OK "); refused += line) line = here.wait_line(daemon_deadline);
    CAPTURE(refused);
    CHECK(refused.find("token=no-tokens times=2 peer=" + *address + " verb=connect") != std::string::npos);
    const auto token = TlsDoor::word_after(ask(here, "token-add desk") + "\n", " token=");
    CHECK(figures().starts_with("HTTP/1.1 200 "));
    const auto station = TlsDoor::word_after(ask(here, "token-add scan-3") + "\n", " token=");
    auto plain = Client::connect(*address, daemon.port(), daemon_deadline);
    CHECK(ask(plain, "hello token=" + token).starts_with("ERR needs-tls "));
    CHECK(ask(plain, "jobs").starts_with("ERR who-are-you "));
    CHECK(ask(plain, "hello token=" + station).starts_with("OK kind=station "));
    auto encrypted = Client::connect(*address, door.port, daemon_deadline, security);
    CHECK(ask(encrypted, "hello token=" + token).starts_with("OK kind=full "));
    CHECK(ask(encrypted, "jobs").starts_with("OK "));
}
