// What the kept copies tell about the journal, and the daemon about them: a real daemon on real files.
#include "tests/daemon/machine.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

std::string receive(int number) {
    return "receive R" + std::to_string(number) + " plate=沪A1234" + std::to_string(number) +
           " model=x type=repair promise=11:00 as=301";
}

/// The file's name.
std::string copy_made(client::Client& client) {
    const auto made = backed_up(client);
    CAPTURE(boost::json::serialize(made));
    REQUIRE(made.at("state") == "done");
    return std::string(made.at("path").as_string());
}

std::string health_of(client::Client& client) {
    client.send("health");
    std::string all;
    for (;;) {
        const auto line = client.wait_line(daemon_deadline);
        all += line + "\n";
        if (line.starts_with("OK ") || line.starts_with("ERR ")) return all;
    }
}

}  // namespace

TEST_CASE("a journal that lost what a copy still holds is told loudly, until the copy is back", "[service][backup]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    const auto journal = directory.path() / "journal.db";
    std::string copy;
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive(1)).starts_with("OK "));
        REQUIRE(ask(client, receive(2)).starts_with("OK "));
        copy = copy_made(client);
        REQUIRE(daemon.stop() == 0);
    }
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(journal.string() + end);
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive(3)).starts_with("OK "));
        const auto health = health_of(client);
        CAPTURE(health);
        CHECK(health.find("problem=journal-behind level=critical about=" + copy) != std::string::npos);
        CHECK(daemon.log().find("error journal_behind copy=" + copy) != std::string::npos);
        SECTION("the copy was moved away: the journal is meant to begin anew") {
            fs::rename(copy, directory.path() / "elsewhere.db");
            CHECK(health_of(client).find("journal-behind") == std::string::npos);
            return;
        }
        SECTION("the copy is restored") {
            REQUIRE(daemon.stop() == 0);
        }
    }
    if (!fs::exists(copy)) return;
    Process restoring({DaemonProcess::program(), "--config", config, "--restore", copy}, {},
                      (directory.path() / "restore.log").string());
    REQUIRE(restoring.wait() == 0);
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    CHECK(health_of(client).find("journal-behind") == std::string::npos);
    CHECK(ask(client, "show R2").find("R2") != std::string::npos);
}

TEST_CASE("a kept copy that the disk has spoilt is found when its turn comes", "[service][backup]") {
    const TempDir directory;
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    REQUIRE(ask(client, receive(1)).starts_with("OK "));
    const auto first = copy_made(client);
    const auto second = copy_made(client);
    CHECK(health_of(client).find("backup-doubtful") == std::string::npos);
    auto bytes = bytes_of(first);
    const auto at = bytes.find("沪A12341");
    REQUIRE(at != std::string::npos);
    bytes[at + 4] = '9';
    write_bytes(first, bytes);
    constexpr int turns = 4;
    std::string health;
    for (int turn = 0; turn < turns && health.find("backup-doubtful") == std::string::npos; ++turn) {
        copy_made(client);
        health = health_of(client);
    }
    CAPTURE(health);
    CHECK(health.find("problem=backup-doubtful level=warning about=" + first) != std::string::npos);
    CHECK(daemon.log().find("warning copy_damaged copy=" + first) != std::string::npos);
    fs::remove(first);
    CHECK(health_of(client).find("backup-doubtful") == std::string::npos);
    CHECK(fs::exists(second));
}
