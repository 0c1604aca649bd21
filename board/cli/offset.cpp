#include "board/cli/offset.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace baytime::cli {

Offset::Offset(const std::string& zone, int minutes) : now_(minutes) {
    try {
        const auto* rules = date::locate_zone(zone);
        rules_ = [rules](Instant moment) {
            return std::chrono::floor<std::chrono::minutes>(rules->get_info(moment).offset);
        };
    } catch (const std::runtime_error&) {
        // A computer without this zone, or without any: what the daemon says of now has to do.
    }
}

}  // namespace baytime::cli
