// The verdict of rule §4.
#include "board/core/verdict.hpp"

#include <cassert>

namespace baytime {

Ruling rule_on(Instant settled_at, const std::optional<Instant>& promise, const std::optional<Excuse>& excuse,
               const std::optional<CallBack>& call_back) {
    if (call_back && call_back->late) return {.verdict = Verdict::late, .why = VerdictWhy::customer_said};
    if (!promise || keeps(settled_at, *promise)) return {.verdict = Verdict::on_time, .why = VerdictWhy::kept};
    if (!excuse) return {.verdict = Verdict::late, .why = VerdictWhy::clock};
    if (!excuse->decision) return {.verdict = Verdict::excused, .pending = true, .why = VerdictWhy::excuse_open};
    if (*excuse->decision == ExcuseDecision::rejected) {
        return {.verdict = Verdict::late, .why = VerdictWhy::excuse_rejected};
    }
    return {.verdict = Verdict::excused, .why = VerdictWhy::excuse_accepted};
}

Notice notice_of(Instant flagged, Instant promise, std::chrono::minutes wanted) {
    if (minute_of(flagged) + wanted <= minute_of(promise)) return Notice::in_time;
    return minute_of(flagged) < minute_of(promise) ? Notice::short_notice : Notice::after_the_fact;
}

std::optional<Ruling> ruling_of(const Job& job) {
    if (!job.settlement) return std::nullopt;
    return rule_on(job.settlement->settled_at, job.settlement->promise, job.excuse, job.call_back);
}

Settlement settle(const Job& job, Instant at) {
    const Ruling ruling = rule_on(at, job.promise, job.excuse, std::nullopt);
    return {.rule = verdict_rule,
            .settled_at = at,
            .original_promise = job.original_promise,
            .promise = job.promise,
            .verdict = ruling.verdict,
            .pending = ruling.pending};
}

VerdictStamped stamp_held(const Job& job, const TimeCorrection& correction) {
    assert(job.held && job.delivered_at);
    const auto by = [&correction](Instant noted) {
        return noted >= correction.from ? correction.by : std::chrono::milliseconds{0};
    };
    Instant original_noted = job.arrived_at.value_or(job.held->received), noted = original_noted;
    for (const auto& one : job.new_times) {
        if (one.counts) noted = one.at;
    }
    Job put_right = job;
    if (put_right.original_promise) *put_right.original_promise += by(original_noted);
    if (put_right.promise) *put_right.promise += by(noted);
    const auto moved = by(job.held->received);
    const Settlement stamp = settle(put_right, *job.delivered_at + moved);
    return {.rule = stamp.rule,
            .settled_at = stamp.settled_at,
            .original_promise = stamp.original_promise,
            .promise = stamp.promise,
            .verdict = stamp.verdict,
            .pending = stamp.pending,
            .correction_seconds = std::chrono::duration_cast<std::chrono::seconds>(moved).count()};
}

std::optional<std::chrono::minutes> minutes_late(const Job& job) {
    if (!job.settlement || !job.settlement->promise) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::minutes>(minute_of(job.settlement->settled_at) -
                                                            minute_of(*job.settlement->promise));
}

bool called_back_in_time(const Job& job) {
    return job.settlement && job.call_back && job.call_back->first_at <= job.settlement->settled_at + call_back_window;
}

}  // namespace baytime
