// What the tables for reports learn from events and board: one place for the turn that commits and for the making anew.
#pragma once

#include "board/core/board.hpp"
#include "board/daemon/imports.hpp"
#include "board/store/journal.hpp"

#include <span>

namespace baytime::daemon {

/// The rows that follow from these events; `board` has them already, and so have the imported orders of `touched` that
/// they are about.
store::Projected project(std::span<const Event> events, const Board& board, const reports::ShopZone& zone,
                         const ImportedOrders& touched = {});

/// Makes the tables anew from the journal unless they are of this zone and of this program's rules. True when it did.
/// Throws std::runtime_error.
bool refresh_projection(store::Journal& journal, const Board& board, const std::string& zone_name);

}  // namespace baytime::daemon
