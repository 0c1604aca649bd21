// A time zone as plain values: when its distance from UTC changes, and to what. The daemon reads them from the
// time-zone library once; the rules then need neither the library nor a function that is handed in.
#pragma once

#include "board/core/time.hpp"

#include <chrono>
#include <vector>

namespace baytime {

using LocalMinute = std::chrono::local_time<std::chrono::minutes>;

/// From `from` on, local time is UTC plus `east`.
struct ZoneOffset {
    Instant from{};
    std::chrono::minutes east{0};
    bool operator==(const ZoneOffset&) const = default;
};

struct Zone {
    std::vector<ZoneOffset> offsets{};  ///< by `from`; before the first one holds the first; empty: UTC

    /// Rounded down to the minute.
    LocalMinute to_local(Instant at) const;
    /// The earlier moment where a clock change makes a local time come twice; the moment of the change where it
    /// leaves that time out.
    Instant to_utc(LocalMinute local) const;
    /// The date on the wall.
    std::chrono::local_days day_of(Instant at) const { return std::chrono::floor<std::chrono::days>(to_local(at)); }
    bool operator==(const Zone&) const = default;
};

}  // namespace baytime
