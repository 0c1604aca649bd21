// Reading times as people and programs write them: `11:00`, `2026-11-21T11:00`, ISO 8601 with an offset, `+30`.
#pragma once

#include "protocol/verbs.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace baytime::protocol {

/// A written date and time, with the offset that was written behind it, if any.
struct LocalTime {
    std::chrono::local_time<std::chrono::minutes> minute{};
    std::chrono::milliseconds beyond{0};       ///< seconds and their fraction
    std::optional<std::chrono::minutes> east;  ///< nothing: a time of the shop
};

/// `2026-11-21T11:00`, with optional `:SS`, `.fff`, and `Z` or an offset; years 1970 to 2199.
std::optional<LocalTime> read_local(std::string_view text);
/// Any of the spellings of a time; nothing when it is none.
std::optional<Instant> read_time(std::string_view text, const Clockwork& clock);

}  // namespace baytime::protocol
