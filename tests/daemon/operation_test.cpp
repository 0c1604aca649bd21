// What who runs the machine asks of a real daemon: backups, levels of the log, support, figures for Prometheus.
#include "board/daemon/health_rules.hpp"
#include "board/daemon/workshop.hpp"
#include "tests/daemon/machine.hpp"
#include "tests/store/by_another.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/resource.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

const char* const receive_r1 =
    "receive R1 plate=沪A12345 model=x type=repair promise=11:00 customer=王建国 "
    "phone=13800138000 as=301";

std::vector<std::string> copies(const fs::path& directory) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(directory)) out.push_back(entry.path().filename().string());
    return out;
}

}  // namespace

TEST_CASE("a backup of a running daemon replays to its very board, and commands go on meanwhile", "[operation]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect(), other = daemon.connect();
    for (int i = 0; i < 200; ++i) {
        const auto order = std::to_string(1000 + i);
        REQUIRE(ask(other, "receive R" + order + " plate=沪A" + order + "1 model=x type=repair promise=11:00 as=301")
                    .starts_with("OK "));
    }
    REQUIRE(call(client, "backup")["state"] == "running");
    for (int i = 0; i < 50; ++i) REQUIRE(ask(other, "ping").starts_with("OK "));
    const auto made = backed_up(client);
    CAPTURE(json::serialize(made));
    REQUIRE(made.at("state") == "done");
    const std::string path(made.at("path").as_string());
    const auto copy = daemon::replay(*store::Journal::open_to_read(path));
    CHECK(copy == daemon::replay(*store::Journal::open_to_read((directory.path() / "journal.db").string())));
    CHECK(copy.seq == made.at("events").to_number<std::uint64_t>());
    CHECK(ask(client, "health").find(" backups=") != std::string::npos);
    for (const auto& name : copies(directory.path() / "backups")) CHECK(name.ends_with(".db"));
}

TEST_CASE("a daemon told to stop abandons the copy under way and leaves nothing of it", "[operation]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    REQUIRE(DaemonProcess(config).stop() == 0);
    // Answers that make the copy long and the start no longer.
    by_hand(directory.path() / "journal.db",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) INSERT INTO answer (key, "
            "received, command, reply) SELECT 'k' || i, 4000000000000, 'c', hex(zeroblob(150)) FROM n");
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    REQUIRE(call(client, "backup")["state"] == "running");
    CHECK(daemon.stop() == 0);
    CHECK(daemon.log().find("backup_abandoned") != std::string::npos);
    CHECK(copies(directory.path() / "backups").empty());
    DaemonProcess next(config);
    auto again = next.connect();
    CHECK(again.greeting().ends_with(" seq=1"));
}

TEST_CASE("what a killed daemon left of a copy goes with the next copy", "[operation]") {
    const TempDir directory;
    const auto left = directory.path() / "backups";
    fs::create_directories(left);
    const std::string old = "journal-2026-11-20T190000Z.db";
    for (const auto* end : {".unchecked", ".unchecked.unfinished", ".unchecked.unfinished-journal"})
        std::ofstream(left / (old + end)) << "half a copy";
    std::ofstream(left / "notes.db.unchecked") << "somebody else's";
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    CHECK(backed_up(client).at("state") == "done");
    const auto names = copies(left);
    CHECK(names.size() == 2);
    CHECK(std::ranges::count(names, "notes.db.unchecked") == 1);
}

TEST_CASE("without a file descriptor left changes are stored as ever, a copy fails in words, and then all is well",
          "[operation][limit]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    REQUIRE(backed_up(client).at("state") == "done");
    const auto limit_descriptors = [&daemon](rlim_t most) {
        rlimit limit{};
        REQUIRE(::prlimit(daemon.id(), RLIMIT_NOFILE, nullptr, &limit) == 0);
        limit.rlim_cur = std::min(most, limit.rlim_max);
        REQUIRE(::prlimit(daemon.id(), RLIMIT_NOFILE, &limit, nullptr) == 0);
    };
    limit_descriptors(5);  // those that are open stay open
    CHECK(ask(client, "assign R1 1 as=201").starts_with("OK order=R1 state=assigned"));
    const auto failed = backed_up(client);
    CAPTURE(json::serialize(failed));
    CHECK(failed.at("state") == "failed");
    const auto health = ask(client, "health");
    CHECK(health.find("health=backup-failed level=warning") != std::string::npos);
    CHECK(health.find(" backups=1 ") != std::string::npos);  // what was seen there last
    CHECK(daemon.log().find(" backup_failed ") != std::string::npos);
    for (const auto* line : {"token-add phone station", "support"})
        CHECK(ask(client, line).starts_with("ERR storage the daemon has too many files and connections open"));
    CHECK(ask(client, "start R1 as=101").starts_with("OK order=R1 state=in_progress"));

    constexpr rlim_t enough = 1024;
    limit_descriptors(enough);
    CHECK(backed_up(client).at("state") == "done");
    CHECK(ask(client, "health").find("health=ok level=ok") != std::string::npos);
    CHECK(daemon.stop() == 0);
}

