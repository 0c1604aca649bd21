// Every view but `events` by its name: its state, and what changed since the last look. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/shop.hpp"
#include "board/core/views.hpp"
#include "protocol/json.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace baytime::daemon {

/// `lounge`, `workshop`, `alerts`, or `bay:<id>` of a configured bay.
bool is_view(const Shop& shop, std::string_view name);
/// True when the view shows predictions, which move with time.
bool shows_predictions(const Shop& shop, std::string_view name);
/// A view as it was last shown.
class ShownView {
public:
    /// For a name that is_view(); a bay that is no longer configured gives an empty view.
    explicit ShownView(std::string name) : name_(std::move(name)) {}
    /// Looks again. What changed since the last look, in the form of PROTOCOL.md; empty when nothing did, and at the
    /// first look.
    protocol::json::object look(const Board& board, const Shop& shop, const Predictions& predictions, Instant now);
    bool looked() const { return !std::holds_alternative<std::monostate>(view_); }
    /// The whole of it, for a newcomer.
    protocol::json::object whole() const;

private:
    std::string name_;
    std::variant<std::monostate, LoungeView, WorkshopView, BayView, AlertsView> view_;
};

/// For a name that is_view().
protocol::json::object view_json(std::string_view name, const Board& board, const Shop& shop, Instant now);

}  // namespace baytime::daemon
