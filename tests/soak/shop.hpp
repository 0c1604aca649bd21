// The shop of the soak: a real daemon, a real board without a screen, signs on pseudo-terminals and people at work. Its
// programs can be killed and started again; who died without being told to is a fault.
#pragma once

#include "tests/support/process.hpp"
#include "tests/support/worker.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace baytime::soak {

namespace fs = std::filesystem;

inline constexpr int workers = 20;
inline constexpr double shop_hours = 24;

class House {
public:
    /// Writes the configuration below `directory` and starts everything; shop time runs so fast that `minutes` are a
    /// day. Throws std::runtime_error.
    House(fs::path directory, double minutes);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    void start_daemon();
    void kill_daemon();
    void stop_daemon();
    void start_lounge();
    void kill_lounge();
    pid_t daemon_id() const { return daemon_->id(); }
    pid_t lounge_id() const { return lounge_->id(); }
    /// A line for the simulator of the signs.
    void control(const std::string& line) { signs_->write(line + "\n"); }
    const std::vector<std::string>& signs() const { return sign_names_; }

    const std::string& port() const { return port_; }
    fs::path directory() const { return directory_; }
    fs::path journal() const { return directory_ / "journal.db"; }
    fs::path backups() const { return directory_ / "backups"; }
    fs::path log() const { return directory_ / "daemon.log"; }
    std::string config() const { return (directory_ / "shop.toml").string(); }

    void begin_work();
    /// Everyone puts the tools down; what was not answered stays so.
    void end_work();
    long acknowledged() const { return acknowledged_; }
    const std::vector<support::Worker>& people() const { return people_; }
    /// What went wrong that nobody did on purpose: a program that died, a command that was refused.
    std::vector<std::string> surprises() const;

    /// Asks as a person at a terminal would; empty when there is no answer.
    std::string ask(const std::string& line) const;
    /// Empty when board, glass and journal agree, else what differs, after waiting for them to come to rest.
    std::string disagreement() const;

private:
    void expect_alive(std::unique_ptr<support::Process>& program, const std::string& name);
    support::WorkPlace place();

    fs::path directory_;
    std::string port_;
    std::vector<std::string> sign_names_;
    std::vector<std::string> surprises_;
    std::vector<support::Worker> people_;
    std::vector<std::thread> threads_;
    std::atomic<bool> ended_ = false;
    std::atomic<long> acknowledged_ = 0;
    std::unique_ptr<support::Process> signs_, daemon_, lounge_;
};

/// A bare connection; -1 when there is none.
int bare_connection(const std::string& port);

}  // namespace baytime::soak
