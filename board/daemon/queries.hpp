// The verbs that only ask: each reads the board and changes nothing.
#pragma once

#include "board/daemon/house.hpp"

#include <string_view>

namespace baytime::daemon {

/// Most closed jobs that `jobs all` lists, the newest ones.
inline constexpr std::size_t max_closed_listed = 200;
/// Most events that `history` lists.
inline constexpr std::size_t max_history = 1000;
/// Bytes of events in one answer of export-events, about: a page ends with the event that passes this.
inline constexpr std::size_t export_page_bytes = 256 * 1024;

/// Answers any query but hello, watch and unwatch. Throws when the journal cannot be read.
Outcome ask(const House& house, std::string_view verb, const protocol::Query& query);

}  // namespace baytime::daemon
