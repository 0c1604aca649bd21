// One thread, one poll(). Nothing is drawn unless the scene differs from the last one.
#include "display-drivers/lounge/app.hpp"

#include "display-drivers/lounge/png.hpp"
#include "protocol/harmless.hpp"
#include "protocol/json.hpp"

#include <poll.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

namespace baytime::lounge {

namespace {

/// A window system without a descriptor is asked for events this often.
constexpr auto event_interval = std::chrono::milliseconds(200);
/// Even with one: events that SDL has read but not yet given out.
constexpr auto event_backstop = std::chrono::seconds(2);
constexpr auto drift_interval = std::chrono::minutes(1);

Style style_of(const Settings& settings, const Images& images) {
    return {.theme = settings.light ? light_theme() : dark_theme(),
            .title = settings.title,
            .logo_aspect = images.logo_aspect(),
            .code = images.has_code()};
}

}  // namespace

App::App(const Settings& settings, const Outputs& outputs)
    : settings_(settings),
      outputs_(outputs),
      screen_(settings),
      fonts_(settings.font),
      images_(settings.logo, settings.code),
      painter_(fonts_, images_),
      ruler_(fonts_.ruler()),
      style_(style_of(settings, images_)),
      model_({.language = settings.language, .dim = settings.dim, .closed = settings.closed}),
      feed_(settings.host, settings.port, settings.token, model_, settings.security) {
    if (settings.chime) chime_.emplace(settings.volume);
}

int App::run() {
    begun_ = std::chrono::steady_clock::now();
    while (true) {
        const Moment now = std::chrono::steady_clock::now();
        const SignalNews signals = signals_.take();
        const ScreenNews news = screen_.take_news(now);
        if (signals.stop || news.quit) break;
        feed_.turn(now);
        draw(now, news.repaint);
        sound(now);
        if (signals.picture) write_picture(outputs_.png.empty() ? "baytime-lounge.png" : outputs_.png);
        write_outputs(now);
        if (!outputs_.screenshot.empty()) {
            if (feed_.reception().complete()) {
                write_picture(outputs_.screenshot);
                write_report();
                return errors_ == 0 ? done : failed;
            }
            if (now - begun_ >= screenshot_patience) {
                spdlog::error("no board came from {}:{} within 10 s", protocol::harmless(settings_.host),
                              settings_.port);
                return no_connection;
            }
        }
        wait(now);
    }
    write_report();
    return done;
}

void App::fit_screen(const SDL_Surface& surface) {
    const Panel panel{surface.w, surface.h, settings_.inches, settings_.distance_m};
    if (grid_.rows > 0 && grid_.panel == panel) return;
    grid_ = make_grid(panel, fonts_.cap_height());
    model_.set_rows_per_page(grid_.rows);
    spdlog::info("{}x{}, {} rows a page, plates {:.0f} mm high", panel.width, panel.height, grid_.rows, grid_.cap_mm);
    if (!grid_.warning.empty()) spdlog::warn("{}", grid_.warning);
}

void App::draw(Moment now, bool all) {
    SDL_Surface* surface = screen_.surface();
    if (surface == nullptr) return;
    fit_screen(*surface);
    shown_ = model_.show(now);
    const auto changed =
        painter_.paint(make_scene(shown_, grid_, style_, ruler_), glass(shown_, now), *surface, all || frames_ == 0);
    const bool news = feed_.reception().seq() != reported_seq_;
    reported_seq_ = feed_.reception().seq();
    if (!changed.empty()) {
        screen_.present(changed);
        ++frames_;
        picture_stale_ = true;
    }
    if (!changed.empty() || news) write_report();
}

Glass App::glass(const Show& show, Moment now) const {
    Glass glass{.light = show.dim || show.page_kind == Show::Page::closed ? night_light : 1};
    if (!settings_.drift) return glass;
    constexpr std::array<std::array<int, 2>, 8> path{
        {{0, 0}, {2, 0}, {3, 2}, {2, 3}, {0, 3}, {-2, 2}, {-3, 0}, {-1, -2}}};
    const auto& place = path[static_cast<std::size_t>((now - begun_) / drift_interval) % path.size()];
    glass.drift_x = place[0];
    glass.drift_y = place[1];
    return glass;
}

void App::sound(Moment now) {
    const int ready = model_.take_newly_ready();
    if (shown_.page_kind != Show::Page::closed) calls_.add(ready);
    if (calls_.take(now) && chime_) chime_->play();
}

void App::write_outputs(Moment now) {
    if (outputs_.every.count() == 0 || !picture_stale_ || now < picture_at_) return;
    write_picture(outputs_.png.empty() ? "baytime-lounge.png" : outputs_.png);
    picture_at_ = now + outputs_.every;
}

void App::write_picture(const std::string& path) {
    SDL_Surface* surface = screen_.surface();
    if (surface == nullptr) return;
    try {
        write_png(*surface, path);
        picture_stale_ = false;
    } catch (const std::exception& error) {
        ++errors_;
        spdlog::error("{}", protocol::harmless(error.what()));
    }
}

void App::write_report() const {
    if (outputs_.report.empty()) return;
    const boost::json::object report{{"frames", frames_},
                                     {"seq", feed_.reception().seq()},
                                     {"stale", shown_.as_of.has_value()},
                                     {"page", shown_.page + 1},
                                     {"pages", shown_.pages},
                                     {"rows", protocol::to_json(model_.view().rows)},
                                     {"errors", errors_ + feed_.errors()}};
    const std::string beside = outputs_.report + ".part";
    std::ofstream(beside) << boost::json::serialize(report) << '\n';
    if (std::rename(beside.c_str(), outputs_.report.c_str()) != 0)
        spdlog::error("cannot write {}", protocol::harmless(outputs_.report));
}

Moment App::next_turn(Moment now) const {
    Moment next = std::min(model_.next_change(now), feed_.next_turn());
    if (const auto call = calls_.next()) next = std::min(next, *call);
    if (settings_.drift) next = std::min(next, begun_ + ((now - begun_) / drift_interval + 1) * drift_interval);
    if (outputs_.every.count() > 0 && picture_stale_) next = std::min(next, picture_at_);
    if (!outputs_.screenshot.empty()) next = std::min(next, begun_ + screenshot_patience);
    if (const auto turn = screen_.next_turn()) next = std::min(next, *turn);
    if (!screen_.headless()) {
        next = std::min<Moment>(next, now + (screen_.descriptor() < 0 ? Moment::duration(event_interval)
                                                                      : Moment::duration(event_backstop)));
    }
    return next;
}

void App::wait(Moment now) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_turn(now) - std::chrono::steady_clock::now());
    std::array<pollfd, 3> watched{
        {{signals_.descriptor(), POLLIN, 0}, {feed_.descriptor(), POLLIN, 0}, {screen_.descriptor(), POLLIN, 0}}};
    poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(0, left.count())));
}

}  // namespace baytime::lounge
