#include "display-drivers/signs/signsim/stage.hpp"

#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/signsim/picture.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
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
    for (const SignSpec& spec : signs) seat(spec);
    if (settings_.show) std::fputs("\x1b[2J\x1b[?25l", stdout);
    for (Seat& seat : seats_) notice(seat, Clock::now());
}

void Stage::seat(const SignSpec& spec) {
    if (std::ranges::any_of(seats_, [&spec](const Seat& other) { return other.name == spec.name; })) {
        throw std::runtime_error("two signs have the name " + spec.name);
    }
    const bool whole = spec.line.find('/') != std::string::npos;
    const std::string path = whole ? spec.line : settings_.dir + "/" + (spec.line.empty() ? spec.name : spec.line);
    auto& line = lines_[path];
    const auto letters = draws_chinese(*spec.driver, spec.setup) ? Letters::chinese : Letters::latin;
    if (line) {
        line->add(*spec.driver, spec.setup);
        seats_.push_back({.name = spec.name, .line = line.get(), .place = line->signs() - 1, .letters = letters});
        return;
    }
    if (whole) std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    const int own = spec.baud != 0 ? spec.baud : spec.driver->baud;
    line = std::make_unique<PtySign>(*spec.driver, spec.setup, path, settings_.baud != 0 ? settings_.baud : own);
    line->mind_speed();
    seats_.push_back({.name = spec.name, .line = line.get(), .letters = letters});
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
    for (const auto& [path, line] : lines_) {
        const bool busy = line->busy_until() > begin;
        if (busy) until = std::min(until, line->busy_until());
        until = std::min(until, line->answer_at());
        if (!busy) polled.push_back({line->fd(), POLLIN, 0});  // poll() passes over -1
    }
    for (const auto& [line, at] : plug_at_) until = std::min(until, at);
    for (const Seat& seat : seats_) {
        if (animated(seat.drawn, seat.shape(), seat.letters)) until = std::min(until, seat.animate_at);
        if (seat.picture_due) until = std::min(until, seat.picture_at);
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(until - begin, Moment::duration::zero()));
    ::poll(polled.data(), polled.size(), static_cast<int>(wait.count()));
    replug(Clock::now());
    for (const auto& [path, line] : lines_) line->pump(Clock::now());
    for (Seat& seat : seats_) notice(seat, Clock::now());
    return std::any_of(polled.begin(), polled.begin() + static_cast<std::ptrdiff_t>(extra.size()),
                       [](const pollfd& p) { return p.revents != 0; });
}

void Stage::replug(Moment now) {
    std::erase_if(plug_at_, [now](const auto& waits) {
        if (waits.second > now) return false;
        waits.first->plug();
        return true;
    });
}

bool Stage::obey(const Control& control) {
    using enum Control::What;
    const auto found = std::ranges::find(seats_, control.name, &Seat::name);
    if (found == seats_.end()) return false;
    PtySign& line = *found->line;
    Faults& faults = line.faults(found->place);
    const auto seconds = std::chrono::duration<double>(control.value);
    switch (control.what) {
        case unplug:
            line.unplug();
            plug_at_.erase(&line);
            if (control.value > 0) plug_at_[&line] = Clock::now() + std::chrono::ceil<Clock::duration>(seconds);
            break;
        case plug:
            plug_at_.erase(&line);
            line.plug();
            break;
        case power: line.power_cycle(found->place); break;
        case nak: line.refuse(static_cast<int>(control.value), found->place); break;
        case silence:
            faults.speak();
            if (control.on && control.value < 0) faults.silence(std::nullopt);
            if (control.on && control.value > 0) faults.silence(static_cast<int>(control.value));
            break;
        case garbage: line.garbage(); break;
        case bit_errors: faults.bit_errors(control.value); break;
        case slow: faults.slow(control.on); break;
    }
    return true;
}

void Stage::notice(Seat& seat, Moment now) {
    const Glass glass = seat.sign().glass();
    const bool page = !seat.ever_drawn || glass != seat.drawn;
    const bool moved = animated(glass, seat.shape(), seat.letters) && now >= seat.animate_at;
    const bool told = page || seat.errors != seat.sign().error_count() || seat.plugged != seat.line->plugged();
    seat.errors = seat.sign().error_count();
    seat.plugged = seat.line->plugged();
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
    auto dots = dots_of(seat.drawn, seat.shape(), since, seat.letters);
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
        const auto& errors = seat.sign().errors();
        out += "\x1b[2K" + seat.name + (seat.line->plugged() ? "" : "  (unplugged)");
        for (const auto& [kind, count] : errors) out += "  " + kind + ": " + std::to_string(count);
        out += "\n" + terminal_text(seat.dots) + "\n";
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
}

std::string Stage::report() const {
    boost::json::object signs;
    for (const Seat& seat : seats_) {
        const Glass glass = seat.sign().glass();
        boost::json::object kinds;
        for (const auto& [kind, count] : seat.sign().errors()) kinds[kind] = count;
        boost::json::object one;
        one["text"] = text_of(glass.page);
        one["pages"] = glass.pages;
        one["errors"] = seat.sign().error_count();
        one["errors_by_kind"] = kinds;
        one["brightness"] = glass.brightness;
        one["moves"] = glass.moves;
        one["priority"] = glass.page.priority;
        one["plugged"] = seat.line->plugged();
        signs[seat.name] = one;
    }
    boost::json::object out;
    out["signs"] = signs;
    return boost::json::serialize(out) + "\n";
}

}  // namespace baytime::signs::sim
