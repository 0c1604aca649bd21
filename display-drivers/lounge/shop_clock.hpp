// The shop's own time, as the daemon tells it with every push, carried on between pushes.
#pragma once

#include "board/core/time.hpp"

#include <chrono>

namespace baytime::lounge {

/// The board's own steady time; always passed in.
using Moment = std::chrono::steady_clock::time_point;

/// Shop-local time, for showing only.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

struct ShopClock {
    Instant now{};
    double speed = 1;  ///< above 1 in demos, 0 when the clock stands still
    std::chrono::minutes offset{0};
    Moment taken{};       ///< when `now` was heard
    bool trusted = true;  ///< false: the daemon is having the time checked

    Instant at(Moment moment) const {
        const std::chrono::duration<double, std::milli> passed = moment - taken;
        return now + std::chrono::milliseconds(static_cast<std::int64_t>(passed.count() * speed));
    }
    LocalTime local(Instant instant) const { return LocalTime((instant + offset).time_since_epoch()); }
    /// When the shown minute changes next.
    Moment next_minute(Moment moment) const {
        if (speed <= 0) return moment + std::chrono::hours(1);  // never; but far moments overflow in sums
        const auto left = std::chrono::minutes(1) - (at(moment) - minute_of(at(moment)));
        const std::chrono::duration<double, std::milli> real(static_cast<double>(left.count()) / speed);
        return moment + std::chrono::ceil<std::chrono::milliseconds>(real);
    }
};

}  // namespace baytime::lounge
