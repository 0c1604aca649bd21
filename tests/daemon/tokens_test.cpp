// Tokens that come and go while the daemon runs.
#include "board/daemon/tokens.hpp"
#include "board/daemon/identity.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>

using namespace baytime;
using namespace baytime::daemon;
using namespace baytime::support;

namespace {

const TokenChange change{.by = "desk", .at = "2026-11-21T01:00:00Z"};

Device device(const std::string& id, DeviceKind kind = DeviceKind::station, const std::string& bay = {}) {
    return {.id = id, .kind = kind, .bay = bay, .token_hash = {}};
}

std::string added(Tokens& tokens, const Settings& settings, const Device& what, bool kind_given) {
    const auto made = tokens.add(settings, what, kind_given, change);
    const auto* no = std::get_if<Refused>(&made);
    return no != nullptr ? no->token : std::get<std::string>(made);
}

/// The device this token opens as, or the refusal.
std::string opens(const Settings& settings, const Tokens& tokens, const std::string& token) {
    Settings now = settings;
    now.devices = devices_with(settings.devices, tokens.entries());
    Identity identity([] { return Steady::time_point{}; });
    const auto answer = identity.device_of(now, token, "a");
    const auto* no = std::get_if<IdentityFault>(&answer);
    return no != nullptr ? no->token : std::get<Device>(answer).id;
}

std::string new_token(client::Client& client, const std::string& device_and_kind) {
    const auto answer = ask(client, "token-add " + device_and_kind);
    CAPTURE(answer);
    REQUIRE(answer.starts_with("OK "));
    return TlsDoor::word_after(answer + "\n", " token=");
}

/// The lines until the server hangs up.
std::vector<std::string> last_words(client::Client& client) {
    std::vector<std::string> lines;
    try {
        for (;;) lines.push_back(client.wait_line(daemon_deadline));
    } catch (const std::runtime_error& ended) {
        CHECK(std::string(ended.what()).find("closed") != std::string::npos);
    }
    return lines;
}

}  // namespace

TEST_CASE("a token opens as its device until it is revoked, and a file keeps hashes only", "[tokens]") {
    const TempDir directory;
    const auto path = (directory.path() / "tokens.json").string();
    const auto settings = little_settings();
    Tokens tokens(path);
    const auto token = added(tokens, settings, device("bench", DeviceKind::station, "2"), true);
    CHECK(token.size() == token_letters);
    CHECK(opens(settings, tokens, token) == "bench");
    CHECK(opens(settings, Tokens(path), token) == "bench");
    CHECK(mode_of(path) == 0600U);
    CHECK(file_text(path).find(token) == std::string::npos);
    CHECK(file_text(path).find(hash_token(token)) != std::string::npos);
    CHECK_FALSE(tokens.revoke(settings, "bench", change));
    CHECK(opens(settings, tokens, token) == "bad-token");
    CHECK(opens(settings, Tokens(path), token) == "bad-token");
    CHECK(tokens.revoke(settings, "bench", change)->token == "unknown-device");
}

TEST_CASE("a token of the configuration can be revoked, and the device given another", "[tokens]") {
    const TempDir directory;
    const auto settings = little_settings();
    Tokens tokens((directory.path() / "tokens.json").string());
    CHECK(opens(settings, tokens, token_of("scan-3")) == "scan-3");
    CHECK(added(tokens, settings, device("scan-3"), false) == "token-exists");
    CHECK_FALSE(tokens.revoke(settings, "scan-3", change));
    CHECK(opens(settings, tokens, token_of("scan-3")) == "bad-token");
    const auto token = added(tokens, settings, device("scan-3"), false);
    CHECK(opens(settings, tokens, token) == "scan-3");
    CHECK(opens(settings, tokens, token_of("scan-3")) == "bad-token");
    const auto devices = devices_with(settings.devices, tokens.entries());
    CHECK(devices.size() == settings.devices.size());
    CHECK(devices[1].bay == "3");
}

