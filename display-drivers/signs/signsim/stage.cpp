#include "display-drivers/signs/signsim/stage.hpp"

#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/signsim/picture.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace baytime::signs::sim {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto animation_step = 240ms;
constexpr auto picture_rest = 500ms;  ///< between two pictures of one sign

}  // namespace

void write_whole(const std::string& path, const std::string& text) {
    const std::string beside = path + ".new";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file || std::rename(beside.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path);
}

Stage::Stage(const std::vector<SignSpec>& signs, StageSettings settings) : settings_(std::move(settings)) {
    for (const SignSpec& spec : signs) {
        Seat seat{.name = spec.name, .sign = nullptr};
        const int baud = settings_.baud != 0 ? settings_.baud : spec.driver->baud;
        seat.sign = std::make_unique<PtySign>(*spec.driver, spec.setup, settings_.dir + "/" + spec.name, baud);
        if (draws_chinese(*spec.driver, spec.setup)) seat.letters = Letters::chinese;
        seats_.push_back(std::move(seat));
    }
    if (settings_.show) std::fputs("\x1b[2J\x1b[?25l", stdout);
    for (Seat& seat : seats_) notice(seat, Clock::now());
}

Stage::~Stage() {
    for (const Seat& seat : seats_) {
        if (seat.writer > 0) ::waitpid(seat.writer, nullptr, 0);
    }
}

bool Stage::step(std::vector<int> extra, std::chrono::milliseconds longest) {
    const Moment begin = Clock::now();
    Moment until = begin + longest;
    std::vector<pollfd> polled;
    for (const int fd : extra) polled.push_back({fd, POLLIN, 0});
    for (const Seat& seat : seats_) {
        const bool busy = seat.sign->busy_until() > begin;
        if (busy) until = std::min(until, seat.sign->busy_until());
        if (animated(seat.drawn, seat.sign->setup().shape, seat.letters)) until = std::min(until, seat.animate_at);
        if (seat.picture_due) until = std::min(until, seat.picture_at);
        if (!busy) polled.push_back({seat.sign->fd(), POLLIN, 0});  // poll() passes over -1
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(until - begin, Moment::duration::zero()));
    ::poll(polled.data(), polled.size(), static_cast<int>(wait.count()));
    for (Seat& seat : seats_) {
        seat.sign->pump(Clock::now());
        notice(seat, Clock::now());
    }
    return std::any_of(polled.begin(), polled.begin() + static_cast<std::ptrdiff_t>(extra.size()),
                       [](const pollfd& p) { return p.revents != 0; });
}

bool Stage::obey(const Control& control) {
    const auto seat = std::ranges::find(seats_, control.name, &Seat::name);
    if (seat == seats_.end()) return false;
    if (control.what == Control::What::unplug) seat->sign->unplug();
    if (control.what == Control::What::plug) seat->sign->plug();
    if (control.what == Control::What::power) seat->sign->power_cycle();
    return true;
}

void Stage::notice(Seat& seat, Moment now) {
    const Glass glass = seat.sign->sign().glass();
    const bool page = !seat.ever_drawn || glass != seat.drawn;
    const bool moved = animated(glass, seat.sign->setup().shape, seat.letters) && now >= seat.animate_at;
    const bool told = page || seat.errors != seat.sign->sign().error_count() || seat.plugged != seat.sign->plugged();
    seat.errors = seat.sign->sign().error_count();
    seat.plugged = seat.sign->plugged();
    if (page) {
        seat.changed = now;
        seat.drawn = glass;
        seat.ever_drawn = true;
    }
    if (page || moved) draw(seat, now);
    if (seat.picture_due && now >= seat.picture_at) write_picture(seat, now);
    if (told && !settings_.report.empty()) write_whole(settings_.report, report());
}

void Stage::draw(Seat& seat, Moment now) {
    seat.animate_at = now + animation_step;
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now - seat.changed);
    auto dots = dots_of(seat.drawn, seat.sign->setup().shape, since, seat.letters);
    if (dots == seat.dots) return;
    seat.dots = std::move(dots);
    seat.picture_due = !settings_.png_dir.empty();
    if (settings_.show) draw_terminal();
}

/// A picture takes a while, and the lines must not wait: after the first one it is written by a child process.
void Stage::write_picture(Seat& seat, Moment now) {
    const bool first = seat.picture_at == Moment{};
    seat.picture_at = now + picture_rest;
    if (seat.writer > 0 && ::waitpid(seat.writer, nullptr, WNOHANG) == 0) return;
    const std::string path = settings_.png_dir + "/" + seat.name + ".png";
    seat.writer = first ? 0 : ::fork();
    if (seat.writer > 0) {
        seat.picture_due = false;
    } else if (first) {
        write_png(picture_of(seat.dots), path);
        seat.picture_due = false;
    } else if (seat.writer == 0) {
        try {
            write_png(picture_of(seat.dots), path);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "baytime-signsim: %s\n", error.what());
        }
        ::_exit(0);
    }
}

void Stage::draw_terminal() const {
    std::string out = "\x1b[H";
    for (const Seat& seat : seats_) {
        const auto& errors = seat.sign->sign().errors();
        out += "\x1b[2K" + seat.name + (seat.sign->plugged() ? "" : "  (unplugged)");
        for (const auto& [kind, count] : errors) out += "  " + kind + ": " + std::to_string(count);
        out += "\n" + terminal_text(seat.dots) + "\n";
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
}

std::string Stage::report() const {
    boost::json::object signs;
    for (const Seat& seat : seats_) {
        const Glass glass = seat.sign->sign().glass();
        boost::json::object kinds;
        for (const auto& [kind, count] : seat.sign->sign().errors()) kinds[kind] = count;
        boost::json::object one;
        one["text"] = text_of(glass.page);
        one["pages"] = glass.pages;
        one["errors"] = seat.sign->sign().error_count();
        one["errors_by_kind"] = kinds;
        one["brightness"] = glass.brightness;
        one["moves"] = glass.moves;
        one["priority"] = glass.page.priority;
        one["plugged"] = seat.sign->plugged();
        signs[seat.name] = one;
    }
    boost::json::object out;
    out["signs"] = signs;
    return boost::json::serialize(out) + "\n";
}

}  // namespace baytime::signs::sim
