// Time that goes by in a workshop, and what is predicted in it.
#pragma once

#include "tests/core/workshop.hpp"

namespace baytime::support {

/// The board after time has gone by to `minute`, minute by minute, as the daemon's timer would do it at the latest.
inline void until(Workshop& w, int minute) {
    while (w.now < at_minute(minute)) {
        w.now += std::chrono::minutes(1);
        w.mind_alerts();
    }
}

/// A prediction of one car alone.
inline Finishes finish(const char* order, Instant at) {
    return {.ready = {{order, at}}};
}

}  // namespace baytime::support