TEST_CASE("a token cannot make more of a configured device than it is", "[tokens]") {
    const TempDir directory;
    auto settings = little_settings();
    settings.devices[0].token_hash.clear();
    Tokens tokens((directory.path() / "tokens.json").string());
    CHECK(added(tokens, settings, device("lounge", DeviceKind::full), true) == "bad-value");
    CHECK(added(tokens, settings, device("new"), false) == "bad-value");
    CHECK(added(tokens, settings, device("new", DeviceKind::station, "99"), true) == "unknown-bay");
    CHECK(added(tokens, settings, device("lounge"), false).size() == token_letters);
    CHECK(devices_with(settings.devices, tokens.entries())[0].kind == DeviceKind::display);
}

TEST_CASE("the text of the tokens is read as it was written, and anything else is refused", "[tokens]") {
    const std::vector<TokenEntry> entries{
        {.device = {.id = "a", .kind = DeviceKind::full, .bay = "", .token_hash = std::string(64, 'a')},
         .revoked = false,
         .at = "2026-11-21T01:00:00Z",
         .by = "desk"},
        {.device = {.id = "b", .kind = DeviceKind::station, .bay = "3", .token_hash = std::string(64, 'b')},
         .revoked = true,
         .at = "2026-11-21T01:00:00Z",
         .by = "baytimed"}};
    CHECK(parse_tokens(tokens_text(entries)) == entries);
    for (const char* text : {"", "{}", "[]", "{\"tokens\":[1]}", "{\"tokens\":[{}]}", "{\"tokens\":",
                             "{\"tokens\":[{\"device\":\"a b\",\"kind\":\"full\",\"bay\":\"\",\"hash\":\"x\",\"at\":"
                             "\"\",\"by\":\"\"}]}"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_tokens(text), std::runtime_error);
    }
}

TEST_CASE("revoking a token ends its live connections at once, and nobody else's", "[tokens][door]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path());
    const auto admin = add_token(config, "admin", "full");
    DaemonProcess daemon(config);
    auto desk = daemon.connect();
    CHECK(ask(desk, "jobs").starts_with("ERR who-are-you "));
    REQUIRE(ask(desk, "hello token=" + admin).starts_with("OK kind=full "));
    const auto token = new_token(desk, "bench station");
    const auto screen_token = new_token(desk, "hall display");
    auto bench = daemon.connect(), screen = daemon.connect(), json = daemon.connect();
    REQUIRE(ask(bench, "hello token=" + token).starts_with("OK kind=station "));
    REQUIRE(ask(bench, "watch workshop").starts_with("OK "));
    REQUIRE(ask(screen, "hello token=" + screen_token).starts_with("OK kind=display "));
    REQUIRE(
        ask(json, R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{"token":")" + token + "\"}}").find("station") !=
        std::string::npos);
    REQUIRE(ask(desk, "token-revoke bench") == "OK device=bench changed=yes");
    CHECK(last_words(bench).back().starts_with("ERR token-revoked "));
    CHECK(last_words(json).back().find("\"token\":\"token-revoked\"") != std::string::npos);
    CHECK(ask(screen, "ping").starts_with("OK "));
    CHECK(ask(desk, "ping").starts_with("OK "));
    auto again = daemon.connect();
    CHECK(ask(again, "hello token=" + token).starts_with("ERR bad-token "));
    daemon.kill();
    DaemonProcess next(config);
    auto after = next.connect();
    CHECK(ask(after, "hello token=" + token).starts_with("ERR bad-token "));
    CHECK(ask(after, "hello token=" + admin).starts_with("OK "));
    for (const auto& secret : {token, admin, screen_token}) {
        CHECK(next.log().find(secret) == std::string::npos);
        CHECK(file_text(directory.path() / "tokens.json").find(secret) == std::string::npos);
    }
    // The last answer of a device that revokes itself is its own.
    CHECK(ask(after, "token-revoke admin") == "OK device=admin changed=yes");
    CHECK(last_words(after).back().starts_with("ERR token-revoked "));
}

TEST_CASE("a token that is revoked while the disk takes nothing is worthless at once, and stored later",
          "[tokens][disk]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path());
    const auto admin = add_token(config, "admin", "full"), token = add_token(config, "bench", "station");
    std::string health;
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect(), bench = daemon.connect();
        REQUIRE(ask(desk, "hello token=" + admin).starts_with("OK "));
        REQUIRE(ask(bench, "hello token=" + token).starts_with("OK "));
        const auto may_write = [&daemon](rlim_t bytes) {
            rlimit limit{};
            REQUIRE(::prlimit(daemon.id(), RLIMIT_FSIZE, nullptr, &limit) == 0);
            limit.rlim_cur = std::min(bytes, limit.rlim_max);
            REQUIRE(::prlimit(daemon.id(), RLIMIT_FSIZE, &limit, nullptr) == 0);
        };
        const auto list = directory.path() / "tokens.json";
        const auto before = file_text(list);
        may_write(0);
        CHECK_THAT(ask(desk, "token-revoke bench"),
                   Catch::StartsWith("OK device=bench changed=yes stored=no note=\"the token counts no more"));
        CHECK(last_words(bench).back().starts_with("ERR token-revoked "));
        auto again = daemon.connect();
        CHECK(ask(again, "hello token=" + token).starts_with("ERR bad-token "));
        daemon.signal(SIGHUP);  // what the file holds does not bring it back
        const auto until = std::chrono::steady_clock::now() + daemon_deadline;
        while (health.find(" reloads=1 ") == std::string::npos && std::chrono::steady_clock::now() < until)
            health = ask(desk, "health");
        CHECK(ask(again, "hello token=" + token).starts_with("ERR bad-token "));
        CHECK(ask(desk, "token-add evil full").starts_with("ERR storage "));
        CHECK(file_text(list) == before);
        may_write(RLIM_INFINITY);
        ask(desk, "health");  // tries the disk again
        CHECK(file_text(list) != before);
        daemon.kill();
    }
    DaemonProcess daemon(config);
    auto bench = daemon.connect();
    CHECK(ask(bench, "hello token=" + token).starts_with("ERR bad-token "));
    CHECK(ask(bench, "hello token=" + admin).starts_with("OK "));
}

