// How many commands a connection may send: a bucket that fills steadily. Pure.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <algorithm>

namespace baytime::daemon {

inline constexpr double commands_per_second = 200;
inline constexpr double command_burst = 400;

class Rate {
public:
    explicit Rate(Steady::time_point now) : last_(now) {}
    /// False when this command is one too many.
    bool allows(Steady::time_point now) {
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        left_ = std::min(command_burst, left_ + passed.count() * commands_per_second);
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

private:
    double left_ = command_burst;
    Steady::time_point last_;
};

}  // namespace baytime::daemon
