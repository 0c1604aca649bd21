// An alert from the first question to the acknowledgement, over two restarts, with a clock that runs 600 times as fast.
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace baytime;
using namespace baytime::support;

namespace {

constexpr const char* escalation = "[alerts]\nescalate_minutes = 30\n";

/// The next event with this fact and alert on a connection that watches events.
std::string await(client::Client& watcher, const std::string& fact, const std::string& alert) {
    for (;;) {
        const auto line = watcher.wait_line(daemon_deadline);
        const bool found = line.find("\"fact\":\"" + fact + "\"") != std::string::npos &&
                           line.find("\"alert\":\"" + alert + "\"") != std::string::npos;
        if (found) return line;
    }
}

/// The lines of a reply, its OK line last.
std::vector<std::string> lines_of(client::Client& client, const std::string& question) {
    client.send(question);
    std::vector<std::string> out;
    do out.push_back(client.wait_line(daemon_deadline));
    while (out.back().starts_with("- "));
    return out;
}

std::string line_with(const std::vector<std::string>& lines, const std::string& text) {
    for (const auto& line : lines) {
        if (line.find(text) != std::string::npos) return line;
    }
    return {};
}

int count_of(const std::vector<std::string>& lines, const std::string& one, const std::string& other) {
    int found = 0;
    for (const auto& line : lines) {
        if (line.find(one) != std::string::npos && line.find(other) != std::string::npos) ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("§5 an alert raised by time survives power cuts, comes once, is passed on and acknowledged", "[alerts]") {
    const TempDir directory;
    const auto config = write_shop(directory.path(), escalation, "speed = 0", "speed = 600");
    {
        DaemonProcess daemon(config);
        auto floor = daemon.connect(), watcher = daemon.connect();
        REQUIRE(ask(watcher, "watch events since=0").starts_with("OK "));
        REQUIRE(ask(floor, "receive R1 plate=沪A7D3K8 model=朗逸 type=repair promise=+120 as=301").starts_with("OK "));
        REQUIRE(ask(floor, "assign R1 2 101 as=201").starts_with("OK "));
        REQUIRE(ask(floor, "start R1 as=101").starts_with("OK "));
        const auto raised = await(watcher, "alert_raised", "ask_30:R1");
        CHECK(raised.find("\"who\":\"system\"") != std::string::npos);
        CHECK(raised.find("\"whom\":\"technician\",\"person\":\"101\"") != std::string::npos);
        daemon.kill();
    }
    {
        DaemonProcess daemon(config);
        auto floor = daemon.connect(), watcher = daemon.connect();
        CHECK_FALSE(line_with(lines_of(floor, "alerts"), "id=ask_30:R1 ").empty());
        REQUIRE(ask(watcher, "watch events since=0").starts_with("OK "));
        const auto passed_on = await(watcher, "alert_escalated", "ask_30:R1");
        CHECK(passed_on.find("\"whom\":\"foreman\",\"person\":\"201\"") != std::string::npos);
        daemon.kill();
    }
    {
        DaemonProcess daemon(config);
        auto floor = daemon.connect(), watcher = daemon.connect();
        REQUIRE(ask(watcher, "watch events since=0").starts_with("OK "));
        await(watcher, "alert_raised", "overdue:R1");
        REQUIRE(ask(floor, "ack overdue:R1 as=201").starts_with("OK order=R1 "));
        daemon.kill();
    }
    DaemonProcess daemon(config);
    auto floor = daemon.connect();
    const auto alert = line_with(lines_of(floor, "alerts"), "id=overdue:R1 ");
    CAPTURE(alert);
    CHECK(alert.find(" acknowledged_by=201 answer=seen") != std::string::npos);
    const auto history = lines_of(floor, "history R1");
    CHECK(count_of(history, "fact=alert_raised", "ask_30:R1") == 1);
    CHECK(count_of(history, "fact=alert_raised", "ask_15:R1") == 1);
    CHECK(count_of(history, "fact=alert_raised", "overdue:R1") == 1);
    // Nobody answered it: it outlives its promise.
    CHECK(count_of(history, "fact=alert_closed", "ask_30:R1") == 0);
    REQUIRE(ask(floor, "ack ask_30:R1 as=201").starts_with("OK order=R1 "));
    CHECK(count_of(lines_of(floor, "history R1"), "fact=alert_closed", "ask_30:R1") == 1);
    CHECK(daemon.stop() == 0);
}
