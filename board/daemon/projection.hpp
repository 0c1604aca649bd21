// What the tables for reports learn from events and board: one place for the turn that commits and for the making anew.
#pragma once

#include "board/core/board.hpp"
#include "board/reports/order_file.hpp"
#include "board/store/journal.hpp"

#include <span>

namespace baytime::daemon {

/// The rows that follow from these events; `board` has them already.
store::Projected project(std::span<const Event> events, const Board& board, const reports::ShopZone& zone);

/// Makes the tables anew from the journal unless they are of this zone and of this program's rules. True when it did.
/// Throws std::runtime_error.
bool refresh_projection(store::Journal& journal, const Board& board, const std::string& zone_name);

}  // namespace baytime::daemon
