// The shop's time zone for rows and reports: exact where a clock change leaves a local time out or has it twice.
#pragma once

#include "board/reports/order_file.hpp"

#include <string>

namespace baytime::daemon {

/// Throws std::runtime_error when the time-zone library does not know the IANA name.
reports::ShopZone shop_zone(const std::string& name);

}  // namespace baytime::daemon
