// The questions about ready times: predictions, why, quote, calibration.
#pragma once

#include "board/daemon/house.hpp"

namespace baytime::daemon {

/// How far back `calibration` looks.
inline constexpr std::chrono::days calibration_window{90};

Outcome list_predictions(const House& house);
Outcome why(const House& house, const protocol::Query& query);
Outcome tell_quote(const House& house, const protocol::Query& query);
Outcome tell_calibration(const House& house);

}  // namespace baytime::daemon
