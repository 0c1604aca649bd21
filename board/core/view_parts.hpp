// What several views share. Inside core only.
#pragma once

#include "board/core/views.hpp"

namespace baytime::views {

/// Guests are welcomed from this long before their appointment ...
inline constexpr std::chrono::hours welcome_ahead{12};
/// ... until this long after it.
inline constexpr std::chrono::minutes welcome_after{30};

/// Here, open and still being worked on: the promise can still be kept or broken.
bool under_way(const Job& job);
/// True from the minute after `time` on.
inline bool passed(Instant time, Instant now) {
    return minute_of(now) > minute_of(time);
}
/// The first moment at which passed(time, now) holds.
inline Instant passes_at(Instant time) {
    return minute_of(time) + std::chrono::minutes(1);
}
}  // namespace baytime::views
