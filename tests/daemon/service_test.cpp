// The life of a real daemon: start, reload, stop, restart, and its options.
#include "board/daemon/backup_plan.hpp"
#include "board/daemon/backups.hpp"
#include "board/store/journal.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

/// Exit status and output of one call of the program.
std::pair<int, std::string> call(std::vector<std::string> arguments, const std::string& input, const std::string& log) {
    arguments.insert(arguments.begin(), DaemonProcess::program());
    Process process(std::move(arguments), {}, log);
    if (!input.empty()) process.write(input);
    auto out = process.rest();
    const auto status = process.wait();
    return {status, out + file_text(log)};
}

/// Asks for health until it says so.
std::string health_with(client::Client& client, const std::string& what) {
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    for (;;) {
        auto health = ask(client, "health");
        if (health.find(what) != std::string::npos || std::chrono::steady_clock::now() > until) return health;
    }
}

const char* const receive_r1 = "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301";

}  // namespace

TEST_CASE("a good new configuration is taken over, a bad one refused and told in health", "[service][reload]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    CHECK(ask(client, "assign R1 4 as=201").starts_with("ERR unknown-bay "));

    write_shop(directory.path(), "[[bay]]\nid = \"4\"\n");
    daemon.signal(SIGHUP);
    CHECK(health_with(client, " reloads=1").find("config=good") != std::string::npos);
    CHECK(ask(client, "assign R1 4 as=201").starts_with("OK "));

    write_shop(directory.path(), "[[bay]]\nid = \"4\"\nkidn = \"general\"\n");
    daemon.signal(SIGHUP);
    const auto health = health_with(client, "config=refused");
    CHECK(health.find("health=configuration-refused") != std::string::npos);
    CHECK(health.find("reloads=1") != std::string::npos);
    CHECK(health.find("kidn") != std::string::npos);
    CHECK(daemon.log().find("reload_refused") != std::string::npos);
    CHECK(ask(client, "unassign R1 as=201").starts_with("OK "));

    write_shop(directory.path());
    daemon.signal(SIGHUP);
    CHECK(health_with(client, " reloads=2").find("health=ok") != std::string::npos);
}

TEST_CASE("a device whose token was taken back is disconnected at the reload", "[service][reload]") {
    const TempDir directory;
    const auto hash = call({"--hash-token"}, "a-long-token-of-the-station\n", (directory.path() / "log").string());
    REQUIRE(hash.first == 0);
    const auto device =
        "[[device]]\nid = \"desk\"\nkind = \"full\"\ntoken_hash = \"" + hash.second.substr(0, 64) + "\"\n";
    DaemonProcess daemon(write_shop(directory.path(), device));
    auto client = daemon.connect();
    REQUIRE(ask(client, "hello token=a-long-token-of-the-station").starts_with("OK kind=full device=desk"));
    write_shop(directory.path());
    daemon.signal(SIGHUP);
    CHECK(client.wait_line(daemon_deadline).starts_with("ERR "));  // it is told why
    CHECK_THROWS(client.wait_line(daemon_deadline));
}

TEST_CASE("the second daemon on one journal refuses with a clear message", "[service]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    DaemonProcess first(config);
    const auto [status, said] = call({"--config", config}, "", (directory.path() / "second.log").string());
    CHECK(status == 1);
    CAPTURE(said);
    CHECK(said.find("journal.db") != std::string::npos);
    CHECK(said.find(std::to_string(first.id())) != std::string::npos);
    auto client = first.connect();
    CHECK(ask(client, "ping").starts_with("OK "));
}

