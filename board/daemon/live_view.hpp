// A view that is kept as the board changes: only the rows of orders that were touched are made again, however many
// there are. Pure; says the same as the view made from nothing.
#pragma once

#include "board/core/follower.hpp"
#include "board/core/shop.hpp"
#include "protocol/json.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace baytime::daemon {

/// What a view is made of. The predictor has been brought up to date, unless the view shows no predictions.
struct Sight {
    const Board& board;
    const Shop& shop;
    const Predictor& predictor;
    Instant now;
};

class LiveView {
public:
    /// For a name that is_view(); a bay that is no longer configured gives an empty view.
    static std::unique_ptr<LiveView> make(std::string_view name);
    virtual ~LiveView() = default;

    /// Looks again. What changed since the last look, in the form of PROTOCOL.md; empty when nothing did. What the
    /// first look says is of no use to anybody.
    virtual protocol::json::object look(const Sight& sight) = 0;
    /// The whole of it, as it was at the last look.
    virtual protocol::json::object whole() const = 0;
    /// When it changes by the passing of time alone, predictions aside; nothing when no such moment is known.
    virtual std::optional<Instant> next() const = 0;
};

std::unique_ptr<LiveView> live_lounge();

}  // namespace baytime::daemon
