// LCDproc's LCDd with its Matrix Orbital driver on a bare pseudo-terminal: the peer for text on a serial display.
#pragma once

#include "tests/support/process.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace baytime::bench {

class Lcdd {
public:
    ~Lcdd();
    Lcdd(const Lcdd&) = delete;
    Lcdd& operator=(const Lcdd&) = delete;

    struct Change {
        double text_us = 0;  ///< from the command to its text at the pseudo-terminal
        double bytes = 0;    ///< on the line, until nothing has come for a while
    };
    /// Shows these 16 letters.
    Change change(const std::string& letters);

    /// Null when it is not installed. Throws std::runtime_error when it does not start.
    static std::unique_ptr<Lcdd> start(const std::string& directory, std::chrono::microseconds frame);

private:
    Lcdd() = default;
    std::string command(const std::string& line);
    std::string take(std::chrono::milliseconds quiet, const std::string& until = {});

    std::unique_ptr<support::Process> process_;
    int master_ = -1, slave_ = -1, socket_ = -1;
};

}  // namespace baytime::bench
