// The window on the television: opened, opened again when displays come and go, and the events that reach it.
#pragma once

#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/sdl.hpp"
#include "display-drivers/lounge/settings.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace baytime::lounge {

/// What the window system said since last asked.
struct ScreenNews {
    bool quit = false;
    bool repaint = false;  ///< the pixels or the size are lost
};

class Screen {
public:
    /// Opens SDL's video. Throws std::runtime_error when there is none.
    explicit Screen(const Settings& settings);
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;
    ~Screen();

    ScreenNews take_news(Moment now);
    /// The window's pixels; null while there is no display to show them on.
    SDL_Surface* surface();
    void present(const std::vector<Rect>& changed);
    /// When take_news() has something to do, if the window system says nothing.
    std::optional<Moment> next_turn() const;
    /// To be watched with poll(); -1 when the window system has no such thing.
    int descriptor() const { return descriptor_; }
    /// No window system sends events here (headless drivers).
    bool headless() const { return headless_; }

private:
    void open();
    void close();
    void open_again(Moment now);
    bool desktop_has_changed() const;

    Settings settings_;
    SDL_Window* window_ = nullptr;
    bool headless_ = false;
    int descriptor_ = -1;
    std::optional<std::pair<int, int>> desktop_;  ///< size of the screen that the window fills
    bool lost_ = false;                           ///< the window must be opened again
    Moment open_at_{};
};

}  // namespace baytime::lounge
