#include "board/daemon/erasing.hpp"

#include "board/core/erase.hpp"

namespace baytime::daemon {

std::vector<std::string> orders_to_erase(const Board& board, store::Journal& journal, Instant now,
                                         std::chrono::days after) {
    if (after.count() == 0) return {};
    const Instant before = now - after;
    std::vector<std::string> out;
    for (const auto& [order, job] : board.jobs) {
        if (out.size() >= max_erased_listed) return out;
        const Instant last = job.delivered_at.value_or(job.newest_at);
        if (is_closed(job.state) && last < before && tells_person(job)) out.push_back(order);
    }
    for (auto& order : journal.imported_plates("", before, max_erased_listed - out.size()))
        out.push_back(std::move(order));
    return out;
}

std::vector<Event> erased_events(std::span<const std::string> orders, std::uint64_t first, const std::string& who,
                                 Instant now) {
    std::vector<Event> out;
    for (const auto& order : orders)
        out.push_back({.seq = first + out.size(),
                       .at = now,
                       .received = now,
                       .who = who,
                       .cause = "c" + std::to_string(first),
                       .order = order,
                       .fact = Erased{}});
    return out;
}

}  // namespace baytime::daemon
