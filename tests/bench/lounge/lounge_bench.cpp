// Figures of the lounge board: drawing, start, and from the command to pixels.
#include "tests/bench/lounge/drawing.hpp"
#include "tests/bench/lounge/programs.hpp"
#include "tests/bench/row.hpp"
#include "tests/lounge/x_screen.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <chrono>
#include <cstdio>
#include <sstream>

namespace {

using namespace baytime;
using namespace baytime::bench;
using lounge::support::XScreen;
using lounge::support::XServer;
using Words = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 9;
const Words dummy{"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"};

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

struct Drawing {
    std::vector<double> full, row, memory;
};

Drawing measure_drawing(const std::string& size, const Words& environment) {
    support::Process child({"/proc/self/exe", "--draw", size}, environment);
    Drawing drawing;
    for (int round = 0; round < rounds; ++round) {
        std::istringstream line(child.line().value_or(""));
        double full = 0, row = 0, memory = 0;
        if (!(line >> full >> row >> memory)) throw std::runtime_error("nothing could be drawn at " + size);
        drawing.full.push_back(full);
        drawing.row.push_back(row);
        drawing.memory.push_back(memory);
    }
    return drawing;
}

void print_drawing() {
    for (const std::string size : {"1920x1080", "3840x2160"}) {
        const Drawing memory = measure_drawing(size, dummy);
        print({.name = "full redraw, " + size + ", dummy",
               .unit = "ms",
               .reference = "memcpy of one frame",
               .ours = memory.full,
               .theirs = memory.memory,
               .goal = {1.5}});
        print({.name = "one changed row, " + size + ", dummy",
               .unit = "ms",
               .reference = "full redraw",
               .ours = memory.row,
               .theirs = memory.full,
               .goal = {0, Goal::Side::none}});
        const XServer server(size);
        const Drawing screen = measure_drawing(size, server.environment());
        print({.name = "one changed row, " + size + ", Xvfb",
               .unit = "ms",
               .reference = "full redraw",
               .ours = screen.row,
               .theirs = screen.full,
               .goal = {0.10}});
    }
}

double start_of_board(const Shop& shop, const Words& environment) {
    const auto begin = Clock::now();
    const Board board(shop, {"--size", "1920x1080"}, environment);
    board.wait_first_frame();
    return milliseconds_since(begin);
}

double start_of_bare(const Words& environment) {
    const auto begin = Clock::now();
    support::Process bare({"/proc/self/exe", "--bare", "1920x1080"}, environment);
    if (bare.line().value_or("") != "done") throw std::runtime_error("no Noto Sans CJK, or no SDL");
    return milliseconds_since(begin);
}

void print_start(const Shop& shop, const std::string& name, const Words& environment) {
    Row row{
        .name = "start to first frame, " + name, .unit = "ms", .reference = "SDL and two faces alone", .goal = {1.5}};
    for (int round = 0; round < rounds; ++round) {
        row.ours.push_back(start_of_board(shop, environment));
        row.theirs.push_back(start_of_bare(environment));
    }
    print(row);
}

/// From the command to pixels on a screen.
void print_pixels(Shop& shop) {
    const XServer server("1920x1080");
    const XScreen screen(server.display());
    const Board shown(shop, {}, server.environment());
    shown.wait_complete();
    Row row{.name = "command to pixels, commit included, Xvfb", .unit = "ms", .reference = "the goal", .goal = {1}};
    constexpr int x = 910, y = 185;  // ground of the first row, between two columns
    const Uint32 calm = screen.pixel(x, y);
    for (int round = 0; round < rounds; ++round) {
        while (screen.pixel(x, y) != calm) poll(nullptr, 0, 50);  // the last change still glows
        const auto begin = Clock::now();
        shop.change();
        while (screen.pixel(x, y) == calm) {
        }
        row.ours.push_back(milliseconds_since(begin));
        row.theirs.push_back(100);
    }
    print(row);
}

int measure() {
    print_head();
    print_drawing();
    Shop shop;
    print_start(shop, "dummy", dummy);
    const XServer server("1920x1080");
    print_start(shop, "Xvfb", server.environment());
    print_pixels(shop);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::string what = count > 2 ? words[1] : "";
    try {
        if (what == "--draw") return time_drawing(words[2], rounds);
        if (what == "--bare") return start_bare(words[2]);
        return measure();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_lounge: %s\n", error.what());
        return 1;
    }
}
