// The running board: waits, feeds the model, draws what changed.
#pragma once

#include "display-drivers/lounge/chime.hpp"
#include "display-drivers/lounge/feed.hpp"
#include "display-drivers/lounge/fonts.hpp"
#include "display-drivers/lounge/images.hpp"
#include "display-drivers/lounge/layout.hpp"
#include "display-drivers/lounge/painter.hpp"
#include "display-drivers/lounge/screen.hpp"
#include "display-drivers/lounge/settings.hpp"
#include "display-drivers/lounge/signals.hpp"

#include <memory>
#include <optional>
#include <string>

namespace baytime::lounge {

/// Light of the board at night, 1 by day.
constexpr double night_light = 0.4;
/// How long `--screenshot` waits for the daemon's first snapshot.
constexpr auto screenshot_patience = std::chrono::seconds(10);

/// Exit codes, written down in baytime-lounge.1.md; the same numbers as those of `baytime`.
enum ExitCode { done = 0, failed = 1, usage = 2, no_connection = 3 };

struct Outputs {
    std::string screenshot;              ///< draw one complete frame, write it here, end
    std::string png;                     ///< where pictures go
    std::chrono::milliseconds every{0};  ///< write `png` this often while it changes; 0: only on SIGUSR1
    std::string report;                  ///< JSON, rewritten after every frame
};

class App {
public:
    App(const Settings& settings, const Outputs& outputs);
    /// Runs until told to stop. Returns the exit code.
    int run();

private:
    void fit_screen(const SDL_Surface& surface);
    void draw(Moment now, bool all);
    void write_outputs(Moment now);
    void wait(Moment now);
    Moment next_turn(Moment now) const;
    Glass glass(const Show& show, Moment now) const;
    void write_picture(const std::string& path);
    void write_report() const;
    void sound(Moment now);

    Settings settings_;
    Outputs outputs_;
    Signals signals_;
    Screen screen_;
    Fonts fonts_;
    Images images_;
    Painter painter_;
    Ruler ruler_;
    Style style_;
    Grid grid_;
    Model model_;
    Feed feed_;
    std::optional<Chime> chime_;
    ChimeQueue calls_;
    Show shown_;
    std::uint64_t frames_ = 0;
    std::uint64_t reported_seq_ = 0;
    int errors_ = 0;
    bool picture_stale_ = false;  ///< drawn since the last written picture
    Moment picture_at_{};
    Moment begun_{};
};

}  // namespace baytime::lounge
