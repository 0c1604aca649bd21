// What is done to the shop of the soak, one thing after another, at random but from a seed.
#pragma once

#include "tests/soak/shop.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace baytime::soak {

class Faults {
public:
    Faults(House& shop, unsigned seed) : shop_(shop), random_(seed) {}
    ~Faults();
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;

    /// Does one thing, then rests a little. With `gently` no program is ended or started.
    void next(bool gently);
    /// Ends whatever still lasts: full disks, silent signs, connections that nobody reads.
    void end();
    /// How often each was done.
    const std::map<std::string, int>& done() const { return done_; }

private:
    int between(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
    void limit(int resource, std::uint64_t most) const;

    void kill_daemon();
    void kill_lounge();
    void kill_both();
    void restart_daemon();
    void pull_sign();
    void deaf_watcher();
    void vanish();
    void full_disk();
    void no_descriptors();
    void freeze_daemon();
    void back_up();
    void reload();

    House& shop_;
    std::mt19937 random_;
    std::vector<int> deaf_;
    std::map<std::string, int> done_;
};

}  // namespace baytime::soak
