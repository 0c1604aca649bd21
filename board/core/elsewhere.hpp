// Deciding about orders that the record knows and the board does not: those of another system.
#pragma once

#include "board/core/decide.hpp"

#include <optional>

namespace baytime {

/// Filled by who can read the record.
struct Elsewhere {
    std::optional<Job> imported{};  ///< the order asked about, when it came from another system
    bool return_imported = false;   ///< the order that `return_of` names came from another system
    bool advisor_known = false;     ///< the record knows the advisor whom a correction of `imported` names
};

/// decide() with what is known of imported orders.
Decision decide(const Board& board, const Shop& shop, const Request& request, const Elsewhere& elsewhere);

}  // namespace baytime
