// A real baytimed under test, on a free loopback port, with its journal in a directory of the test. Ended by its own
// process id only.
#pragma once

#include "board/client/client.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace baytime::support {

/// Longest wait for anything a healthy daemon does at once; generous, because test machines are busy.
inline constexpr std::chrono::seconds daemon_deadline{30};

inline std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Copies tests/transcripts/shop.toml (port 0, paths beside it) into `directory` and returns its path. In the text,
/// `from` is replaced by `to` when given, and `more` is put behind it.
inline std::string write_shop(const std::filesystem::path& directory, const std::string& more = {},
                              const std::string& from = {}, const std::string& to = {}) {
    auto text = file_text(source("tests/transcripts/shop.toml"));
    if (!from.empty()) {
        const auto at = text.find(from);
        if (at == std::string::npos) throw std::runtime_error("shop.toml has no \"" + from + "\"");
        text.replace(at, from.size(), to);
    }
    const auto path = directory / "shop.toml";
    std::ofstream(path, std::ios::binary) << text << '\n' << more;
    return path.string();
}

class DaemonProcess {
public:
    /// Starts it and waits until it listens. Its log goes to `CONFIG.log`. Throws std::runtime_error with that log.
    explicit DaemonProcess(const std::string& config, std::vector<std::string> environment = {})
        : log_(config + ".log"), process_({program(), "--config", config}, std::move(environment), log_) {
        const auto line = process_.line(daemon_deadline);
        if (!line || !line->starts_with("listening on ")) throw std::runtime_error("baytimed did not start:\n" + log());
        port_ = line->substr(line->rfind(':') + 1);
    }

    static std::string program() { return built("board/daemon/baytimed"); }

    const std::string& port() const { return port_; }
    /// A connection whose greeting has been read.
    client::Client connect() const { return client::Client::connect("127.0.0.1", port_, daemon_deadline); }
    std::string log() const { return file_text(log_); }
    pid_t id() const { return process_.id(); }
    void signal(int number) const { process_.signal(number); }
    /// SIGTERM, and the exit status.
    int stop() {
        process_.signal(SIGTERM);
        return process_.wait(daemon_deadline);
    }
    /// SIGKILL, as a power cut would.
    void kill() {
        process_.signal(SIGKILL);
        process_.wait(daemon_deadline);
    }
    int wait() { return process_.wait(daemon_deadline); }

private:
    std::string log_;
    Process process_;
    std::string port_;
};

/// Sends a line and returns the reply: `OK ...` or `ERR ...`, or the JSON line. What comes unasked is skipped.
inline std::string ask(client::Client& client, const std::string& line) {
    client.send(line);
    for (;;) {
        auto reply = client.wait_line(daemon_deadline);
        const bool push = reply.starts_with("! ") || reply.starts_with("- ") || reply.find("\"method\":") != reply.npos;
        if (!push) return reply;
    }
}

}  // namespace baytime::support
