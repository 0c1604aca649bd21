// What `help` tells: all verbs, or one.
#pragma once

#include "board/daemon/workshop.hpp"
#include "protocol/verbs.hpp"

#include <string>

namespace baytime::daemon {

Outcome help(const protocol::Query& query);
/// The reply that lists all verbs, in words or JSON without its newline. Made once: it is long, and anybody may ask for
/// it.
std::string all_help(bool json, const protocol::json::value& id);

}  // namespace baytime::daemon
