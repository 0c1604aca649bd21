// How long an answer that takes long has to wait: everybody else waits while one is made. Pure.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <algorithm>
#include <cstdint>

namespace baytime::daemon {

/// After such an answer the next one rests so many times as long as that took, while others work or more of them are
/// asked for: then they get a fifth of the time at most.
inline constexpr int rest_after_long_answer = 4;

class Pace {
public:
    /// How long the next such answer has to wait; not at all for one who asks alone while nobody works. `seq`: the
    /// newest event.
    Steady::duration wait(Steady::time_point now, std::uint64_t seq) const {
        return seq == seq_ && !crowd_ ? Steady::duration::zero() : std::max(free_from_ - now, Steady::duration::zero());
    }
    /// One was made. `crowd`: others were waiting for theirs.
    void took(Steady::time_point from, Steady::time_point to, std::uint64_t seq, bool crowd) {
        free_from_ = to + rest_after_long_answer * (to - from);
        seq_ = seq;
        crowd_ = crowd;
    }

private:
    Steady::time_point free_from_{};
    std::uint64_t seq_ = 0;
    bool crowd_ = false;
};

}  // namespace baytime::daemon
