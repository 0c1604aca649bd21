// SDL's surface API without acceleration: with it, SDL would send every frame of a CPU-drawn window through OpenGL.
#include "display-drivers/lounge/screen.hpp"

#include "display-drivers/lounge/window_system.hpp"

#include <spdlog/spdlog.h>

#include <tuple>

namespace baytime::lounge {

namespace {

/// After a display came or went the system needs a moment; several events come at once.
constexpr auto settle_time = std::chrono::milliseconds(700);
constexpr auto retry_time = std::chrono::seconds(2);
/// Size of the picture where no display has one of its own.
constexpr int headless_width = 1920;
constexpr int headless_height = 1080;

bool is_display_change(const SDL_Event& event) {
    if (event.type != SDL_DISPLAYEVENT) return false;
    const auto what = event.display.event;
    return what == SDL_DISPLAYEVENT_CONNECTED || what == SDL_DISPLAYEVENT_DISCONNECTED ||
           what == SDL_DISPLAYEVENT_ORIENTATION;
}

bool is_quit(const SDL_Event& event) {
    return event.type == SDL_QUIT || (event.type == SDL_KEYDOWN && event.key.keysym.sym == SDLK_ESCAPE);
}

/// Of the display with this number, or of the first when there are not so many.
std::optional<std::pair<int, int>> display_size(int display) {
    SDL_Rect at{};
    if (SDL_GetDisplayBounds(display, &at) != 0) {
        spdlog::warn("there is no display {}, the first is used; count from 0 in the order of xrandr", display);
        if (SDL_GetDisplayBounds(0, &at) != 0) return std::nullopt;
    }
    return std::pair(at.w, at.h);
}

}  // namespace

Screen::Screen(const Settings& settings) : settings_(settings) {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) fail_sdl("cannot open the screen");
    const std::string driver = SDL_GetCurrentVideoDriver();
    headless_ = driver == "dummy" || driver == "offscreen";
    open();
    if (window_ == nullptr) fail_sdl("cannot open a window");
}

Screen::~Screen() {
    close();
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

void Screen::open() {
    int width = settings_.width, height = settings_.height;
    const bool own_size = width > 0 && height > 0;
    if (!own_size) {
        width = headless_width;
        height = headless_height;
    }
    const bool portrait = height > width;
    const bool turn = (settings_.orientation == Orientation::portrait && !portrait) ||
                      (settings_.orientation == Orientation::landscape && portrait);
    if (turn) std::swap(width, height);
    const int place = static_cast<int>(SDL_WINDOWPOS_UNDEFINED_DISPLAY(static_cast<unsigned>(settings_.display)));
    const bool fill = !own_size && !headless_;
    // Without a window manager nobody but us gives a full-screen window its size.
    if (fill) std::tie(width, height) = display_size(settings_.display).value_or(std::pair(width, height));
    const Uint32 flags = fill ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_SHOWN;
    window_ = SDL_CreateWindow("Baytime", place, place, width, height, flags);
    if (window_ == nullptr) return;
    if (fill) SDL_ShowCursor(SDL_DISABLE);
    descriptor_ = headless_ ? -1 : window_system_descriptor(window_);
    if (fill) desktop_ = screen_size(window_);
}

void Screen::close() {
    if (window_ != nullptr) SDL_DestroyWindow(window_);
    window_ = nullptr;
    descriptor_ = -1;
    desktop_.reset();
}

/// SDL reads the list of displays when its video begins, and misses changes of resolution: so it begins anew.
void Screen::open_again(Moment now) {
    close();
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0) open();
    lost_ = window_ == nullptr;
    open_at_ = now + retry_time;
    spdlog::info("displays have changed: {}", lost_ ? "none to show on, trying again" : "window opened again");
}

/// Without a window manager nobody fits a full-screen window to a new resolution.
bool Screen::desktop_has_changed() const {
    return desktop_ && screen_size(window_) != desktop_;
}

std::optional<Moment> Screen::next_turn() const {
    return lost_ ? std::optional(open_at_) : std::nullopt;
}

ScreenNews Screen::take_news(Moment now) {
    ScreenNews news;
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
        if (is_quit(event)) news.quit = true;
        if (is_display_change(event) && !headless_) {
            lost_ = true;
            open_at_ = now + settle_time;
        }
        if (event.type != SDL_WINDOWEVENT) continue;
        const auto what = event.window.event;
        news.repaint = news.repaint || what == SDL_WINDOWEVENT_EXPOSED || what == SDL_WINDOWEVENT_SIZE_CHANGED ||
                       what == SDL_WINDOWEVENT_RESTORED || what == SDL_WINDOWEVENT_SHOWN;
    }
    if (!lost_ && desktop_has_changed()) {
        lost_ = true;
        open_at_ = now + settle_time;
    }
    if (lost_ && now >= open_at_) {
        open_again(now);
        news.repaint = true;
    }
    return news;
}

SDL_Surface* Screen::surface() {
    return window_ == nullptr ? nullptr : SDL_GetWindowSurface(window_);
}

void Screen::present(const std::vector<Rect>& changed) {
    if (window_ == nullptr || changed.empty()) return;
    std::vector<SDL_Rect> parts;
    for (const auto& part : changed) parts.push_back({part.x, part.y, part.w, part.h});
    SDL_UpdateWindowSurfaceRects(window_, parts.data(), static_cast<int>(parts.size()));
}

}  // namespace baytime::lounge
