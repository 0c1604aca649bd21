// How many commands a connection may send: a bucket that fills steadily. Pure.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <algorithm>

namespace baytime::daemon {

/// Requests a second of a connection that has not said who it is.
inline constexpr int requests_before_hello = 20;
/// So many seconds' worth may come at once.
inline constexpr double burst_seconds = 2;

class Rate {
public:
    Rate(Steady::time_point now, int per_second)
        : per_second_(per_second), left_(per_second * burst_seconds), last_(now) {}
    /// False when this request is one too many.
    bool allows(Steady::time_point now) {
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        left_ = std::min(per_second_ * burst_seconds, left_ + passed.count() * per_second_);
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

private:
    double per_second_;
    double left_;
    Steady::time_point last_;
};

}  // namespace baytime::daemon