TEST_CASE("a journal that a later version wrote is left as it is, and the start says what to do", "[operation]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive_r1).starts_with("OK "));
        REQUIRE(backed_up(client).at("state") == "done");
        REQUIRE(ask(client, "assign R1 1 as=201").starts_with("OK "));
        REQUIRE(daemon.stop() == 0);
    }
    const auto journal = directory.path() / "journal.db";
    written_by_another(journal, 2, "assigned", R"({"v":1,"bay":"1","technician":"","parked":"perhaps"})");
    const auto before = bytes_of(journal);
    std::string why;
    try {
        const DaemonProcess never(config);
    } catch (const std::runtime_error& failed) {
        why = failed.what();
    }
    CHECK(why.find("journal.db is whole, but this version of Baytime cannot read it") != std::string::npos);
    CHECK(why.find("event 2: ") != std::string::npos);
    CHECK(why.find("baytime restore FILE") != std::string::npos);
    CHECK(bytes_of(journal) == before);
    for (const auto& name : copies(directory.path())) CHECK(name.find("damaged") == std::string::npos);
}

TEST_CASE("a backup that cannot be made is a warning in health until the next one is", "[operation]") {
    const TempDir directory;
    std::ofstream(directory.path() / "backups") << "a file where the directory should be";
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    CHECK(backed_up(client).at("state") == "failed");
    CHECK(ask(client, "health").find("health=backup-failed level=warning") != std::string::npos);
    fs::remove(directory.path() / "backups");
    CHECK(backed_up(client).at("state") == "done");
    CHECK(ask(client, "health").find("health=ok level=ok") != std::string::npos);
}

TEST_CASE("the level of a part of the log changes at run time and not for the next start", "[operation]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    CHECK(ask(client, "log-level") == "OK daemon=info door=info store=info signs=info");
    CHECK(ask(client, "log-level debug door") == "OK daemon=info door=debug store=info signs=info");
    daemon.connect();
    CHECK(ask(client, "ping").starts_with("OK "));
    CHECK(daemon.log().find("debug connected") != std::string::npos);
    CHECK(ask(client, "log-level error") == "OK daemon=error door=error store=error signs=error");
    CHECK(ask(client, "health").find(" log_door=error") != std::string::npos);
    CHECK(ask(client, "log-level loud").starts_with("ERR bad-value "));
    CHECK(ask(client, "log-level info kitchen").starts_with("ERR bad-value "));
    REQUIRE(daemon.stop() == 0);
    DaemonProcess next(config);
    auto again = next.connect();
    CHECK(ask(again, "log-level") == "OK daemon=info door=info store=info signs=info");
}

TEST_CASE("only a full token runs the machine", "[operation]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    REQUIRE(ask(client, "hello device=scan-3").starts_with("OK "));
    for (const auto* line : {"backup", "log-level debug", "support"})
        CHECK(ask(client, line).starts_with("ERR not-allowed "));
    CHECK(ask(client, "health").starts_with("OK health=ok"));
}

TEST_CASE("support tells the wiring, the log and the tables, and nobody's name, plate or token", "[operation]") {
    const TempDir directory;
    const std::string hash(64, 'a');
    DaemonProcess daemon(
        busy_shop(directory.path(), "[[device]]\nid = \"desk\"\nkind = \"full\"\ntoken_hash = \"" + hash + "\"\n"));
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    busy_shop(directory.path(), "[[staff]]\nid = \"999\"\nname = \"赵云\"\nrole = \"pilot\"  # once 4711\n");
    daemon.signal(SIGHUP);
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    while (ask(client, "health").find("config=refused") == std::string::npos &&
           std::chrono::steady_clock::now() < until) {
    }
    // The place and the fault are told, but not the line, which may hold a PIN or a token.
    const auto health = ask(client, "health");
    CHECK(health.find("config_fault=") != std::string::npos);
    CHECK(health.find("4711") == std::string::npos);
    CHECK(daemon.log().find("reload_refused") != std::string::npos);
    CHECK(daemon.log().find("4711") == std::string::npos);
    const auto bundle = call(client, "support");
    const auto text = json::serialize(bundle);
    CAPTURE(text);
    for (const auto* there : {"staff[0].id", "staff[0].role = \\\"technician\\\"", "CHECK (seq > 0)", "reload_refused",
                              "\"rows\":1", "Linux", "ready"})
        CHECK(text.find(there) != std::string::npos);
    for (const auto* secret : {"沪A12345", "A12345", "王建国", "13800138000", "李伟", "赵云", "城西", "pilot"})
        CHECK(text.find(secret) == std::string::npos);
    CHECK(text.find(hash) == std::string::npos);
}

