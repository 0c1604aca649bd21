// What all commands have in common.
#include "board/core/command.hpp"

namespace baytime {

const std::string& order_of(const Command& command) {
    return std::visit([](const auto& each) -> const std::string& { return each.order; }, command);
}

}  // namespace baytime
