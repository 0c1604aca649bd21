// How often the daemon makes an answer that takes long: everybody else waits while it does. Pure.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <algorithm>
#include <cstdint>

namespace baytime::daemon {

/// After such an answer the next one rests so many times as long as that took: they get a fifth of the time at most.
inline constexpr int rest_after_long_answer = 4;

class Pace {
public:
    /// How long the next such answer has to wait; not at all while the record stays as it is, because then it keeps
    /// nobody from working. `seq`: the newest event.
    Steady::duration wait(Steady::time_point now, std::uint64_t seq) const {
        return seq == seq_ ? Steady::duration::zero() : std::max(free_from_ - now, Steady::duration::zero());
    }
    /// One was made.
    void took(Steady::time_point from, Steady::time_point to, std::uint64_t seq) {
        free_from_ = to + rest_after_long_answer * (to - from);
        seq_ = seq;
    }

private:
    Steady::time_point free_from_{};
    std::uint64_t seq_ = 0;
};

}  // namespace baytime::daemon
