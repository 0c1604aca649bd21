// From the time-zone library to the plain values that the rules count with.
#pragma once

#include "board/core/zone.hpp"

#include <string>

namespace baytime::daemon {

/// The zone's offsets over the years of the calendar. Throws std::runtime_error for an unknown name.
Zone read_zone(const std::string& name);

}  // namespace baytime::daemon
