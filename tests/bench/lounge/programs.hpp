// The real programs on a real daemon, and what the kernel says of them.
#pragma once

#include "tests/support/daemon_process.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <string>
#include <vector>

namespace baytime::bench {

/// Processor time of all threads since the start, in milliseconds.
double processor_ms(pid_t process);
/// Resident memory, in MB (10^6 bytes would flatter; this is 2^20).
double resident_mb(pid_t process);

/// A shop with two cars on its board.
class Shop {
public:
    Shop();
    const std::string& port() const { return daemon_.port(); }
    pid_t id() const { return daemon_.id(); }
    /// Moves one car from bay to bay: its row changes.
    void change();

private:
    support::TempDir dir_;
    support::DaemonProcess daemon_;
    client::Client desk_;
    int bay_ = 1;
};

/// A running baytime-lounge.
class Board {
public:
    Board(const Shop& shop, std::vector<std::string> arguments, const std::vector<std::string>& environment);
    pid_t id() const { return program_.id(); }
    /// Returns once a frame is on the screen.
    void wait_first_frame() const;
    /// Returns once both cars are on it.
    void wait_complete() const;

private:
    std::string report() const;

    support::TempDir dir_;
    support::Process program_;
};

}  // namespace baytime::bench
