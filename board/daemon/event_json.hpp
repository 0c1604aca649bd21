// One event as watchers and `history` see it. Pure.
#pragma once

#include "board/core/event.hpp"
#include "protocol/json.hpp"

namespace baytime::daemon {

/// {seq, at, received, who, cause, order, fact, data}
protocol::json::object event_json(const Event& event);

}  // namespace baytime::daemon
