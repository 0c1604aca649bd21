// The real program, without a display, against a daemon played by the test over a loopback socket.
#include "display-drivers/lounge/png.hpp"
#include "protocol/change.hpp"
#include "protocol/replies.hpp"
#include "tests/lounge/support.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

using namespace baytime;
namespace json = boost::json;

namespace {

constexpr int patience_ms = 30'000;

/// The daemon's end: one connection at a time.
class PlayedDaemon {
public:
    PlayedDaemon() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(listener_, 4) == 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = std::to_string(ntohs(address.sin_port));
    }
    PlayedDaemon(const PlayedDaemon&) = delete;
    PlayedDaemon& operator=(const PlayedDaemon&) = delete;
    ~PlayedDaemon() {
        hang_up();
        close(listener_);
    }

    const std::string& port() const { return port_; }
    /// Takes the next connection that is alive, greets, and returns the first line it sends.
    std::string greet() {
        std::string first;
        while (first.empty()) {
            hang_up();
            pollfd ready{listener_, POLLIN, 0};
            REQUIRE(poll(&ready, 1, patience_ms) == 1);
            peer_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            const std::string greeting = protocol::greeting("baytimed/test", "城西服务站", 1);
            send(peer_, greeting.data(), greeting.size(), MSG_NOSIGNAL);  // the program may have given up waiting
            first = line();
        }
        return first;
    }
    void hang_up() {
        if (peer_ >= 0) close(peer_);
        peer_ = -1;
    }
    void say(const std::string& text) { REQUIRE(send(peer_, text.data(), text.size(), MSG_NOSIGNAL) > 0); }
    void push(const std::string& kind, std::uint64_t seq, const json::value& data) {
        const json::object clock{{"now", "2026-11-21T01:42:00Z"}, {"speed", 0.001}, {"offset_minutes", 480}};
        say(protocol::json_push({.view = "lounge", .kind = kind, .seq = seq, .clock = clock, .data = data}));
    }

private:
    std::string line() {
        std::string text;
        char letter = 0;
        pollfd ready{peer_, POLLIN, 0};
        while (poll(&ready, 1, patience_ms) == 1 && recv(peer_, &letter, 1, 0) == 1 && letter != '\n') text += letter;
        return text;
    }
    int listener_ = -1;
    int peer_ = -1;
    std::string port_;
};

support::Process start(const PlayedDaemon& daemon, std::vector<std::string> more) {
    std::vector<std::string> arguments{BAYTIME_BUILD_DIR "/display-drivers/lounge/baytime-lounge",
                                       "--port",
                                       daemon.port(),
                                       "--size",
                                       "1280x720",
                                       "--no-drift"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::Process(arguments, {"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"});
}

/// The report, once it says what is wanted.
json::object report_when(const std::string& path, const std::function<bool(const json::object&)>& wanted) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (std::chrono::steady_clock::now() < end) {
        std::ifstream file(path);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        if (!text.empty()) {
            const auto report = json::parse(text).as_object();
            if (wanted(report)) return report;
        }
        poll(nullptr, 0, 10);
    }
    FAIL("the report never said what was wanted");
    return {};
}

bool wait_for_file(const std::string& path) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (!std::filesystem::exists(path) && std::chrono::steady_clock::now() < end) poll(nullptr, 0, 10);
    return std::filesystem::exists(path);
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

TEST_CASE("wrong usage ends with 2, a sentence and a token", "[program]") {
    struct Case {
        std::vector<std::string> arguments;
        std::string says;
    };
    const auto c = GENERATE(values<Case>({{{"--config", "/nonexistent.toml"}, "[bad-settings]"},
                                          {{"--colour", "red"}, "[bad-option]"},
                                          {{"--language", "fr"}, "[bad-option]"},
                                          {{"--size", "wide"}, "[bad-value]"}}));
    const support::TempDir dir;
    const std::string log = dir.path() / "log";
    std::vector<std::string> arguments{BAYTIME_BUILD_DIR "/display-drivers/lounge/baytime-lounge"};
    arguments.insert(arguments.end(), c.arguments.begin(), c.arguments.end());
    support::Process program(arguments, {"SDL_VIDEODRIVER=dummy"}, log);
    CHECK(program.wait() == 2);
    std::ifstream file(log);
    const std::string said(std::istreambuf_iterator<char>(file), {});
    CHECK_THAT(said, Catch::StartsWith("baytime-lounge: ") && Catch::EndsWith(c.says + "\n"));
}
