// What the log says of a start: how the journal was found, what is unusual about this shop, and where it listens.
#pragma once

#include "board/daemon/house.hpp"

#include <string>
#include <vector>

namespace baytime::daemon {

void log_opening(const store::Opening& opening, const Settings& settings);
/// To the log, and on standard output for whoever started it. `places`: the plain door, then the encrypted one.
void tell_ready(const House& house, const std::vector<std::string>& places);

}  // namespace baytime::daemon
