// The real program, without a display, against a daemon played by the test over a loopback socket.
#include "display-drivers/lounge/png.hpp"
#include "protocol/change.hpp"
#include "protocol/harmless.hpp"
#include "protocol/replies.hpp"
#include "tests/lounge/played_daemon.hpp"
#include "tests/lounge/support.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

using namespace baytime;
using lounge::support::eventually;
using lounge::support::PlayedDaemon;
namespace json = boost::json;

namespace {

support::Process start(const PlayedDaemon& daemon, std::vector<std::string> more, const std::string& log = {}) {
    std::vector<std::string> arguments{baytime::support::built("display-drivers/lounge/baytime-lounge"),
                                       "--port",
                                       daemon.port(),
                                       "--size",
                                       "1280x720",
                                       "--no-drift"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::Process(arguments, {"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"}, log);
}

/// The report, once it says what is wanted.
json::object report_when(const std::string& path, const std::function<bool(const json::object&)>& wanted) {
    json::object report;
    REQUIRE(eventually([&] {
        std::ifstream file(path);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        if (text.empty()) return false;
        report = json::parse(text).as_object();
        return wanted(report);
    }));
    return report;
}

bool wait_for_file(const std::string& path) {
    return eventually([&] { return std::filesystem::exists(path); });
}

json::value small_board() {
    return protocol::to_json(lounge::support::eight_cars());
}

}  // namespace

TEST_CASE("--screenshot writes the first complete board and ends", "[program]") {
    const support::TempDir dir;
    PlayedDaemon daemon;
    const std::string picture = dir.path() / "board.png";
    auto program = start(daemon, {"--screenshot", picture});
    CHECK(daemon.greet().find("\"watch\"") != std::string::npos);
    daemon.push("snapshot", 7, small_board());
    REQUIRE(program.wait() == 0);
    const auto drawn = lounge::read_png(picture);
    CHECK(drawn->w == 1280);
    CHECK(drawn->h == 720);
    CHECK(lounge::support::compare(*drawn, "program") == "");
}

TEST_CASE("the running board draws changes, survives the daemon, and writes what it shows", "[program]") {
    const support::TempDir dir;
    PlayedDaemon daemon;
    const std::string report = dir.path() / "report.json";
    const std::string picture = dir.path() / "now.png";
    auto program = start(daemon, {"--report", report, "--png", picture, "--token", "secret"});
    CHECK(daemon.greet().find("\"token\":\"secret\"") != std::string::npos);
    auto view = lounge::support::eight_cars();
    const auto before = view;
    daemon.push("snapshot", 7, small_board());
    auto seen = report_when(report, [](const json::object& now) { return now.at("seq").to_number<int>() == 7; });
    CHECK(seen.at("rows").as_array().size() == 8);
    CHECK_FALSE(seen.at("stale").as_bool());

    view.rows[1].step = Step::ready;
    daemon.push("change", 8, protocol::change_between(before, view));
    seen = report_when(report, [](const json::object& now) { return now.at("seq").to_number<int>() == 8; });
    CHECK(seen.at("rows").at(1).at("step").as_string() == "ready");

    daemon.hang_up();
    seen = report_when(report, [](const json::object& now) { return now.at("stale").as_bool(); });
    CHECK(seen.at("rows").as_array().size() == 8);
    CHECK(daemon.greet().find("secret") != std::string::npos);
    daemon.push("current", 8, nullptr);
    report_when(report, [](const json::object& now) { return !now.at("stale").as_bool(); });

    program.signal(SIGUSR1);
    REQUIRE(wait_for_file(picture));
    CHECK(lounge::read_png(picture)->w == 1280);
    program.signal(SIGTERM);
    CHECK(program.wait() == 0);
}

TEST_CASE("a text that cannot be drawn is left out, and the board lives on", "[program]") {
    const support::TempDir dir;
    PlayedDaemon daemon;
    const std::string report = dir.path() / "report.json", log = dir.path() / "log";
    auto program = start(daemon, {"--report", report}, log);
    daemon.greet();
    auto view = lounge::support::eight_cars();
    view.shop = view.rows[0].model = "\u200b";
    view.rows[1].work = view.rows[2].plate = "\u2060\ufe0f";
    view.rows[3].bay = std::string(100'000, 'x');
    view.welcomes[0].address = "\u200d";
    daemon.push("snapshot", 7, protocol::to_json(view));
    report_when(report, [](const json::object& now) { return now.at("seq").to_number<int>() == 7; });
    // What makes no sense is said without the words of a library.
    daemon.push("change", 8, "nothing of the kind");
    CHECK(eventually([&] {
        std::ifstream file(log);
        const std::string said(std::istreambuf_iterator<char>(file), {});
        return said.find("a line makes no sense: it is not as the protocol says; trying again") != std::string::npos;
    }));
    program.signal(SIGTERM);
    CHECK(program.wait() == 0);
}

TEST_CASE("wrong usage ends with 2, a sentence and a token", "[program]") {
    struct Case {
        std::vector<std::string> arguments;
        std::string says;
    };
    const auto c = GENERATE(values<Case>({{{"--config", "/nonexistent.toml"}, "[bad-settings]"},
                                          {{"--colour", "red"}, "[bad-option]"},
                                          {{"--language", "fr"}, "[bad-option]"},
                                          {{"--fingerprint", ""}, "[bad-option]"},
                                          {{"--\x1b[31m\u009b", "x"}, "[bad-option]"},
                                          {{"--config", "/none/\x1b[31m\u202e"}, "[bad-settings]"},
                                          {{"--size", "wide"}, "[bad-value]"}}));
    const support::TempDir dir;
    const std::string log = dir.path() / "log";
    std::vector<std::string> arguments{baytime::support::built("display-drivers/lounge/baytime-lounge")};
    arguments.insert(arguments.end(), c.arguments.begin(), c.arguments.end());
    support::Process program(arguments, {"SDL_VIDEODRIVER=dummy"}, log);
    CHECK(program.wait() == 2);
    std::ifstream file(log);
    const std::string said(std::istreambuf_iterator<char>(file), {});
    CHECK_THAT(said, Catch::StartsWith("baytime-lounge: ") && Catch::EndsWith(c.says + "\n"));
    CHECK(said == protocol::harmless_lines(said));
}