TEST_CASE("whoever only watches gets pings and what changes by the passing of time", "[service][watch]") {
    const TempDir directory;
    const auto config = write_shop(directory.path(), "", "speed = 0", "speed = 600");
    DaemonProcess daemon(config);
    {
        auto desk = daemon.connect();
        REQUIRE(ask(desk, receive_r1).starts_with("OK "));
    }
    auto watcher = daemon.connect();  // from here on nobody says anything
    REQUIRE(ask(watcher, "watch lounge").starts_with("OK "));
    CHECK(watcher.wait_line(daemon_deadline).starts_with("! lounge snapshot"));
    bool changed = false, pinged = false;
    while (!changed || !pinged) {
        const auto line = watcher.wait_line(std::chrono::seconds{240});
        changed = changed || line.find("\"overdue\":true") != std::string::npos;
        pinged = pinged || line.starts_with("! ping ");
    }
    CHECK(daemon.stop() == 0);
}

TEST_CASE("a stop tells the watchers, answers what was asked, and ends with 0", "[service][stop]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    DaemonProcess daemon(config);
    auto watcher = daemon.connect(), client = daemon.connect();
    REQUIRE(ask(watcher, "watch alerts").starts_with("OK "));
    CHECK(watcher.wait_line(daemon_deadline).starts_with("! alerts snapshot"));
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    daemon.signal(SIGTERM);
    CHECK(watcher.wait_line(daemon_deadline) == "! stopping");
    CHECK_THROWS(watcher.wait_line(daemon_deadline));
    CHECK_THROWS(client.wait_line(daemon_deadline));
    CHECK(daemon.wait() == 0);
}

TEST_CASE("after a power cut the same board comes back, and keys are still known", "[service]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    std::string first, before;
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        first = ask(client, std::string(receive_r1) + " key=k1");
        REQUIRE(ask(client, "assign R1 2 as=201").starts_with("OK "));
        before = ask(client, "show R1");
        daemon.kill();
    }
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    CHECK(client.greeting().ends_with(" seq=2"));
    CHECK(ask(client, "show R1") == before);
    CHECK(ask(client, std::string(receive_r1) + " key=k1") == first);
    CHECK(ask(client, "undo R1 as=201").starts_with("OK order=R1 state=waiting"));
}

TEST_CASE("a damaged journal is set aside, and this is said loudly in log and health", "[service]") {
    const bool with_backup = GENERATE(true, false);
    CAPTURE(with_backup);
    const TempDir directory;
    const auto config = write_shop(directory.path());
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive_r1).starts_with("OK "));
        REQUIRE(daemon.stop() == 0);
    }
    fs::remove_all(directory.path() / "backups");
    fs::create_directories(directory.path() / "backups");
    if (with_backup) fs::copy_file(directory.path() / "journal.db", directory.path() / "backups/journal-by-test.db");
    std::ofstream(directory.path() / "journal.db", std::ios::binary) << "this is no database any more, not at all";
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        CHECK(client.greeting().ends_with(with_backup ? " seq=1" : " seq=0"));
        const auto health = ask(client, "health");
        CAPTURE(health);
        CHECK(health.find(with_backup ? "health=restored-from-backup" : "health=started-empty") != std::string::npos);
        CHECK(health.find("journal_damaged=") != std::string::npos);
        CHECK((health.find("journal_restored_from=nothing") == std::string::npos) == with_backup);
        const auto log = daemon.log();
        CHECK((log.find("error journal_damaged") != std::string::npos) == with_backup);
        CHECK((log.find("error journal_started_empty") != std::string::npos) == !with_backup);
        REQUIRE(daemon.stop() == 0);
    }
    const DaemonProcess later(config);  // a restart does not make it forgotten
    auto client = later.connect();
    CHECK(ask(client, "health").find("health=set-aside") != std::string::npos);
    for (const auto& entry : fs::directory_iterator(directory.path())) {
        if (entry.path().string().find(".damaged-") != std::string::npos) fs::remove(entry.path());
    }
    CHECK(ask(client, "health").find("health=set-aside") == std::string::npos);
}

