// The demo shop for one test: config/demo.toml with an own journal and a free port, and the real daemon on it.
#pragma once

#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace baytime::support {

/// A whole played day takes under a minute; a busy machine may need a few.
inline constexpr std::chrono::minutes longest_run{5};

class DemoShop {
public:
    /// A text of config/demo.toml, and what stands there instead.
    using Changes = std::vector<std::pair<std::string, std::string>>;

    explicit DemoShop(const std::string& speed = "60", const Changes& changes = {})
        : config_(write_config(speed, changes)),
          daemon_({baytime::support::built("board/daemon/baytimed"), "--config", config_}, {},
                  dir_.path() / "daemon.log") {
        const auto line = daemon_.line();
        const auto colon = line ? line->rfind(':') : std::string::npos;
        if (colon == std::string::npos) throw std::runtime_error("the daemon did not start");
        port_ = line->substr(colon + 1);
    }

    const std::string& port() const { return port_; }
    std::filesystem::path path(const std::string& name) const { return dir_.path() / name; }

    struct Ran {
        int status = -1;
        std::string out{}, error{};
    };
    /// Runs one of our programs against this shop, with nothing of the user's own settings.
    Ran run(const std::string& program, std::vector<std::string> arguments, const std::string& input = "") const {
        arguments.insert(arguments.begin(), {baytime::support::built(program), "--port", port_});
        return run_plain(arguments, path("stderr"), input);
    }
    Ran baytime(std::vector<std::string> arguments, const std::string& input = "") const {
        return run("board/cli/baytime", std::move(arguments), input);
    }

    /// Says one command in words; throws with what was answered when it is refused.
    void say_words(const std::vector<std::string>& words) const {
        const auto ran = baytime(words);
        if (ran.status == 0) return;
        std::string line;
        for (const auto& word : words) line += word + ' ';
        throw std::runtime_error(line + "\n" + ran.out + ran.error);
    }
    void say(const std::string& line) const {
        std::istringstream in(line);
        say_words({std::istream_iterator<std::string>(in), {}});
    }

    static Ran run_plain(const std::vector<std::string>& arguments, const std::filesystem::path& error_file,
                         const std::string& input = "") {
        std::filesystem::remove(error_file);
        // Standard input comes from a file, so that the program sees its end.
        const auto input_file = error_file.string() + ".in";
        std::ofstream(input_file) << input;
        std::vector<std::string> shell{"/bin/sh", "-c", "input=$1; shift; exec \"$@\" <\"$input\"", "sh", input_file};
        shell.insert(shell.end(), arguments.begin(), arguments.end());
        Process process(shell, {"HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"},
                        error_file.string());
        Ran ran;
        ran.out = process.rest(longest_run);
        ran.status = process.wait(longest_run);
        ran.error = read(error_file);
        return ran;
    }

    static std::string read(const std::filesystem::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    static void replace(std::string& text, const std::string& from, const std::string& to) {
        if (text.find(from) == std::string::npos) throw std::runtime_error("config/demo.toml has no " + from);
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    }

    std::string write_config(const std::string& speed, const Changes& changes) const {
        std::string text = read(baytime::support::source("config/demo.toml"));
        replace(text, "port = 7420", "port = 0");
        replace(text, "/var/lib/baytime", dir_.path().string());
        replace(text, "/run/baytime/signs", (dir_.path() / "signs").string());
        replace(text, "../assets/standard-times.csv", baytime::support::source("assets/standard-times.csv"));
        replace(text, "speed = 60", "speed = " + speed);
        for (const auto& [from, to] : changes) replace(text, from, to);
        const auto file = dir_.path() / "demo.toml";
        std::ofstream(file) << text;
        return file.string();
    }

    TempDir dir_;
    std::string config_;
    Process daemon_;
    std::string port_;
};

}  // namespace baytime::support
