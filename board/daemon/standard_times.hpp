// Reads the shop's standard times (rule §6) from CSV: code,name,name_en,repair_type,minutes,bay_kind.
#pragma once

#include "board/core/shop.hpp"

#include <map>
#include <string>
#include <string_view>

namespace baytime::daemon {

using StandardTimes = std::map<std::string, StandardTime>;

/// Throws std::runtime_error whose text names the file, the line and what would be accepted.
StandardTimes read_standard_times(const std::string& path);
/// The same from text; `name` is the file's name for messages.
StandardTimes parse_standard_times(std::string_view text, const std::string& name);

}  // namespace baytime::daemon
