// baytime top: draws frames into the terminal and puts it back as it was.
#include "board/cli/feed.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/signals.hpp"
#include "board/cli/top_frame.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace baytime::cli {
namespace {

constexpr std::chrono::milliseconds look_around{1000};
constexpr std::chrono::milliseconds settle{50};  ///< changes that come together are drawn together

/// Keys unechoed and at once, another screen, no cursor; the destructor restores everything.
class Terminal {
public:
    Terminal() {
        if (tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios quiet = before_;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
            changed_ = tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0;
        }
        put("\x1b[?1049h\x1b[?25l");
    }
    ~Terminal() {
        put("\x1b[0m\x1b[?25h\x1b[?1049l");
        if (changed_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    static void put(const std::string& text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

private:
    termios before_{};
    bool changed_ = false;
};

TopLook look_for(const Settings& settings) {
    TopLook look{.chinese = settings.chinese, .colour = isatty(STDOUT_FILENO) == 1};
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        look.columns = size.ws_col;
        look.rows = size.ws_row;
    }
    if (settings.wide > 0) look.columns = static_cast<std::size_t>(settings.wide);
    if (settings.high > 0) look.rows = static_cast<std::size_t>(settings.high);
    return look;
}

class Top {
public:
    explicit Top(const Settings& settings)
        : settings_(settings),
          feed_(settings, {"workshop", "alerts"}, [this](const json::object&) { stale_ = true; }) {}

    int once() {
        const auto give_up = std::chrono::steady_clock::now() + answer_deadline;
        while (feed_.view("workshop") == nullptr || feed_.view("alerts") == nullptr) {
            feed_.turn(look_around, -1);
            if (!feed_.connected()) throw Trouble(no_connection, "no-connection", feed_.trouble());
            if (std::chrono::steady_clock::now() > give_up) {
                throw Trouble(no_connection, "no-connection", "the daemon does not answer");
            }
        }
        for (const auto& line : top_frame(state(), look_for(settings_))) std::printf("%s\n", line.c_str());
        return done;
    }

    int live() {
        catch_signals();
        const Terminal terminal;
        while (!asked_to_stop()) {
            if (feed_.turn(stale_ ? settle : look_around, STDIN_FILENO) && key_quits()) break;
            if (take_resized()) drawn_.clear();
            draw();
        }
        return done;
    }

private:
    TopState state() {
        TopState top;
        if (const auto* view = feed_.view("workshop")) protocol::read_json(json::value(*view), top.workshop);
        if (const auto* view = feed_.view("alerts")) protocol::read_json(json::value(*view), top.alerts);
        top.connected = feed_.connected();
        top.now = top.connected ? feed_.now().value_or(Instant{}) : feed_.told_at();
        top.offset = feed_.offset();
        return top;
    }

    // Only what differs from the glass is sent: a quiet shop costs an ssh line nothing.
    void draw() {
        const auto lines = top_frame(state(), look_for(settings_));
        stale_ = false;
        std::string out = drawn_.empty() ? "\x1b[2J" : "";
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i < drawn_.size() && drawn_[i] == lines[i]) continue;
            out += "\x1b[" + std::to_string(i + 1) + ";1H" + lines[i] + "\x1b[0m\x1b[K";
        }
        if (drawn_.size() > lines.size()) out += "\x1b[" + std::to_string(lines.size() + 1) + ";1H\x1b[J";
        drawn_ = lines;
        if (!out.empty()) Terminal::put(out);
    }

    static bool key_quits() {
        std::array<char, 16> keys{};
        const auto count = ::read(STDIN_FILENO, keys.data(), keys.size());
        if (count <= 0) return true;
        const std::string_view typed(keys.data(), static_cast<std::size_t>(count));
        return typed.find_first_of("qQ\x03\x04") != std::string_view::npos;
    }

    Settings settings_;
    bool stale_ = false;
    std::vector<std::string> drawn_;
    Feed feed_;
};

}  // namespace

int run_top(const Settings& settings) {
    Top top(settings);
    // Without a terminal there is nothing to redraw on: one frame, as for a test or a pipe.
    return settings.once || isatty(STDOUT_FILENO) == 0 ? top.once() : top.live();
}

}  // namespace baytime::cli
