#include "board/daemon/zone.hpp"

#include "board/core/calendar.hpp"

#include <date/tz.h>

namespace baytime::daemon {

using namespace std::chrono;

namespace {
// A year more on either side: what is asked near the border still has its right offset.
constexpr sys_seconds from{sys_days{(calendar_first_year - years{1}) / January / 1}};
constexpr sys_seconds to{sys_days{(calendar_last_year + years{2}) / January / 1}};
}  // namespace

Zone read_zone(const std::string& name) {
    const auto* found = date::locate_zone(name);
    Zone zone;
    for (auto at = from; at < to;) {
        const auto info = found->get_info(at);
        const auto east = floor<minutes>(info.offset);
        // Changes of name or of summer time alone do not count.
        if (zone.offsets.empty() || zone.offsets.back().east != east)
            zone.offsets.push_back({.from = std::max(info.begin, from), .east = east});
        at = info.end;
    }
    return zone;
}

}  // namespace baytime::daemon
