// The real program on a real X server: what stands on the glass is what it draws without one.
#include "display-drivers/lounge/png.hpp"
#include "protocol/change.hpp"
#include "protocol/replies.hpp"
#include "tests/lounge/played_daemon.hpp"
#include "tests/lounge/support.hpp"
#include "tests/lounge/x_screen.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

using namespace baytime::lounge;
using baytime::LoungeView;
using baytime::Step;
using baytime::support::Process;
using baytime::support::TempDir;
namespace protocol = baytime::protocol;
using support::eventually;
using support::PlayedDaemon;
using support::XScreen;
using support::XServer;

namespace {

using Words = std::vector<std::string>;

Process start(const PlayedDaemon& daemon, const Words& more, const Words& environment, const std::string& log) {
    Words arguments{baytime::support::built("display-drivers/lounge/baytime-lounge"), "--port", daemon.port(),
                    "--no-drift"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Process(arguments, environment, log);
}

/// A board program on an X screen, its daemon, and what it says.
struct Board {
    Board(const XServer& server, const Words& more)
        : picture(dir.path() / "now.png"),
          program(start(daemon, joined({"--png", picture}, more), server.environment(), dir.path() / "log")) {
        daemon.greet();
        daemon.push("snapshot", 7, protocol::to_json(view));
    }
    static Words joined(Words one, const Words& other) {
        one.insert(one.end(), other.begin(), other.end());
        return one;
    }
    /// The picture it writes when asked.
    Surface asked_picture() const {
        std::filesystem::remove(picture);
        program.signal(SIGUSR1);
        REQUIRE(eventually([&] { return std::filesystem::exists(picture); }));
        return read_png(picture);
    }
    std::string log() const {
        std::ifstream file(dir.path() / "log");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    TempDir dir;
    PlayedDaemon daemon;
    LoungeView view = support::eight_cars();
    std::string picture;
    Process program;
};

/// The same board drawn without a window system.
Surface headless(const std::string& size, const Words& more = {}) {
    const TempDir dir;
    PlayedDaemon daemon;
    const std::string picture = dir.path() / "board.png";
    const Words arguments = Board::joined({"--size", size, "--screenshot", picture}, more);
    auto program = start(daemon, arguments, {"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"}, dir.path() / "log");
    daemon.greet();
    daemon.push("snapshot", 7, protocol::to_json(support::eight_cars()));
    REQUIRE(program.wait() == 0);
    return read_png(picture);
}

bool same_pixels(const SDL_Surface& a, const SDL_Surface& b) {
    if (a.w != b.w || a.h != b.h) return false;
    for (int y = 0; y < a.h; ++y) {
        const auto* one = reinterpret_cast<const Uint32*>(static_cast<const char*>(a.pixels) + y * a.pitch);
        const auto* other = reinterpret_cast<const Uint32*>(static_cast<const char*>(b.pixels) + y * b.pitch);
        for (int x = 0; x < a.w; ++x) {
            if (((one[x] ^ other[x]) & 0xffffff) != 0) return false;
        }
    }
    return true;
}

bool shows(const XScreen& screen, const Surface& wanted) {
    return eventually([&] { return same_pixels(*screen.picture(), *wanted); });
}

bool fills(const XScreen& screen, int width, int height) {
    return eventually([&] {
        const auto windows = screen.windows();
        const SDL_Rect whole{0, 0, width, height};
        return windows.size() == 1 && SDL_RectEquals(&windows[0], &whole) == SDL_TRUE;
    });
}

}  // namespace

TEST_CASE("on an X screen the board fills the glass, without a pointer, as it draws without a screen", "[x11]") {
    const XServer server("1920x1080");
    const XScreen screen(server.display());
    Board board(server, {});
    CHECK(fills(screen, 1920, 1080));
    CHECK(shows(screen, headless("1920x1080")));
    CHECK(same_pixels(*board.asked_picture(), *screen.picture()));
    CHECK_FALSE(screen.pointer_is_visible());
    board.program.signal(SIGTERM);
    CHECK(board.program.wait() == 0);
}

TEST_CASE("with --size the board is a window of that size", "[x11]") {
    const XServer server("1920x1080");
    const XScreen screen(server.display());
    const Board board(server, {"--size", "1280x720"});
    REQUIRE(eventually([&] { return screen.windows().size() == 1; }));
    CHECK(screen.windows()[0].w == 1280);
    CHECK(screen.windows()[0].h == 720);
    CHECK(same_pixels(*board.asked_picture(), *headless("1280x720")));
}

TEST_CASE("a television that changes its resolution, or goes off and on, shows the board again", "[x11]") {
    const XServer server("1920x1080");
    XScreen screen(server.display());
    const Board board(server, {});
    const Surface large = headless("1920x1080");
    REQUIRE(shows(screen, large));
    screen.set_mode(1280, 720);
    CHECK(fills(screen, 1280, 720));
    CHECK(shows(screen, headless("1280x720")));
    screen.switch_off();
    screen.set_mode(720, 1080);  // turned on its side
    CHECK(fills(screen, 720, 1080));
    CHECK(shows(screen, headless("720x1080")));
    screen.set_mode(1920, 1080);
    CHECK(shows(screen, large));
    INFO(board.log());
    CHECK_FALSE(screen.pointer_is_visible());
}

TEST_CASE("several screens are several programs", "[x11]") {
    const XServer left("1920x1080");
    const XServer right("1080x1920");
    const XScreen first(left.display());
    const XScreen second(right.display());
    const Board chinese(left, {});
    const Board english(right, {"--language", "en"});
    CHECK(shows(first, headless("1920x1080")));
    CHECK(shows(second, headless("1080x1920", {"--language", "en"})));
}

TEST_CASE("a display that is not there is replaced by the first", "[x11]") {
    const XServer server("1280x720");
    const XScreen screen(server.display());
    const TempDir dir;
    std::ofstream(dir.path() / "lounge.toml") << "[screen]\ndisplay = 3\n";
    const Board board(server, {"--config", dir.path() / "lounge.toml"});
    CHECK(shows(screen, headless("1280x720")));
    CHECK(board.log().find("there is no display 3") != std::string::npos);
}

TEST_CASE("an event becomes pixels", "[x11]") {
    const XServer server("1920x1080");
    const XScreen screen(server.display());
    Board board(server, {});
    REQUIRE(shows(screen, headless("1920x1080")));
    const auto before = board.view;
    board.view.rows[1].step = Step::ready;
    const auto change = protocol::change_between(before, board.view);
    constexpr int x = 1000, y = 285;  // ground of the second row
    const Uint32 old = screen.pixel(x, y);
    const auto begin = std::chrono::steady_clock::now();
    board.daemon.push("change", 8, change);
    const auto end = begin + support::patience;
    while (screen.pixel(x, y) == old && std::chrono::steady_clock::now() < end) {
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
    CHECK(screen.pixel(x, y) != old);
    WARN(fmt::format("from the daemon's event to pixels on an X screen: {:.1f} ms (goal: under 100)", taken.count()));
}

TEST_CASE("without its X server the board ends with 1, for systemd to start again", "[x11]") {
    XServer server("1280x720");
    SECTION("that was never there") {
        const TempDir dir;
        const PlayedDaemon daemon;
        auto program = start(daemon, {}, {"SDL_VIDEODRIVER=x11", "DISPLAY=:54321"}, dir.path() / "log");
        CHECK(program.wait() == 1);
    }
    SECTION("that has ended") {
        Board board(server, {});
        board.asked_picture();
        server.end();
        CHECK(board.program.wait() == 1);
    }
}
