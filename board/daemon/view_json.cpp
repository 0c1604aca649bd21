#include "board/daemon/view_json.hpp"

#include "board/core/views.hpp"

namespace baytime::daemon {

namespace {

constexpr std::string_view bay_prefix = "bay:";

}  // namespace

bool is_view(const Shop& shop, std::string_view name) {
    if (name == "lounge" || name == "workshop" || name == "alerts") return true;
    return name.starts_with(bay_prefix) && shop.bay(name.substr(bay_prefix.size())) != nullptr;
}

protocol::json::object view_json(std::string_view name, const Board& board, const Shop& shop, Instant now) {
    if (name == "lounge") return protocol::to_json(lounge_view(board, shop, now)).as_object();
    if (name == "workshop") return protocol::to_json(workshop_view(board, shop, now)).as_object();
    if (name == "alerts") return protocol::to_json(alerts_view(board, shop, now)).as_object();
    return protocol::to_json(bay_view(board, shop, name.substr(bay_prefix.size()), now)).as_object();
}

}  // namespace baytime::daemon
