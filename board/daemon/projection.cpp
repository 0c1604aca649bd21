#include "board/daemon/projection.hpp"

#include "board/daemon/shop_zone.hpp"

#include <set>

namespace baytime::daemon {

namespace {

/// Raised when the same events give other rows than before: then every journal makes its rows anew.
constexpr int rows_version = 4;

reports::SettledJob row_of(const ImportedOrder& order, const reports::ShopZone& zone) {
    return reports::settled_job(order, zone.day_of(order.row.settled));
}

reports::SettledJob row_of(const Job& job, const reports::ShopZone& zone) {
    return reports::settled_job(job, zone.day_of(job.settlement->settled_at));
}

}  // namespace

store::Projected project(std::span<const Event> events, const Board& board, const reports::ShopZone& zone,
                         const ImportedOrders& touched) {
    store::Projected out;
    for (const auto& [number, order] : touched) out.settled.push_back(row_of(order, zone));
    std::set<std::string_view> seen;
    for (const Event& event : events) {
        if (std::holds_alternative<Imported>(event.fact)) {
            out.fresh.push_back(row_of(imported(event), zone));
            continue;
        }
        const Job* job = board.find(event.order);
        const bool settled = job != nullptr && job->settlement;
        // Only a hand-over that was taken back takes a row out.
        if (!settled && !std::holds_alternative<Undone>(event.fact)) continue;
        if (!seen.insert(event.order).second) continue;
        if (settled) {
            out.settled.push_back(row_of(*job, zone));
        } else {
            out.unsettled.push_back(event.order);
        }
    }
    return out;
}

bool refresh_projection(store::Journal& journal, const Board& board, const std::string& zone_name) {
    const std::string kind = "rows " + std::to_string(rows_version) + ", " + zone_name;
    if (journal.projection_is(kind)) return false;
    const auto zone = shop_zone(zone_name);
    journal.rebuild_projection(kind, [&](const std::function<void(const reports::SettledJob&)>& put) {
        std::set<std::string> touched;  // imported orders about which something was said since: they are few
        journal.read(0, [&](const Event& event) {
            if (std::holds_alternative<Imported>(event.fact)) put(row_of(imported(event), zone));
            if (follows_import(event.fact) && board.find(event.order) == nullptr) touched.insert(event.order);
            return true;
        });
        for (const auto& number : touched) {
            if (const auto order = imported_order(journal, number)) put(row_of(*order, zone));
        }
        for (const auto& [order, job] : board.jobs) {
            if (job.settlement) put(row_of(job, zone));
        }
    });
    return true;
}

}  // namespace baytime::daemon