TEST_CASE("a token of the configuration too is revoked in memory where the file cannot be read", "[tokens][disk]") {
    const TempDir directory;
    const auto path = directory.path() / "tokens.json";
    const auto settings = little_settings();
    Tokens tokens(path.string());
    std::filesystem::create_directory(path);
    CHECK_FALSE(tokens.revoke(settings, "scan-3", change));
    CHECK(tokens.unstored());
    CHECK(opens(settings, tokens, token_of("scan-3")) == "bad-token");
    CHECK(opens(settings, tokens, token_of("desk")) == "desk");
    tokens.store_again();
    CHECK(tokens.unstored());
    std::filesystem::remove(path);
    tokens.store_again();
    CHECK_FALSE(tokens.unstored());
    CHECK(opens(settings, Tokens(path.string()), token_of("scan-3")) == "bad-token");
}

TEST_CASE("a token made beside the running daemon counts after a reload", "[tokens][reload]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path());
    DaemonProcess daemon(config);
    const auto admin = add_token(config, "admin", "full");
    auto client = daemon.connect();
    CHECK(ask(client, "hello token=" + admin).starts_with("ERR bad-token "));
    daemon.signal(SIGHUP);
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    while (daemon.log().find(" reloaded ") == std::string::npos && std::chrono::steady_clock::now() < until) {
    }
    CHECK(ask(client, "hello token=" + admin).starts_with("OK kind=full "));
}

TEST_CASE("a file of tokens that is damaged stops the start rather than let revoked ones in", "[tokens]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path());
    std::ofstream(directory.path() / "tokens.json") << "{\"tokens\":[";
    CHECK_THROWS_WITH(DaemonProcess(config), Catch::Contains("tokens.json is not to be understood"));
}

