// From counts to rates and points (rule §4). Integers only: rates are basis points, rounded down. Pure.
#pragma once

#include "board/reports/settled_job.hpp"

#include <cstdint>
#include <optional>

namespace baytime::reports {

/// Everything, in basis points.
inline constexpr std::int64_t whole_bp = 10'000;

/// What a row of a statistic counts. Sums of tallies are tallies.
struct Tally {
    std::int64_t settled = 0, late = 0, excused = 0;
    std::int64_t late_flagged_in_time = 0;
    std::int64_t returns = 0;            ///< jobs that are a return of an earlier one
    std::int64_t inspected = 0;          ///< jobs that saw an inspection
    std::int64_t inspection_failed = 0;  ///< of those, jobs that failed one
    std::int64_t turnover = 0;           ///< cents
    std::int64_t on_time() const { return settled - late - excused; }
    bool operator==(const Tally&) const = default;
};

/// The few values of a job that a tally needs, as the table for reports keeps them.
struct Counted {
    Verdict verdict = Verdict::on_time;
    bool flagged_in_time = false, is_return = false, inspected = false, inspection_failed = false;
    std::int64_t amount = 0;
};
Counted counted(const SettledJob& job);

void add(Tally& tally, const Counted& job);

/// part / whole in basis points, rounded down; nothing where there is nothing to divide.
std::optional<std::int64_t> share_bp(std::int64_t part, std::int64_t whole);
/// On-time rate 准时交车率: excused jobs are in the denominator and not late.
std::optional<std::int64_t> on_time_bp(const Tally& tally);
/// The strict rate counts excused as late.
std::optional<std::int64_t> strict_bp(const Tally& tally);
/// How many of `settled` may be late and the target is still met.
std::int64_t allowed_late(std::int64_t settled, std::int64_t target_bp);
/// How many more may be late and the target is still met; each of them is settled too. Nothing: any number.
std::optional<std::int64_t> may_still_be_late(const Tally& tally, std::int64_t target_bp);
/// Points of deduction 扣分: late jobs beyond those allowed.
std::int64_t deduction(const Tally& tally, std::int64_t target_bp);

}  // namespace baytime::reports
