#include "board/daemon/reload_rules.hpp"

#include "config/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace baytime::daemon {

namespace {

/// Puts `from` in the place of `to`; 1 when they differed.
template <class T>
int keep(const T& from, T& to) {
    return std::exchange(to, from) == from ? 0 : 1;
}

void refuse_empty(const Settings& running, const Settings& next, const std::string& path) {
    const auto gone = [&](const char* what, std::size_t had, std::size_t has) {
        if (had == 0 || has > 0) return;
        throw config::ConfigError(fmt::format(
            "{}: there is no {} in it, and {} in force; was the file emptied or cut off? Put it back; to go "
            "on without any, restart the daemon",
            path, what, had == 1 ? std::string("one is") : fmt::format("{} are", had)));
    };
    gone("[[bay]]", running.shop.bays.size(), next.shop.bays.size());
    gone("[[staff]]", running.shop.people.size(), next.shop.people.size());
}

}  // namespace

std::string keep_until_restart(const Settings& running, Settings& next) {
    const int listen = keep(running.address, next.address) + keep(running.port, next.port) +
                       keep(running.tls_address, next.tls_address) + keep(running.tls_port, next.tls_port);
    const int store = keep(running.journal, next.journal) + keep(running.backups, next.backups);
    const int clock = keep(running.clock, next.clock);
    const int metrics = keep(running.metrics, next.metrics);
    std::string sections;
    for (const auto& [differed, section] : {std::pair(listen, "[listen]"), std::pair(store, "[store]"),
                                            std::pair(clock, "[clock]"), std::pair(metrics, "[metrics]")}) {
        if (differed > 0) sections += (sections.empty() ? "" : ", ") + std::string(section);
    }
    return sections;
}

void refuse_loss(const Settings& running, const Settings& next, const Board& board, const std::string& path) {
    refuse_empty(running, next, path);
    for (const auto& [bay, orders] : orders_without_bay(board, next.shop)) {
        if (running.shop.bay(bay) == nullptr) continue;  // it was not there at the start either: health tells
        throw config::ConfigError(
            fmt::format("{}: bay {} is not in it any more, but {} {} there; move the car first: baytime assign {} BAY "
                        "(work that is under way is paused before)",
                        path, bay, fmt::join(orders, ", "), orders.size() == 1 ? "is" : "are", orders.front()));
    }
}

std::map<std::string, std::vector<std::string>> orders_without_bay(const Board& board, const Shop& shop) {
    std::map<std::string, std::vector<std::string>> out;
    const auto add = [&](const std::string& bay, const std::string& order) {
        if (bay.empty() || shop.bay(bay) != nullptr) return;
        auto& orders = out[bay];
        if (std::ranges::find(orders, order) == orders.end()) orders.push_back(order);
    };
    for (const auto& [bay, order] : board.in_bay) add(bay, order);
    for (const auto& [person, order] : board.clocked_on) add(board.jobs.at(order).bay, order);
    for (const auto& [bay, queue] : board.queues) {
        for (const auto& [place, order] : queue) add(bay, order);
    }
    return out;
}

}  // namespace baytime::daemon