TEST_CASE("a required screen that left is missed in time, and the bay says when it last saw a car", "[operation]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    REQUIRE(ask(client, "assign R1 2 as=201").starts_with("OK "));
    {
        auto screen = daemon.connect();
        REQUIRE(ask(screen, "hello device=lounge-1").starts_with("OK "));
        const auto health = call(client, "health");
        CHECK(json::serialize(health.at("screens")) == R"([{"screen":"lounge-1","connected":true}])");
        CHECK(json::serialize(health.at("bays")) ==
              R"([{"bay":"1"},{"bay":"2","last_event":"2026-11-21T01:00:00Z"},{"bay":"3"}])");
    }
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    auto screens = std::string();
    while (screens.find("away_minutes") == std::string::npos && std::chrono::steady_clock::now() < until)
        screens = json::serialize(call(client, "health").at("screens"));
    CHECK(screens == R"([{"screen":"lounge-1","connected":false,"away_minutes":0}])");
}

TEST_CASE("Prometheus reads the figures over HTTP, and nothing else is served there", "[operation][metrics]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path(), "[metrics]\nlisten = \"127.0.0.1:0\"\n"));
    const std::string marker = "metrics listening=127.0.0.1:";
    const auto log = daemon.log();
    const auto at = log.find(marker);
    REQUIRE(at != std::string::npos);
    const auto port = log.substr(at + marker.size(), log.find('\n', at) - at - marker.size());
    const auto get = [&port](const std::string& request) {
        Process browser({"/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf '%b' \"$1\" >&3; cat <&3",
                         "bash", request});
        return browser.rest();
    };
    const auto answer = get("GET /metrics HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answer.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n") != std::string::npos);
    CHECK(answer.find("\nbaytime_health_level 0\n") != std::string::npos);
    CHECK(get("GET /secrets HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n").starts_with("HTTP/1.1 404 "));
    CHECK(get("POST /metrics HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\n\\r\\n").starts_with("HTTP/1.1 405 "));
    // Whoever asks wrongly hears how, also when more comes than is read.
    const auto post = get("POST /metrics HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5\\r\\n\\r\\nhello");
    CHECK_THAT(post, Catch::StartsWith("HTTP/1.1 405 ") && Catch::Contains("Allow: GET\r\n"));
    CHECK(get("POST /metrics HTTP/1.1\\r\\nContent-Length: 99999999999\\r\\n\\r\\n").starts_with("HTTP/1.1 405 "));
    CHECK(get("\\x16\\x03\\x01 nonsense\\r\\n\\r\\n").starts_with("HTTP/1.1 400 "));
    CHECK(get("GET /metrics HTTP/9.9\\r\\n\\r\\n").starts_with("HTTP/1.1 505 "));
    CHECK(get("GET /" + std::string(100'000, 'a') + " HTTP/1.1\\r\\n\\r\\n").starts_with("HTTP/1.1 431 "));
    CHECK(
        get("GET /metrics HTTP/1.1\\r\\nX: " + std::string(9'000, 'a') + "\\r\\n\\r\\n").starts_with("HTTP/1.1 431 "));
    auto client = daemon.connect();
    CHECK(ask(client, "ping").starts_with("OK "));
}

TEST_CASE("a journal that is deleted or replaced under the daemon is told, and a backup saves what the daemon holds",
          "[operation]") {
    const bool replaced = GENERATE(false, true);
    CAPTURE(replaced);
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    const auto journal = directory.path() / "journal.db";
    std::string copy;
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive_r1).starts_with("OK "));
        CHECK(ask(client, "health").find("health=ok") != std::string::npos);
        const auto older = backed_up(client);
        REQUIRE(ask(client, "assign R1 1 as=201").starts_with("OK "));
        fs::remove(journal);
        if (replaced) fs::copy_file(std::string(older.at("path").as_string()), journal);
        REQUIRE(ask(client, "start R1 as=101").starts_with("OK "));
        for (int again = 0; again < 2; ++again)
            CHECK(ask(client, "health").find("health=journal-gone level=critical") != std::string::npos);
        const auto log = daemon.log();
        CHECK(log.find("error journal_gone path=") != std::string::npos);
        CHECK(log.find("error journal_gone path=") == log.rfind("error journal_gone path="));

        const auto made = call(client, "backup");
        CAPTURE(json::serialize(made));
        REQUIRE(made.at("state") == "done");
        CHECK(made.at("events") == 3);
        copy = std::string(made.at("path").as_string());
        for (const auto& name : copies(directory.path() / "backups")) CHECK(name.ends_with(".db"));
        CHECK(daemon.stop() == 0);
    }
    Process restore({DaemonProcess::program(), "--config", config, "--restore", copy}, {}, config + ".restore");
    CAPTURE(file_text(config + ".restore"));
    REQUIRE(restore.wait(daemon_deadline) == 0);
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    CHECK(client.greeting().ends_with(" seq=3"));
    CHECK(ask(client, "show R1").find("state=in_progress") != std::string::npos);
    CHECK(ask(client, "health").find("health=ok") != std::string::npos);
}
