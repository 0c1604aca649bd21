// What a soak is held against: each row a value and its bound. Bounds are stated here, once.
#pragma once

#include "tests/soak/shop.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace baytime::soak {

struct Row {
    std::string name;
    double value = 0, bound = 0;
    bool met() const { return value <= bound; }
};

/// Of a living process.
struct Vitals {
    double rss_mib = 0;
    int descriptors = 0;
};
Vitals vitals_of(pid_t process);

/// Files and memory, with people and faults at rest. `lounge_before`: at the beginning of the last, gentle part.
/// Restarts the daemon to compare it with a fresh one. `memory`: the run was long enough to judge growth.
std::vector<Row> judge_bounds(House& shop, const Vitals& lounge_before, double minutes, bool memory);

/// After the daemon has stopped: what it believed, the journal, and what was acknowledged. `believed`: the workshop
/// view with its clock, as it was pushed. Problems are put into `problems`.
std::vector<Row> judge_truth(House& shop, const std::string& believed, std::vector<std::string>& problems);

/// The daemon's snapshot of the workshop view, as JSON.
std::string workshop_snapshot(const House& shop);

}  // namespace baytime::soak
