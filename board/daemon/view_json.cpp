#include "board/daemon/view_json.hpp"

#include "protocol/change.hpp"

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

json::object ShownView::look(const Board& board, const Shop& shop, const Predictions& predictions, Instant now) {
    const auto again = [this](auto fresh) {
        json::object change;
        if (const auto* old = std::get_if<decltype(fresh)>(&view_)) change = protocol::change_between(*old, fresh);
        view_ = std::move(fresh);
        return change;
    };
    if (name_ == "lounge") return again(lounge_view(board, shop, predictions, now));
    if (name_ == "workshop") return again(workshop_view(board, shop, predictions, now));
    if (name_ == "alerts") return again(alerts_view(board, shop, now));
    return again(bay_view(board, shop, predictions, std::string_view(name_).substr(bay_prefix.size()), now));
}

json::object ShownView::whole() const {
    const auto spelled = [](const auto& view) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(view)>, std::monostate>) {
            return json::object{};
        } else {
            return protocol::to_json(view).as_object();
        }
    };
    return std::visit(spelled, view_);
}

json::object view_json(std::string_view name, const Board& board, const Shop& shop, Instant now) {
    ShownView view{std::string(name)};
    view.look(board, shop, predict(board, shop, now), now);
    return view.whole();
}

}  // namespace baytime::daemon
