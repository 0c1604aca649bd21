// What the log says of a start: how the journal was found, and what is unusual about this shop.
#pragma once

#include "board/daemon/settings.hpp"
#include "board/store/journal.hpp"

namespace baytime::daemon {

void log_opening(const store::Opening& opening, const Settings& settings);

}  // namespace baytime::daemon
