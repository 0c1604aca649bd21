// What all commands have in common.
#include "board/core/command.hpp"

namespace baytime {

const std::string& order_of(const Command& command) {
    static const std::string none;
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.order; }) {
                return each.order;
            } else {
                return none;
            }
        },
        command);
}

}  // namespace baytime