TEST_CASE("a view can be printed from the journal while the daemon runs and after it", "[service]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    const auto log = (directory.path() / "print.log").string();
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    REQUIRE(ask(client, "watch lounge").starts_with("OK "));
    const auto push = client.wait_line(daemon_deadline);
    const auto snapshot = push.substr(push.find('{')) + "\n";
    CHECK(call({"--config", config, "--print", "lounge"}, "", log).second == snapshot);
    REQUIRE(daemon.stop() == 0);
    CHECK(call({"--config", config, "--print", "lounge", "--at", "2026-11-21T09:00"}, "", log).second == snapshot);
    const auto late = call({"--config", config, "--print", "lounge", "--at", "2026-11-21T11:01"}, "", log);
    CHECK(late.second.find("\"overdue\":true") != std::string::npos);
    CHECK(call({"--config", config, "--print", "kitchen"}, "", log).first == 1);
}

TEST_CASE("checking a configuration says good, or every fault, by its exit status too", "[service]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    const auto log = (directory.path() / "check.log").string();
    const auto good = call({"--config", config, "--check-config"}, "", log);
    CHECK(good.first == 0);
    CHECK(good.second.starts_with("configuration is good: 3 bays, 1 team, 7 people"));
    CHECK(good.second.find("warning") == std::string::npos);
    const auto empty = (directory.path() / "empty.toml").string();
    std::ofstream(empty) << "[shop]\nname = \"x\"\nzone = \"Asia/Shanghai\"\n[store]\npath = \"j.db\"\n";
    const auto bayless = call({"--config", empty, "--check-config"}, "", log);
    CAPTURE(bayless.second);
    CHECK(bayless.first == 0);
    CHECK(bayless.second.starts_with("configuration is good: 0 bays"));
    CHECK(bayless.second.find("\nwarning: there is no [[bay]]") != std::string::npos);
    write_shop(directory.path(), "[sotre]\npath = \"x\"\n");
    const auto bad = call({"--config", config, "--check-config"}, "", log);
    CHECK(bad.first == 1);
    CHECK(bad.second.find("sotre") != std::string::npos);
    CHECK(bad.second.find("store") != std::string::npos);
    CHECK_FALSE(fs::exists(directory.path() / "journal.db"));
}

TEST_CASE("wrong options end with 2, a sentence and a token", "[service]") {
    const TempDir directory;
    const auto log = (directory.path() / "options.log").string();
    const auto wrong = call({"--confg", "x"}, "", log);
    CHECK(wrong.first == 2);
    CHECK(wrong.second.find("--confg") != std::string::npos);
    CHECK(wrong.second.find("[bad-option]") != std::string::npos);
    CHECK(call({"--version"}, "", log).first == 0);
}

TEST_CASE("secrets are read from standard input, and short ones refused", "[service]") {
    const TempDir directory;
    const auto log = (directory.path() / "hash.log").string();
    CHECK(call({"--hash-pin"}, "4711\n", log).second.starts_with("$argon2id$"));
    CHECK(call({"--hash-pin"}, "47\n", log).first == 1);
    CHECK(call({"--hash-token"}, "short\n", log).first == 1);
}

TEST_CASE("fourteen daily backups are kept, the newest", "[backup]") {
    const TempDir directory;
    daemon::Settings settings;
    settings.journal = (directory.path() / "journal.db").string();
    settings.backups = (directory.path() / "backups").string();
    settings.backup = {.at = {}, .keep_daily = 14, .keep_weekly = 0, .keep_monthly = 0};
    const auto journal = store::Journal::open(settings.journal, directory.path().string());
    const fs::path backups = settings.backups;
    CHECK(daemon::copies_in(settings.backups).count == 0);
    fs::create_directories(backups);
    for (int day = 10; day < 30; ++day)
        std::ofstream(backups / ("journal-2020-01-" + std::to_string(day) + "T030000Z.db")) << "old";
    std::ofstream(backups / "by-hand.db") << "not ours to delete";
    const auto made = daemon::make_backup(settings);
    CHECK(fs::exists(made.path));
    CHECK(made.events == 0);
    CHECK(daemon::copies_in(settings.backups).count == 14);
    CHECK(fs::exists(backups / "by-hand.db"));
    CHECK_FALSE(fs::exists(backups / "journal-2020-01-16T030000Z.db"));
    CHECK(fs::exists(backups / "journal-2020-01-17T030000Z.db"));
}

