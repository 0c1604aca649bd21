// What a reload takes over, what it leaves for a restart, and what it must not take away.
#include "board/daemon/reload_rules.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/daemon/machine.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

void replace(const std::string& file, const std::string& from, const std::string& to) {
    auto text = file_text(file);
    REQUIRE(text.find(from) != std::string::npos);
    std::ofstream(file, std::ios::binary) << text.replace(text.find(from), from.size(), to);
}

/// `health` once it says so.
json::object health_with(client::Client& client, const std::string& what) {
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    for (;;) {
        const auto health = ask(client, R"({"jsonrpc":"2.0","id":1,"method":"health"})");
        if (health.find(what) != std::string::npos || std::chrono::steady_clock::now() > until)
            return json::parse(health).at("result").as_object();
    }
}

/// The `about` and `detail` of a problem: `[store] `; "none" when health does not say it.
std::string problem(const json::object& health, const std::string& name) {
    for (const auto& line : health.at("problems").as_array()) {
        if (line.at("problem") != json::string(name)) continue;
        const auto text = [&line](const char* member) {
            const auto* found = line.as_object().if_contains(member);
            return found == nullptr ? std::string() : std::string(found->as_string());
        };
        return text("about") + " " + text("detail");
    }
    return "none";
}

std::string reloads(int count) {
    return "\"reloads\":" + std::to_string(count);
}

const char* const receive_r1 = "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301";

}  // namespace

TEST_CASE("what only a restart takes over keeps its old value until then, and health says so", "[service][reload]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    {
        DaemonProcess daemon(config);
        auto client = daemon.connect();
        REQUIRE(ask(client, receive_r1).starts_with("OK "));
        replace(config, "\"journal.db\"", "\"new/journal.db\"");
        replace(config, "\"backups\"", "\"new/backups\"");
        replace(config, "speed = 0", "speed = 1");
        replace(config, "port = 0", "port = 1");
        daemon.signal(SIGHUP);
        auto health = health_with(client, reloads(1));
        CHECK(health.at("health") == "restart-needed");
        CHECK(problem(health, "restart-needed") == "[listen], [store], [clock] ");
        CHECK(daemon.log().find(" restart_needed for=") != std::string::npos);

        auto state = ask(client, "backup");
        const auto until = std::chrono::steady_clock::now() + daemon_deadline;
        while (state.find("state=running") != state.npos && std::chrono::steady_clock::now() < until)
            state = ask(client, "backup status");
        CHECK(state.find(" path=" + (directory.path() / "backups/journal-").string()) != std::string::npos);
        CHECK(state.find(" events=1 ") != std::string::npos);
        CHECK_FALSE(fs::exists(directory.path() / "new"));

        busy_shop(directory.path());
        daemon.signal(SIGHUP);
        health = health_with(client, reloads(2));
        CHECK(problem(health, "restart-needed") == "none");
        CHECK(health.at("health") == "ok");
    }
    fs::create_directories(directory.path() / "new");
    replace(config, "\"journal.db\"", "\"new/journal.db\"");
    DaemonProcess restarted(config);
    auto client = restarted.connect();
    CHECK(problem(health_with(client, reloads(0)), "restart-needed") == "none");
    CHECK(fs::exists(directory.path() / "new/journal.db"));
}

TEST_CASE("a configuration that was emptied is refused like a faulty one", "[service][reload]") {
    const TempDir directory;
    const auto config = busy_shop(directory.path());
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    const auto* const text =
        GENERATE("", "# nothing but this\n", "[[staff]]\nid = \"301\"\nname = \"x\"\nrole = \"advisor\"\n",
                 "[[bay]]\nid = \"1\"\n");
    std::ofstream(config, std::ios::trunc) << text;
    daemon.signal(SIGHUP);
    const auto health = health_with(client, "\"config\":\"refused\"");
    CAPTURE(json::serialize(health));
    CHECK(health.at("health") == "configuration-refused");
    const bool no_setting = *text == '\0' || *text == '#';
    CHECK(problem(health, "configuration-refused")
              .find(no_setting ? "no setting stands in this file" : "in force; was the file emptied or cut off?") !=
          std::string::npos);
    CHECK(ask(client, "assign R1 1 as=201").starts_with("OK "));
}

TEST_CASE("a bay with a car does not go away by a reload", "[service][reload]") {
    const TempDir directory;
    const std::string fourth = "[[bay]]\nid = \"4\"\n";
    const auto config = busy_shop(directory.path(), fourth);
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    REQUIRE(ask(client, receive_r1).starts_with("OK "));
    REQUIRE(ask(client, "assign R1 4 as=201").starts_with("OK "));
    REQUIRE(ask(client, "start R1 as=101").starts_with("OK "));
    busy_shop(directory.path());
    daemon.signal(SIGHUP);
    auto health = health_with(client, "\"config\":\"refused\"");
    CHECK(problem(health, "configuration-refused")
              .find("bay 4 is not in it any more, but R1 is there; move the car first") != std::string::npos);
    CHECK(ask(client, "pause R1 parts as=101").starts_with("OK "));
    CHECK(ask(client, "assign R1 1 as=201").starts_with("OK "));
    daemon.signal(SIGHUP);
    health = health_with(client, reloads(1));
    CHECK(health.at("health") == "ok");
}

TEST_CASE("at a start health names the bay in which cars are although it is not configured", "[service][reload]") {
    const TempDir directory;
    const std::string fourth = "[[bay]]\nid = \"4\"\n";
    {
        DaemonProcess daemon(busy_shop(directory.path(), fourth));
        auto client = daemon.connect();
        REQUIRE(ask(client, receive_r1).starts_with("OK "));
        REQUIRE(ask(client, "assign R1 4 parked as=201").starts_with("OK "));
        REQUIRE(daemon.stop() == 0);
    }
    DaemonProcess daemon(busy_shop(directory.path()));
    auto client = daemon.connect();
    auto health = health_with(client, reloads(0));
    CHECK(health.at("health") == "bay-missing");
    CHECK(problem(health, "bay-missing") == "4 1");
    daemon.signal(SIGHUP);  // a reload is no worse for it
    health = health_with(client, reloads(1));
    CHECK(problem(health, "bay-missing") == "4 1");
    CHECK(ask(client, "assign R1 2 as=201").starts_with("OK "));
    CHECK(health_with(client, reloads(1)).at("health") == "ok");
}

TEST_CASE("each section that needs a restart is named, and nothing else is kept back", "[reload]") {
    const auto running = little_settings();
    auto next = running;
    next.shop.name = "another";
    next.hello_limit = std::chrono::seconds{5};
    next.backup.keep_daily = 3;
    CHECK(daemon::keep_until_restart(running, next).empty());
    CHECK(next.shop.name == "another");
    CHECK(next.backup.keep_daily == 3);
    next.tls_address = "0.0.0.0";
    next.metrics.port = 9000;
    CHECK(daemon::keep_until_restart(running, next) == "[listen], [metrics]");
    CHECK(next.tls_address == running.tls_address);
    CHECK(next.metrics == running.metrics);
    CHECK(next.hello_limit == std::chrono::seconds{5});
}
