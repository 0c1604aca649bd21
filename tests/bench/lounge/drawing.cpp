#include "tests/bench/lounge/drawing.hpp"

#include "display-drivers/lounge/layout.hpp"
#include "display-drivers/lounge/painter.hpp"
#include "display-drivers/lounge/screen.hpp"
#include "tests/lounge/support.hpp"

#include <SDL_ttf.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>

namespace baytime::bench {

namespace {

using namespace baytime::lounge;

/// Mean milliseconds of one turn, over at least 60 ms.
double milliseconds(const std::function<void()>& work) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const auto begin = std::chrono::steady_clock::now();
    int turns = 0;
    Milliseconds passed{};
    while (passed < std::chrono::milliseconds(60)) {
        work();
        ++turns;
        passed = std::chrono::steady_clock::now() - begin;
    }
    return passed.count() / turns;
}

Scene scene_of(const LoungeView& view, const Grid& grid, const Style& style, const Ruler& ruler) {
    Model model({});
    model.set_rows_per_page(grid.rows);
    model.receive(view, lounge::support::clock_at(9, 42), {});
    return make_scene(model.show({}), grid, style, ruler);
}

/// A full board, so that the row rule of a large panel leaves no empty rows.
LoungeView full_board(Step step) {
    LoungeView view = lounge::support::many_cars(12);
    view.rows[4].step = step;
    return view;
}

}  // namespace

int time_drawing(const std::string& size, int rounds) {
    Settings settings;
    set_size(settings, size);
    Screen screen(settings);
    Fonts fonts;
    const Images images("", "https://example.com/mycar");
    Painter painter(fonts, images);
    SDL_Surface& glass = *screen.surface();
    const Grid grid = make_grid({glass.w, glass.h, settings.inches, settings.distance_m}, fonts.cap_height());
    const Style style{.logo_aspect = images.logo_aspect(), .code = true};
    const Ruler ruler = fonts.ruler();
    const Scene scenes[] = {scene_of(full_board(Step::repair), grid, style, ruler),
                            scene_of(full_board(Step::quality), grid, style, ruler)};
    screen.present(painter.paint(scenes[0], {}, glass, true));
    const std::size_t bytes = static_cast<std::size_t>(glass.pitch) * static_cast<std::size_t>(glass.h);
    std::string frame(bytes, 'x'), copy(bytes, ' ');
    std::size_t turn = 0;
    for (int round = 0; round < rounds; ++round) {
        const double full = milliseconds([&] { screen.present(painter.paint(scenes[turn % 2], {}, glass, true)); });
        const double row = milliseconds([&] { screen.present(painter.paint(scenes[++turn % 2], {}, glass, false)); });
        const double memory = milliseconds([&] { std::memcpy(copy.data(), frame.data(), bytes); });
        std::printf("%.4f %.4f %.4f\n", full, row, memory);
    }
    return copy[bytes / 2] == 'x' ? 0 : 1;
}

int start_bare(const std::string& size) {
    Settings settings;
    set_size(settings, size);
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0) return 1;
    SDL_Window* window = SDL_CreateWindow("bare", 0, 0, settings.width, settings.height, SDL_WINDOW_SHOWN);
    SDL_Surface* glass = SDL_GetWindowSurface(window);
    SDL_FillRect(glass, nullptr, 0x0b1220);
    for (const char* weight : {"Regular", "Bold"}) {
        const std::string path = std::string("/usr/share/fonts/opentype/noto/NotoSansCJK-") + weight + ".ttc";
        TTF_Font* font = TTF_OpenFontIndex(path.c_str(), 58, 2);
        if (font == nullptr) return 1;
        SDL_Surface* text = TTF_RenderUTF8_Blended(font, "沪A·7**K8 大众 途观L 09:40", {255, 255, 255, 255});
        SDL_BlitSurface(text, nullptr, glass, nullptr);
    }
    SDL_UpdateWindowSurface(window);
    std::puts("done");
    std::fflush(stdout);
    return 0;
}

}  // namespace baytime::bench
