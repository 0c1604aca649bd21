// What the running daemon does by itself as time goes by: it minds the computer's clock, tells those who watch and
// systemd that it lives, and forgets names that are old enough. Knows no socket; House::later wakes it.
#pragma once

#include "board/daemon/house.hpp"

namespace baytime::daemon {

/// Watchers hear at least this often from a living daemon.
inline constexpr std::chrono::seconds ping_every{15};
/// How often it is looked whether names are old enough to be forgotten.
inline constexpr std::chrono::hours forget_check_every{1};

class Chores {
public:
    /// The house outlives it, and so does what House::later calls.
    explicit Chores(House& house) : house_(house) {}
    Chores(const Chores&) = delete;
    Chores& operator=(const Chores&) = delete;

    /// Looks whether the computer's clock is believed; a change is told to everyone.
    void mind_clock();
    /// Pings as long as somebody watches.
    void arm_ping();
    void arm_watchdog();
    /// Forgets all names whose time has come, others get their turns in between; then looks again every hour.
    void begin_forgetting();

private:
    void forget_old_names();
    void arm_forgetting();

    House& house_;
    ClockDoubt doubt_ = ClockDoubt::none;
    bool ping_armed_ = false;
};

}  // namespace baytime::daemon
