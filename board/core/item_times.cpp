#include "board/core/item_times.hpp"

#include <algorithm>

namespace baytime {

namespace {

/// One line a code: the same code twice on an order is one sample of their sum.
std::map<std::string, int> agreed_minutes(const Job& job) {
    std::map<std::string, int> out;
    for (const auto& item : job.items) {
        if (item.consent == Consent::agreed) out[item.code] += item.minutes;
    }
    return out;
}

void drop_stalest(std::map<std::string, ItemRecord, std::less<>>& codes) {
    const auto stalest =
        std::ranges::min_element(codes, {}, [](const auto& each) { return each.second.samples.rbegin()->at; });
    codes.erase(stalest);
}

}  // namespace

int percentile(std::span<const int> sorted, int percent) {
    if (sorted.empty()) return 0;
    const auto count = static_cast<int>(sorted.size());
    const int place = (count * percent + 99) / 100;
    return sorted[static_cast<std::size_t>(std::clamp(place, 1, count) - 1)];
}

void ItemRecord::add(const ItemSample& sample) {
    const auto put = [](std::vector<int>& sorted, int value) {
        sorted.insert(std::ranges::upper_bound(sorted, value), value);
    };
    if (!samples.insert(sample).second) return;
    put(minutes, sample.minutes);
    put(ratios, sample.ratio);
    if (samples.size() > max_item_samples) {
        const ItemSample oldest = *samples.begin();
        remove(oldest.at, oldest.order);
    }
}

void ItemRecord::remove(const Instant& at, const std::string& order) {
    const auto take = [](std::vector<int>& sorted, int value) {
        sorted.erase(std::ranges::lower_bound(sorted, value));
    };
    const auto found = samples.lower_bound({.at = at, .order = order, .minutes = 0, .ratio = 0});
    if (found == samples.end() || found->at != at || found->order != order) return;
    take(minutes, found->minutes);
    take(ratios, found->ratio);
    samples.erase(found);
}

void ItemTimes::learn(const Job& job) {
    const auto lines = agreed_minutes(job);
    int standard = 0;
    for (const auto& [code, minutes] : lines) standard += minutes;
    if (!job.delivered_at || job.worked_minutes <= 0 || standard <= 0) return;
    const auto ratio = static_cast<std::int64_t>(job.worked_minutes) * 1000 / standard;
    if (ratio > max_ratio) return;
    ++revision;
    ItemSample sample{.at = *job.delivered_at, .order = job.order, .minutes = job.worked_minutes};
    sample.ratio = static_cast<int>(ratio);
    all.add(sample);
    for (const auto& [code, minutes] : lines) {
        if (code.empty() || minutes <= 0) continue;
        sample.minutes =
            static_cast<int>((static_cast<std::int64_t>(job.worked_minutes) * minutes + standard / 2) / standard);
        codes[code].add(sample);
        if (codes.size() > max_item_codes) drop_stalest(codes);
    }
}

void ItemTimes::forget(const Job& job) {
    if (!job.delivered_at) return;
    ++revision;
    all.remove(*job.delivered_at, job.order);
    for (const auto& [code, minutes] : agreed_minutes(job)) {
        const auto found = codes.find(code);
        if (found == codes.end()) continue;
        found->second.remove(*job.delivered_at, job.order);
        if (found->second.samples.empty()) codes.erase(found);
    }
}

const ItemRecord* ItemTimes::find(std::string_view code) const {
    const auto found = codes.find(code);
    return found == codes.end() ? nullptr : &found->second;
}

}  // namespace baytime
