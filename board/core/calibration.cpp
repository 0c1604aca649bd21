#include "board/core/calibration.hpp"

#include <algorithm>

namespace baytime {

namespace {

struct Sum {
    std::int64_t jobs = 0, chance = 0, kept = 0, square = 0;

    void add(int percent, bool in_time) {
        const int miss = percent - (in_time ? 100 : 0);
        ++jobs;
        chance += percent;
        kept += in_time ? 100 : 0;
        square += miss * miss;
    }
    /// Rounded to the nearest whole number.
    int mean(std::int64_t sum) const { return jobs == 0 ? 0 : static_cast<int>((sum + jobs / 2) / jobs); }
};

}  // namespace

Calibration calibrate(const Board& board, Instant from, Instant to) {
    Sum all;
    std::array<Sum, 10> bands;
    for (auto each = board.delivered.lower_bound({from, {}}); each != board.delivered.end() && each->first < to;
         ++each) {
        const Job& job = board.jobs.at(each->second);
        if (!job.chance || !job.original_promise || !job.ready_at) continue;
        const int percent = std::clamp(*job.chance, 0, 100);
        const bool kept = keeps(*job.ready_at, *job.original_promise);
        all.add(percent, kept);
        bands[static_cast<std::size_t>(std::min(percent / 10, 9))].add(percent, kept);
    }
    Calibration out{.jobs = static_cast<int>(all.jobs), .brier = all.mean(all.square)};
    out.forecast = all.mean(all.chance);
    out.kept = all.mean(all.kept);
    for (int i = 0; i < 10; ++i) {
        const Sum& band = bands[static_cast<std::size_t>(i)];
        if (band.jobs == 0) continue;
        out.bands.push_back({.from = 10 * i,
                             .to = i == 9 ? 100 : 10 * i + 9,
                             .jobs = static_cast<int>(band.jobs),
                             .forecast = band.mean(band.chance),
                             .kept = band.mean(band.kept)});
    }
    return out;
}

}  // namespace baytime
