#include "board/core/prediction_chance.hpp"

#include <algorithm>
#include <array>

namespace baytime {

namespace {

/// Until a shop has figures of its own: an assumption, wide enough to be honest. Half of the work takes about its
/// standard time, one job in five takes a seventh more, one in twenty over half as much again.
constexpr std::array usual_ratios{700,  750,  800,  840,  870,  900,  920,  940,  960,  980,
                                  1000, 1020, 1050, 1080, 1120, 1150, 1220, 1300, 1420, 1600};

const Item* longest_known(const Board& board, const Shop& shop, const Job& job) {
    const Item* longest = nullptr;
    for (const auto& item : job.items) {
        if (!counts(shop, item) || (longest && item.minutes <= longest->minutes)) continue;
        const auto* record = board.item_times.find(item.code);
        if (record && std::cmp_greater_equal(record->samples.size(), shop.prediction.learn_after)) longest = &item;
    }
    return longest;
}

/// The ratios a job can still have: what has been clocked is behind it.
std::span<const int> still_possible(std::span<const int> spread, const OwnWork& work) {
    if (work.remaining == 0 || work.standard == 0) return spread;
    const auto behind = static_cast<int>(static_cast<std::int64_t>(work.clocked) * 1000 / work.standard);
    const auto first = std::ranges::upper_bound(spread, behind);
    return spread.subspan(static_cast<std::size_t>(first - spread.begin()));
}

}  // namespace

std::span<const int> spread_of(const Board& board, const Shop& shop, const Job& job) {
    if (const Item* item = longest_known(board, shop, job)) return board.item_times.find(item->code)->ratios;
    const auto& all = board.item_times.all;
    if (std::cmp_greater_equal(all.samples.size(), shop.prediction.learn_after)) return all.ratios;
    return usual_ratios;
}

int minutes_at(int ratio, const OwnWork& work, int other) {
    const auto scaled = [ratio](int minutes) {
        return static_cast<int>((static_cast<std::int64_t>(minutes) * ratio + 999) / 1000);
    };
    const int own = work.remaining == 0 ? 0 : std::max(scaled(work.standard) - work.clocked, 1);
    return scaled(other) + own;
}

int chance_of(std::span<const int> spread, const OwnWork& work, int other, int available) {
    if (available <= 0) return 0;
    const auto possible = still_possible(spread, work);
    if (possible.empty()) {
        // It has taken longer than any job before: the floor is all that can be said.
        return work.remaining + other <= available ? 67 : 33;
    }
    const auto in_time =
        std::ranges::partition_point(possible, [&](int ratio) { return minutes_at(ratio, work, other) <= available; });
    const auto kept = static_cast<int>(in_time - possible.begin());
    // Never certain: one more job of either kind is always thought of (Laplace's rule of succession).
    const int percent = (100 * (kept + 1)) / (static_cast<int>(possible.size()) + 2);
    return std::clamp(percent, 1, 99);
}

int minutes_for(std::span<const int> spread, const OwnWork& work, int other, int percent) {
    const auto possible = still_possible(spread, work);
    if (possible.empty()) return work.remaining + other;
    return minutes_at(percentile(possible, percent), work, other);
}

}  // namespace baytime
