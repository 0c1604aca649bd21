// A real baytimed for benchmarks: a shop with as many bays and open jobs as asked, and no limit that slows a load down.
#pragma once

#include "tests/support/daemon_process.hpp"

#include <string>

namespace baytime::bench {

struct House {
    int bays = 12;
    int jobs = 60;  ///< received before the measurement, as `R0`, `R1`, ...
};

/// Writes the configuration into `directory` and returns its path.
std::string write_house(const std::string& directory, const House& house);
/// Receives the jobs through the protocol, those before number `from` being there. Throws std::runtime_error when one
/// is refused.
void receive_jobs(const support::DaemonProcess& daemon, int jobs, int from = 0);
/// A command that makes one event: the n-th other time to expect for the job of this client.
std::string update_of(int job, int n);

}  // namespace baytime::bench
