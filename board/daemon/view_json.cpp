#include "board/daemon/view_json.hpp"

#include "board/core/views.hpp"

namespace baytime::daemon {

namespace json = protocol::json;

namespace {

constexpr std::string_view bay_prefix = "bay:";

}  // namespace

bool is_view(const Shop& shop, std::string_view name) {
    if (name == "lounge" || name == "workshop" || name == "alerts") return true;
    return name.starts_with(bay_prefix) && shop.bay(name.substr(bay_prefix.size())) != nullptr;
}

bool shows_predictions(const Shop& shop, std::string_view name) {
    if (name == "lounge") return shop.reveal_delay == Reveal::at_once;
    return name != "alerts";
}

json::object view_json(std::string_view name, const Board& board, const Shop& shop, Instant now) {
    const auto spelled = [](const auto& view) { return protocol::to_json(view).as_object(); };
    if (name == "lounge") return spelled(lounge_view(board, shop, now));
    if (name == "workshop") return spelled(workshop_view(board, shop, now));
    if (name == "alerts") return spelled(alerts_view(board, shop, now));
    return spelled(bay_view(board, shop, name.substr(bay_prefix.size()), now));
}

}  // namespace baytime::daemon