TEST_CASE("backups hold the newest tokens and the key, and a restore puts them where there are none", "[tokens]") {
    const TempDir directory;
    const auto config = closed_shop(directory.path(), {}, "requests_per_second = 1000000\n");
    const auto admin = add_token(config, "admin", "full");
    const auto backups = directory.path() / "backups";
    std::string copy, fingerprint, tokens;
    {
        DaemonProcess daemon(config);
        fingerprint = TlsDoor::of(daemon).fingerprint;
        auto desk = daemon.connect();
        REQUIRE(ask(desk, "hello token=" + admin).starts_with("OK "));
        const auto backed_up = [&desk] {
            auto state = ask(desk, "backup");
            const auto until = std::chrono::steady_clock::now() + daemon_deadline;
            while (state.find("state=running") != state.npos && std::chrono::steady_clock::now() < until)
                state = ask(desk, "backup status");
            CHECK(state.find("state=done") != state.npos);
            return TlsDoor::word_after(state + "\n", " path=");
        };
        new_token(desk, "bench station");
        backed_up();
        REQUIRE(ask(desk, "token-revoke bench").starts_with("OK "));
        copy = backed_up();
        CHECK(daemon.stop() == 0);
    }
    tokens = file_text(directory.path() / "tokens.json");
    for (const char* name : {"tokens.json", "tls.pem"}) {
        CHECK(mode_of(backups / name) == 0600U);
        CHECK(file_text(backups / name) == file_text(directory.path() / name));
        CHECK(std::filesystem::remove(directory.path() / name));
    }
    Process restore({DaemonProcess::program(), "--config", config, "--restore", copy}, {}, config + ".restore");
    CHECK(restore.wait(daemon_deadline) == 0);
    CHECK(file_text(directory.path() / "tokens.json") == tokens);
    CHECK(mode_of(directory.path() / "tls.pem") == 0600U);
    DaemonProcess again(config);
    CHECK(TlsDoor::of(again).fingerprint == fingerprint);
    auto desk = again.connect();
    CHECK(ask(desk, "hello token=" + admin).starts_with("OK "));
}

TEST_CASE("a list of tokens that was deleted comes back from the backups, and revoked tokens stay revoked",
          "[tokens]") {
    const TempDir directory;
    const std::string office = "the-token-of-the-office-1";
    const auto config = closed_shop(directory.path(), "[[device]]\nid = \"office\"\nkind = \"full\"\ntoken_hash = \"" +
                                                          hash_token(office) + "\"\n");
    const auto admin = add_token(config, "admin", "full");
    const auto list = directory.path() / "tokens.json", copy = directory.path() / "backups" / "tokens.json";
    const auto says = [](client::Client& who, const std::string& token) { return ask(who, "hello token=" + token); };
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect(), other = daemon.connect();
        REQUIRE(says(desk, admin).starts_with("OK "));
        REQUIRE(ask(desk, "token-revoke office").starts_with("OK "));
        auto state = ask(desk, "backup");
        const auto until = std::chrono::steady_clock::now() + daemon_deadline;
        while (state.find("state=running") != state.npos && std::chrono::steady_clock::now() < until)
            state = ask(desk, "backup status");
        REQUIRE(std::filesystem::remove(list));  // while it runs nothing changes by that
        daemon.signal(SIGHUP);
        while (ask(desk, "health").find(" reloads=1 ") == std::string::npos &&
               std::chrono::steady_clock::now() < until) {
        }
        CHECK(says(other, office).starts_with("ERR bad-token "));
        CHECK(daemon.stop() == 0);
    }
    REQUIRE(std::filesystem::exists(copy));
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect(), other = daemon.connect();
        CHECK(says(other, office).starts_with("ERR bad-token "));
        CHECK(says(desk, admin).starts_with("OK "));
        CHECK_THAT(ask(desk, R"({"jsonrpc":"2.0","id":1,"method":"health"})"),
                   Catch::Contains("\"tokens-put-back\"") && Catch::Contains("backups/tokens.json"));
        CHECK_THAT(daemon.log(), Catch::Contains(" tokens_put_back from="));
        CHECK(mode_of(list) == 0600U);
        CHECK(daemon.stop() == 0);
    }
    std::ofstream(copy) << "{";
    std::filesystem::remove(list);
    CHECK_THROWS_WITH(DaemonProcess(config), Catch::Contains("backups/tokens.json is not to be understood"));
}
