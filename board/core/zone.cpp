#include "board/core/zone.hpp"

#include <algorithm>

namespace baytime {

using namespace std::chrono;

LocalMinute Zone::to_local(Instant at) const {
    const auto later = std::ranges::upper_bound(offsets, at, {}, &ZoneOffset::from);
    const auto east = offsets.empty() ? minutes{0} : (later == offsets.begin() ? later : later - 1)->east;
    return LocalMinute{floor<minutes>(at.time_since_epoch()) + east};
}

Instant Zone::to_utc(LocalMinute local) const {
    const Instant as_utc{local.time_since_epoch()};
    if (offsets.empty()) return as_utc;
    // Offsets are less than a day, so the first change that can end before this local time lies a day back at most.
    auto each = std::ranges::upper_bound(offsets, as_utc - days{1}, {}, &ZoneOffset::from);
    if (each != offsets.begin()) --each;
    for (; each + 1 != offsets.end(); ++each) {
        const Instant next = (each + 1)->from;
        if (as_utc - each->east < next) break;
        if (as_utc - (each + 1)->east < next) return next;  // left out by the change
    }
    return as_utc - each->east;
}

}  // namespace baytime
