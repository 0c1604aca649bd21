// baytime-signsim: plays LED signs on pseudo-terminals, so that everyone can work without the hardware.
#include "config/options.hpp"
#include "display-drivers/signs/signsim/stage.hpp"
#include "protocol/harmless.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iostream>

namespace {

using namespace baytime::signs::sim;
using baytime::protocol::harmless, baytime::protocol::harmless_lines;
using Clock = std::chrono::steady_clock;

struct Options {
    std::vector<std::string> signs;
    std::string config;
    StageSettings stage;
    std::string unplug;
    double after = 5, for_seconds = 5;
};

/// SIGINT and SIGTERM as something to read, so that the links are removed on the way out.
int signal_descriptor() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGTTIN, SIG_IGN);  // in the background there is no standard input, and that is no reason to stop
    return ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Lines from standard input. At its end the signs play on.
class Controls {
public:
    bool open() const { return open_; }
    void read(Stage& stage) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, 0) <= 0) return;
        std::array<char, 512> chunk{};
        const auto count = ::read(STDIN_FILENO, chunk.data(), chunk.size());
        if (count == 0 || (count < 0 && errno != EAGAIN)) open_ = false;
        if (count <= 0) return;
        text_.append(chunk.data(), static_cast<std::size_t>(count));
        for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
            obey(stage, text_.substr(0, end));
            text_.erase(0, end + 1);
        }
    }

private:
    static void obey(Stage& stage, const std::string& line) {
        const auto control = parse_control(line);
        const bool done = control && stage.obey(*control);
        std::cerr << (done ? "done: " + harmless(line) : "understood are: " + control_forms()) << std::endl;
    }
    std::string text_;
    bool open_ = true;
};

/// Unplugs and plugs one sign once, as the command line asked.
class Fault {
public:
    explicit Fault(const Options& options)
        : name_(options.unplug),
          out_(Clock::now() + seconds(options.after)),
          back_(out_ + seconds(options.for_seconds)) {}
    void due(Stage& stage) {
        const auto now = Clock::now();
        if (name_.empty() || now < out_) return;
        if (!unplugged_) stage.obey({.what = Control::What::unplug, .name = name_});
        unplugged_ = true;
        if (now < back_) return;
        stage.obey({.what = Control::What::plug, .name = name_});
        name_.clear();
    }

private:
    static Clock::duration seconds(double value) {
        return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(value));
    }
    std::string name_;
    Clock::time_point out_, back_;
    bool unplugged_ = false;
};

int play(const Options& options) {
    using namespace std::chrono_literals;
    std::vector<SignSpec> signs;
    for (const std::string& text : options.signs) {
        auto parsed = parse_sign(text);
        if (const auto* fault = std::get_if<std::string>(&parsed)) {
            std::cerr << "baytime-signsim: " << harmless(*fault) << "\n";
            return 2;
        }
        signs.push_back(std::get<SignSpec>(std::move(parsed)));
    }
    if (!options.config.empty()) {
        for (SignSpec& sign : configured_signs(options.config)) signs.push_back(std::move(sign));
    }
    if (signs.empty()) {
        std::cerr << "baytime-signsim: no sign to play; name one with --sign, or a file with --config\n";
        return 2;
    }
    if (!options.signs.empty() && options.stage.dir.empty()) {
        std::cerr << "baytime-signsim: --sign needs --dir, where its link is made\n";
        return 2;
    }
    for (const std::string& dir : {options.stage.dir, options.stage.png_dir}) {
        if (!dir.empty()) std::filesystem::create_directories(dir);
    }
    const int signals = signal_descriptor();
    Stage stage(signs, options.stage);
    std::cerr << "playing " << signs.size() << " sign(s)" << std::endl;
    Controls controls;
    Fault fault(options);
    while (true) {
        std::vector<int> waited{signals};
        if (controls.open()) waited.push_back(STDIN_FILENO);
        stage.step(waited, 200ms);
        signalfd_siginfo got{};
        if (::read(signals, &got, sizeof got) > 0) break;
        if (controls.open()) controls.read(stage);
        fault.due(stage);
    }
    if (options.stage.show) std::cout << "\x1b[?25h" << std::flush;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Plays LED signs on pseudo-terminals."};
    app.add_option("--sign", options.signs,
                   "NAME:DRIVER[:COLUMNSxROWS[:ADDRESS]][:OPTION=VALUE]...; may be given more than once");
    app.add_option("--config", options.config, "play every sign of this daemon configuration whose port is a pty:");
    app.add_option("--dir", options.stage.dir, "where a link NAME to each sign's port is made");
    app.add_option("--baud", options.stage.baud, "line rate; without it the driver's usual one")
        ->check(CLI::Range(300, 115200));
    app.add_flag("--show", options.stage.show, "draw the glass in the terminal");
    app.add_option("--png-dir", options.stage.png_dir, "write NAME.png on every change");
    app.add_option("--report", options.stage.report, "write a JSON report on every change");
    app.add_option("--unplug", options.unplug, "a sign that loses its cable once");
    app.add_option("--after", options.after, "seconds until it is unplugged")->capture_default_str();
    app.add_option("--for", options.for_seconds, "seconds until it is plugged in again")->capture_default_str();
    app.footer("Lines on standard input: " + control_forms() + ".");
    app.set_version_flag("--version", "baytime-signsim " BAYTIME_VERSION);
    baytime::config::refuse_empty_values(app);
    try {
        app.parse(argc, argv);
        return play(options);
    } catch (const CLI::ParseError& wrong) {
        if (wrong.get_exit_code() == 0) return app.exit(wrong);  // --help, --version
        std::cerr << "baytime-signsim: " << harmless(wrong.what()) << "; see: baytime-signsim --help [bad-option]\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "baytime-signsim: " << harmless_lines(error.what()) << "\n";
        return 1;
    }
}
