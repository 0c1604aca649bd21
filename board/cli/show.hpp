// Results of calls as people read them: pairs, and tables with straight columns.
#pragma once

#include "board/cli/offset.hpp"
#include "protocol/json.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace baytime::cli {

/// Tables for people cut what is very long; whoever looks for a fault needs it whole, and gets longer lines.
enum class Cells { narrow, whole };

/// `order=R1023 state=in_progress seq=17`, and a table for each list. Ends with a newline; harmless to a terminal.
/// Times are shown in the shop's local time.
std::string show(const protocol::json::object& result, const Offset& offset, Cells cells = Cells::narrow);
/// True when the result holds a time, so that the shop's offset is needed to show it.
bool holds_time(const protocol::json::value& value);
/// `2026-11-21 10:30` in the shop, or `10:30:05` when only the time of day is wanted.
std::string local_minute(Instant at, const Offset& offset);
std::string local_clock(Instant at, const Offset& offset, bool seconds);

}  // namespace baytime::cli
