// Names and kinds of alerts.
#include "board/core/alert.hpp"

namespace baytime {

std::string alert_id(AlertKind kind, std::string_view order, std::size_t n) {
    std::string id = name(kind) + ":" + std::string(order);
    return n <= 1 ? id : id + ":" + std::to_string(n);
}

bool is_question(AlertKind kind) {
    return kind == AlertKind::ask_30 || kind == AlertKind::ask_15 || kind == AlertKind::ask_0;
}

bool is_once(AlertKind kind) {
    return is_question(kind) || kind == AlertKind::overdue;
}

}  // namespace baytime