TEST_CASE("a copy from a time when the clock was ahead is no newest copy and pushes out none", "[backup]") {
    const TempDir directory;
    daemon::Settings settings;
    settings.journal = (directory.path() / "journal.db").string();
    settings.backups = (directory.path() / "backups").string();
    settings.backup = {.at = {}, .keep_daily = 1, .keep_weekly = 0, .keep_monthly = 0};
    const auto journal = store::Journal::open(settings.journal, directory.path().string());
    const fs::path ahead = fs::path(settings.backups) / "journal-2999-03-01T030000Z.db";
    fs::create_directories(settings.backups);
    std::ofstream(ahead) << "old";
    CHECK_FALSE(daemon::copies_in(settings.backups).newest);
    const auto made = daemon::make_backup(settings);
    CHECK(fs::exists(made.path));
    CHECK(fs::exists(ahead));
    const auto copies = daemon::copies_in(settings.backups);
    REQUIRE(copies.newest);
    CHECK(*copies.newest <= std::chrono::system_clock::now() + daemon::name_ahead);
    CHECK(copies.count == 2);
    CHECK(copies.ahead == std::vector<std::string>{"journal-2999-03-01T030000Z.db"});
}

TEST_CASE("copies made in a row are each kept as the newest, few of them, and too many in a minute refused",
          "[backup]") {
    const TempDir directory;
    daemon::Settings settings;
    settings.journal = (directory.path() / "journal.db").string();
    settings.backups = (directory.path() / "backups").string();
    const auto journal = store::Journal::open(settings.journal, directory.path().string());
    std::string last;
    const auto one_more = [&] {
        const auto made = daemon::make_backup(settings);
        REQUIRE(fs::exists(made.path));
        CHECK(made.path > last);
        last = made.path;
    };
    for (int i = 0; i < 40; ++i) one_more();
    CHECK(daemon::copies_in(settings.backups).count <= daemon::fresh_copies_kept);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (auto taken = now; taken < now + std::chrono::hours(1); taken += std::chrono::seconds(1))
        std::ofstream(fs::path(settings.backups) / daemon::copy_name(taken)) << "a copy";
    CHECK_THROWS_WITH(daemon::make_backup(settings), Catch::Contains("too many copies were made within a minute"));
}

TEST_CASE("a record that no copy holds grows old from its first event, over restarts", "[backup]") {
    const TempDir directory;
    const auto config = write_shop(directory.path(), "", "speed = 0\nstart = \"2026-11-21T09:00\"", "speed = 1");
    {
        const auto journal = store::Journal::open((directory.path() / "journal.db").string(), "");
        const auto at =
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) - std::chrono::hours(100);
        const Event event{.seq = 1,
                          .at = at,
                          .received = at,
                          .who = "301",
                          .cause = "1",
                          .order = "R1",
                          .fact = Received{.plate = "沪A12345", .model = "朗逸", .promise = at, .advisor = "301"}};
        journal->append(std::vector{event}, {});
    }
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    const auto health = ask(client, "health");
    CAPTURE(health);
    CHECK(health.find("backup-old") != std::string::npos);
    CHECK(health.find("backup_age_seconds=36") != std::string::npos);  // 360,000 s and a little
}

TEST_CASE("the age of the newest copy is told before there is one or an event", "[backup]") {
    const TempDir directory;
    const auto config = write_shop(directory.path(), "", "speed = 0\nstart = \"2026-11-21T09:00\"", "speed = 1");
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    const auto health = ask(client, "health");
    CHECK(health.find("health=ok") != std::string::npos);
    CHECK(health.find(" backups=0 ") != std::string::npos);
    CHECK(health.find(" backup_age_seconds=0 ") != std::string::npos);
}
