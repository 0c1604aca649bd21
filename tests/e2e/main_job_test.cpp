// The main job, with the real programs: updates arrive over TCP as words, JSON and scanner codes, and stand on the
// board's pixels and on the sign's glass.
#include "display-drivers/lounge/png.hpp"
#include "protocol/json.hpp"
#include "tests/lounge/support.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <functional>

using namespace baytime;
namespace json = boost::json;

namespace {

/// Calls `done` whenever a file below `directory` was written anew, until it says yes. False on the deadline.
class Watch {
public:
    explicit Watch(const std::filesystem::path& directory) : events_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
        ::inotify_add_watch(events_, directory.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_CREATE);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { ::close(events_); }

    bool until(const std::function<bool()>& done) const {
        const auto end = std::chrono::steady_clock::now() + support::daemon_deadline;
        while (!done()) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            pollfd ready{events_, POLLIN, 0};
            if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return done();
            char ignored[4096];
            while (::read(events_, ignored, sizeof ignored) > 0) {
            }
        }
        return true;
    }

    /// Waits until nothing has been written for a second: fades are over, nothing moves.
    void until_quiet() const {
        pollfd ready{events_, POLLIN, 0};
        char ignored[4096];
        while (::poll(&ready, 1, 1000) > 0) {
            while (::read(events_, ignored, sizeof ignored) > 0) {
            }
        }
    }

private:
    int events_;
};

json::object report(const std::filesystem::path& path) {
    boost::system::error_code failed;
    const auto value = json::parse(support::file_text(path), failed);
    return !failed && value.is_object() ? value.as_object() : json::object{};
}

const std::string sign_of_bay_3 = R"(
[[sign]]
name = "bay-3"
driver = "alpha"
port = "pty:DIR/bay-3"
bay = "3"
[sign.text]
state = "{bay} {plate} {step}"
ready = "{bay} {plate} {step}"
idle = "BAY 3 FREE"
stale = "PLEASE WAIT"
neutral = "WELCOME"
)";

/// Daemon, board and sign of one small shop.
class Workshop {
public:
    Workshop()
        : watch_(directory_.path()),
          signs_({baytime::support::built("display-drivers/signs/baytime-signsim"), "--sign", "bay-3:alpha", "--dir",
                  path(""), "--report", path("signs.json")},
                 {}, path("signs.log")) {
        REQUIRE(watch_.until([&] { return std::filesystem::exists(path("bay-3")); }));
        std::string sign = sign_of_bay_3;
        sign.replace(sign.find("DIR"), 3, directory_.path().string());
        daemon_.emplace(support::write_shop(directory_.path(), sign, "[shop]", "[shop]\nreveal_delay = \"at_once\""));
        const std::vector<std::string> board = {baytime::support::built("display-drivers/lounge/baytime-lounge"),
                                                "--host",
                                                "127.0.0.1",
                                                "--port",
                                                daemon_->port(),
                                                "--size",
                                                "1280x720",
                                                "--language",
                                                "zh",
                                                "--no-drift",
                                                "--png",
                                                path("board.png"),
                                                "--report",
                                                path("board.json")};
        board_.emplace(board, std::vector<std::string>{"SDL_VIDEODRIVER=dummy"}, path("board.log"));
        words_.emplace(daemon_->connect());
    }

    std::string path(const std::string& name) const { return (directory_.path() / name).string(); }
    std::string words(const std::string& line) { return support::ask(*words_, line); }
    support::DaemonProcess& daemon() { return *daemon_; }

    /// Waits until the board shows the daemon's newest state: its picture must equal the golden one.
    void expect_board(const std::string& golden) {
        const auto reply = words("ping");
        const auto seq = std::stoul(reply.substr(reply.find("seq=") + 4));
        INFO(reply << "\n" << support::file_text(path("board.json")) << support::file_text(path("board.log")));
        REQUIRE(watch_.until([&] {
            const auto shown = report(path("board.json"));
            return shown.contains("seq") && json::value_to<std::uint64_t>(shown.at("seq")) >= seq;
        }));
        // The glow of a fresh change fades away; the picture at rest is the one to compare.
        watch_.until_quiet();
        board_->signal(SIGUSR1);
        REQUIRE(watch_.until([&] { return std::filesystem::exists(path("board.png")); }));
        const auto picture = lounge::read_png(path("board.png"));
        std::filesystem::remove(path("board.png"));
        const auto differs = lounge::support::compare(*picture, golden);
        CHECK(differs == "");
    }
    void expect_glass(const std::string& text) {
        std::string shown;
        watch_.until([&] {
            const auto signs = report(path("signs.json"));
            if (!signs.contains("signs")) return false;
            shown = std::string(signs.at("signs").at("bay-3").at("text").as_string());
            return shown == text;
        });
        CHECK(shown == text);
    }
    int stop_daemon() { return daemon_->stop(); }

private:
    support::TempDir directory_;
    Watch watch_;
    support::Process signs_;
    std::optional<support::DaemonProcess> daemon_;
    std::optional<support::Process> board_;
    std::optional<client::Client> words_;
};

bool ok(const std::string& reply) {
    INFO(reply);
    CHECK(reply.starts_with("OK "));
    return reply.starts_with("OK ");
}

}  // namespace

TEST_CASE("start and finish as words, JSON and scanner codes reach the board's pixels and the sign's glass") {
    Workshop shop;
    shop.expect_board("e2e-welcome");
    shop.expect_glass("BAY 3 FREE");

    const std::string car = " type=maintenance wash=no as=301 promise=11:00 model=";
    ok(shop.words("receive R1 plate=沪A7D2K8 items=常规保养:60" + car + "朗逸"));
    ok(shop.words("receive R2 plate=沪AD12338 items=更换刹车片:45" + car + "\"ID.4 X\""));
    ok(shop.words("receive R3 plate=浙B5126D items=四轮定位:40" + car + "帕萨特"));
    ok(shop.words("assign R1 1 as=201"));
    ok(shop.words("assign R2 2 as=201"));
    ok(shop.words("assign R3 3 as=201"));

    // Words, from a person with nothing but a terminal.
    ok(shop.words("start R1 as=101"));
    // JSON, from a program.
    auto program = shop.daemon().connect();
    const auto call = [&](const std::string& method) {
        const auto reply = json::parse(support::ask(
            program, R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":{"order":"R2","as":"102"}})"));
        INFO(json::serialize(reply));
        CHECK(reply.as_object().contains("result"));
    };
    call("start");
    // Codes, from a scanner that only sends what it reads: technician 401 is the lead of the team.
    auto scanner = shop.daemon().connect();
    ok(support::ask(scanner, "hello device=scan-3"));
    const auto scan = [&](const std::string& code) { return support::ask(scanner, code); };
    ok(scan("T401"));
    ok(scan("JR3"));
    ok(scan("START"));
    shop.expect_glass("3 ZHE-B5**6D\nrepair");
    shop.expect_board("e2e-started");

    ok(shop.words("finish R1 as=101"));
    call("finish");
    ok(scan("FINISH"));
    ok(scan("JR3"));
    ok(scan("T401"));
    shop.expect_glass("3 ZHE-B5**6D\ncheck");
    ok(shop.words("inspect R1 passed as=402"));
    ok(shop.words("delay R2 minutes=30 reason=rework as=402"));
    shop.expect_board("e2e-finished");

    CHECK(shop.stop_daemon() == 0);
    shop.expect_glass("WELCOME");
}
