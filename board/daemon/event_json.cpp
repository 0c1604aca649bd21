#include "board/daemon/event_json.hpp"

namespace baytime::daemon {

protocol::json::object event_json(const Event& event) {
    return {{"seq", event.seq},
            {"at", protocol::iso_utc(event.at)},
            {"received", protocol::iso_utc(event.received)},
            {"who", event.who},
            {"cause", event.cause},
            {"order", event.order},
            {"fact", fact_names[event.fact.index()]},
            {"data", std::visit([](const auto& fact) { return protocol::to_json(fact); }, event.fact)}};
}

}  // namespace baytime::daemon
