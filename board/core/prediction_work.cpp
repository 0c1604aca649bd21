// The work of one job: what the order says, what the shop has learned, what has been clocked.
#include "board/core/prediction.hpp"

#include <algorithm>

namespace baytime {

using std::chrono::floor;
using std::chrono::minutes;

bool counts(const Shop& shop, const Item& item) {
    return item.consent == Consent::agreed || (item.consent == Consent::open && shop.prediction.open_consents);
}

ItemPlan plan_of(const Board& board, const Shop& shop, const Item& item) {
    const auto standard = shop.standard_times.find(item.code);
    // Minutes that the desk wrote by hand are about this very car.
    const bool by_hand = standard != shop.standard_times.end() && standard->second.minutes != item.minutes;
    const auto* record = item.code.empty() || by_hand ? nullptr : board.item_times.find(item.code);
    if (!record || std::cmp_less(record->samples.size(), shop.prediction.learn_after)) return {item.minutes, 0};
    return {percentile(record->minutes, 80), static_cast<int>(record->samples.size())};
}

OwnWork own_work(const Board& board, const Shop& shop, const Job& job, Instant at) {
    OwnWork out;
    bool any = false;
    for (const auto& item : job.items) {
        if (!counts(shop, item)) continue;
        any = true;
        out.standard += item.minutes;
        out.planned += plan_of(board, shop, item).minutes;
    }
    if (!any) out.standard = out.planned = static_cast<int>(shop.prediction.no_items.count());
    std::chrono::milliseconds clocked{0};
    for (const auto& stretch : job.clockings) {
        clocked += shop.calendar.working_time(stretch.from, stretch.to.value_or(at));
    }
    out.clocked = static_cast<int>(floor<minutes>(clocked).count());
    const bool finished = job.state == JobState::inspection || job.state == JobState::washing ||
                          job.state == JobState::ready || is_closed(job.state);
    if (!finished) out.remaining = std::max(out.planned - out.clocked, static_cast<int>(shop.prediction.floor.count()));
    return out;
}

BayKind bay_kind_of(const Shop& shop, const Job& job) {
    const Item* longest = nullptr;
    for (const auto& item : job.items) {
        if (counts(shop, item) && shop.standard_times.contains(item.code) &&
            (!longest || item.minutes > longest->minutes))
            longest = &item;
    }
    if (longest) return shop.standard_times.find(longest->code)->second.kind;
    if (job.express) return BayKind::express;
    return job.type == RepairType::accident ? BayKind::body : BayKind::general;
}

}  // namespace baytime
