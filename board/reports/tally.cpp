#include "board/reports/tally.hpp"

#include <algorithm>

namespace baytime::reports {

Counted counted(const SettledJob& job) {
    return {.verdict = verdict(job),
            .flagged_in_time = job.notice == Notice::in_time,
            .is_return = !job.return_of.empty(),
            .inspected = job.inspected,
            .inspection_failed = job.inspection_failed,
            .amount = job.amount.value_or(0)};
}

void add(Tally& tally, const Counted& job) {
    const bool late = job.verdict == Verdict::late;
    ++tally.settled;
    tally.late += late;
    tally.excused += job.verdict == Verdict::excused;
    tally.late_flagged_in_time += late && job.flagged_in_time;
    tally.returns += job.is_return;
    tally.inspected += job.inspected;
    tally.inspection_failed += job.inspection_failed;
    tally.turnover += job.amount;
}

std::optional<std::int64_t> share_bp(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    return part * whole_bp / whole;
}

std::optional<std::int64_t> on_time_bp(const Tally& tally) {
    return share_bp(tally.settled - tally.late, tally.settled);
}

std::optional<std::int64_t> strict_bp(const Tally& tally) {
    return share_bp(tally.settled - tally.late - tally.excused, tally.settled);
}

std::int64_t allowed_late(std::int64_t settled, std::int64_t target_bp) {
    return settled * (whole_bp - target_bp) / whole_bp;
}

std::optional<std::int64_t> may_still_be_late(const Tally& tally, std::int64_t target_bp) {
    if (target_bp <= 0) return std::nullopt;
    return std::max(std::int64_t{0}, (tally.settled - tally.late) * whole_bp / target_bp - tally.settled);
}

std::int64_t deduction(const Tally& tally, std::int64_t target_bp) {
    return std::max(std::int64_t{0}, tally.late - allowed_late(tally.settled, target_bp));
}

}  // namespace baytime::reports
