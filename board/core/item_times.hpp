// What the shop's own work took, item by item: the newest finished jobs of each item code, so that predictions learn
// (rules §5, §6). Part of the board; changed by apply() alone.
#pragma once

#include "board/core/job.hpp"

#include <array>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace baytime {

/// Finished jobs kept for each item code, and for the whole shop: the newest ones.
inline constexpr std::size_t max_item_samples = 200;
/// Item codes kept. One more drops the code that has not been worked on for longest.
inline constexpr std::size_t max_item_codes = 2000;
/// Actual against standard, in thousandths; beyond this a clock was forgotten, and the job says nothing.
inline constexpr int max_ratio = 10'000;

/// One finished job's word on one item.
struct ItemSample {
    Instant at{};  ///< delivered
    std::string order{};
    int minutes = 0;   ///< what it took: the job's working minutes, shared out by standard minutes
    int ratio = 1000;  ///< actual against standard of the whole job, in thousandths
    bool operator==(const ItemSample&) const = default;
    auto operator<=>(const ItemSample&) const = default;
};

struct ItemRecord {
    std::set<ItemSample> samples{};  ///< by time
    std::vector<int> minutes{};      ///< of the samples, in ascending order
    std::vector<int> ratios{};       ///< of the samples, in ascending order
    bool operator==(const ItemRecord&) const = default;

    void add(const ItemSample& sample);
    void remove(const Instant& at, const std::string& order);
};

/// The smallest value that at least `percent` of the sorted values do not exceed; 0 of none.
int percentile(std::span<const int> sorted, int percent);

struct ItemTimes {
    std::map<std::string, ItemRecord, std::less<>> codes{};
    ItemRecord all{};            ///< one sample a job
    std::uint64_t revision = 0;  ///< moves on with every change
    bool operator==(const ItemTimes&) const = default;

    /// Takes in a delivered job that was worked on; any other says nothing.
    void learn(const Job& job);
    void forget(const Job& job);
    /// Null for a code nobody has finished.
    const ItemRecord* find(std::string_view code) const;
};

}  // namespace baytime
