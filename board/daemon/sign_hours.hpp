// When a sign is dimmed or dark, and when its clock is set: local times of day. Pure.
#pragma once

#include "board/core/time.hpp"
#include "board/daemon/settings.hpp"

#include <string>

namespace baytime::daemon {

/// Whether the local time lies in this night.
bool is_night(const SignNight& night, const std::string& zone, Instant now);
/// The next moment at which a night of these signs begins or ends.
std::optional<Instant> next_night_change(const std::vector<SignPlace>& places, const std::string& zone, Instant now);
/// The start of the next local day.
Instant next_midnight(const std::string& zone, Instant now);
signs::SignClock sign_clock(const std::string& zone, Instant now);

}  // namespace baytime::daemon
