// Checks of what the desk writes down.
#include "board/core/intake.hpp"

#include "board/core/plate.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

bool order_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/// One line of the order, its name and minutes taken from the standard times where left out.
std::optional<Rejection> read_item(const Shop& shop, const Item& wanted, Item& item) {
    item = {.code = wanted.code, .name = wanted.name, .minutes = wanted.minutes, .added = false};
    // A lone word may be a code: `items=M-OIL`.
    if (item.code.empty() && item.minutes == 0 && shop.standard_times.contains(item.name)) {
        item.code = std::exchange(item.name, {});
    }
    const auto standard = shop.standard_times.find(item.code);
    if (standard != shop.standard_times.end()) {
        if (item.name.empty()) item.name = standard->second.name;
        if (item.minutes == 0) item.minutes = standard->second.minutes;
    }
    if (item.name.empty()) {
        return refuse(Refusal::value_bad,
                      "the item " + quoted(item.code) + " is not in the standard times; write it as name:minutes");
    }
    if (item.minutes < 0 || item.minutes > max_minutes) {
        return refuse(Refusal::value_bad,
                      "the minutes of " + quoted(item.name) + " must lie between 0 and " + std::to_string(max_minutes));
    }
    return bad_text({{"item", item.name}, {"code", item.code}});
}

}  // namespace

std::optional<Rejection> bad_order(const Ask& ask) {
    const bool good = !ask.order.empty() && ask.order.size() <= 32 && std::ranges::all_of(ask.order, order_letter);
    if (good) return std::nullopt;
    return refuse(Refusal::value_bad,
                  "an order number has 1 to 32 letters, digits, dots, underscores or hyphens, such as R1023");
}

std::optional<Rejection> read_plate(const std::string& text, std::string& plate) {
    plate = normal_plate(text);
    if (!plate.empty()) return std::nullopt;
    return refuse(Refusal::value_bad,
                  quoted(text) +
                      " is no number plate; one looks like 沪A12345 or 沪AD12338; for a car without one "
                      "take the last eight characters of its VIN");
}

std::optional<Rejection> read_items(const Shop& shop, const std::vector<Item>& wanted, std::vector<Item>& items) {
    if (wanted.size() > max_items) {
        return refuse(Refusal::value_bad, "an order holds at most " + std::to_string(max_items) + " items");
    }
    items.clear();
    for (const auto& each : wanted) {
        Item item;
        if (auto refused = read_item(shop, each, item)) return refused;
        items.push_back(std::move(item));
    }
    return std::nullopt;
}

std::optional<Rejection> bad_return(const Ask& ask, const std::string& earlier) {
    if (auto refused = bad_text({{"return_of", earlier}})) return refused;
    if (earlier == ask.order) {
        return refuse(Refusal::value_bad, "an order is no return of itself; name the earlier order");
    }
    const Job* other = ask.board.find(earlier);
    if (earlier.empty() || ask.return_imported || (other && is_closed(other->state))) return std::nullopt;
    if (!other) {
        return refuse(Refusal::unknown_order,
                      "there is no order " + quoted(earlier) +
                          " on record to come back from; check the number, or import the shop's earlier orders first "
                          "(baytime import orders)");
    }
    return refuse(Refusal::value_bad,
                  earlier + " is " + standing(*other) + "; a return belongs to an order that was delivered");
}

std::string advisor_of(const Ask& ask, const std::optional<std::string>& named, const std::string& so_far) {
    if (named) return *named;
    if (!so_far.empty()) return so_far;
    return ask.who.role == Role::advisor ? ask.who.id : std::string{};
}

}  // namespace baytime::rules
