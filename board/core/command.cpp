// What all commands have in common.
#include "board/core/command.hpp"

namespace baytime {

const std::string& order_of(const Command& command) {
    static const std::string none;
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.order.size(); }) {
                return each.order;
            } else if constexpr (requires { each.order; }) {
                return each.order ? *each.order : none;
            } else {
                return none;
            }
        },
        command);
}

bool names_order(const Command& command) {
    return std::visit(
        [](const auto& each) {
            return requires {
                each.order.size();
            };
        },
        command);
}

}  // namespace baytime
