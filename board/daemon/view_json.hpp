// Every view but `events` by its name, made from nothing. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/shop.hpp"
#include "protocol/json.hpp"

#include <string_view>

namespace baytime::daemon {

/// `lounge`, `workshop`, `alerts`, or `bay:<id>` of a configured bay.
bool is_view(const Shop& shop, std::string_view name);
/// True when the view shows predictions, which move with time.
bool shows_predictions(const Shop& shop, std::string_view name);
/// For a name that is_view().
protocol::json::object view_json(std::string_view name, const Board& board, const Shop& shop, Instant now);

}  // namespace baytime::daemon
