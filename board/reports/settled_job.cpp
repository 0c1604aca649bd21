#include "board/reports/settled_job.hpp"

#include <algorithm>
#include <cassert>

namespace baytime::reports {

namespace {

std::int64_t minutes_between(Instant from, Instant to) {
    return std::chrono::duration_cast<std::chrono::minutes>(minute_of(to) - minute_of(from)).count();
}

std::vector<std::string> each_once(std::vector<std::string> people) {
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
}

ExcuseState excuse_of(const std::optional<Excuse>& excuse) {
    if (!excuse) return ExcuseState::none;
    if (!excuse->decision) return ExcuseState::pending;
    return *excuse->decision == ExcuseDecision::accepted ? ExcuseState::accepted : ExcuseState::rejected;
}

/// The promise that counted when the flag was raised.
Instant promise_at_flag(const Job& job, const Delay& flag) {
    Instant promise = job.original_promise.value_or(flag.at);
    for (const auto& one : job.new_times) {
        if (one.counts && one.at <= flag.at) promise = one.to;
    }
    return promise;
}

bool moved_after(const Job& job, const Delay& flag) {
    return std::ranges::any_of(job.new_times, [&flag](const NewTime& one) { return one.counts && one.at > flag.at; });
}

/// Was the promise that the order is judged by announced as lost in time? The minutes wanted are those of the stamp,
/// so no later setting counts. Older journals do not have them: there the stamp stands for an unmoved promise, and the
/// rule's own minutes for one that was moved after the flag.
Notice notice_before(Instant promise, const Job& job, const Delay& flag) {
    if (!flag.notice_minutes && !moved_after(job, flag)) return flag.notice;
    const auto wanted = flag.notice_minutes ? std::chrono::minutes{*flag.notice_minutes} : usual_notice;
    return notice_of(flag.at, promise, wanted);
}

/// A delay told as a new time counts by how much that lies after the promise then in force.
void put_delay(SettledJob& out, const Job& job) {
    const Delay& first = job.delays.front();
    // The promise as it was noted, beside a flag as it was noted: a clock that was put right moves only the stamp.
    const Instant promise = job.promise.value_or(first.at);
    out.flagged = first.at;
    out.notice = notice_before(promise, job, first);
    out.notice_minutes = minutes_between(first.at, promise);
    out.delay_reason = first.reason;
    const auto beyond = std::max(std::int64_t{0}, minutes_between(promise_at_flag(job, first), first.estimate));
    out.delay_minutes = first.minutes != 0 ? first.minutes : static_cast<int>(beyond);
}

/// Of an imported flag. No setting of the other system is on record: this shop's of the import, which no later one
/// changes, or the rule's own.
void put_notice(SettledJob& out, const Imported& row) {
    if (!out.flagged) return;
    const auto wanted = row.notice_minutes ? std::chrono::minutes{*row.notice_minutes} : usual_notice;
    out.notice = notice_of(*out.flagged, out.promise, wanted);
    out.notice_minutes = minutes_between(*out.flagged, out.promise);
}

Call call_of(const std::optional<CallBack>& call) {
    if (!call) return Call::none;
    return call->late ? Call::late : Call::on_time;
}

}  // namespace

Ruling ruling(const SettledJob& job) {
    std::optional<Excuse> excuse;
    if (job.excuse != ExcuseState::none) excuse.emplace();
    if (job.excuse == ExcuseState::accepted) excuse->decision = ExcuseDecision::accepted;
    if (job.excuse == ExcuseState::rejected) excuse->decision = ExcuseDecision::rejected;
    std::optional<CallBack> call;
    if (job.call != Call::none) call = CallBack{.late = job.call == Call::late};
    return rule_on(job.settled, job.promise, excuse, call);
}

std::int64_t minutes_late(const SettledJob& job) {
    return minutes_between(job.promise, job.settled);
}

SettledJob settled_job(const ImportedOrder& order, Day day) {
    const Imported fact = order.now();
    SettledJob out{.id = order.job.first_seq,
                   .order = order.job.order,
                   .plate = fact.plate,
                   .type = fact.type,
                   .advisor = fact.advisor,
                   .technicians = each_once(fact.technicians),
                   .received = fact.received,
                   .original_promise = fact.promise,
                   .promise = effective_promise(fact.promise, fact),
                   .settled = fact.settled,
                   .day = day,
                   .excuse = excuse_of(order.job.excuse),
                   .cause = fact.customer_cause.value_or(""),
                   .call = call_of(order.job.call_back),
                   .called_in_time = called_back_in_time(order.job),
                   .inspected = fact.inspected || fact.inspection_failed,
                   .inspection_failed = fact.inspection_failed,
                   .return_of = fact.return_of.value_or(""),
                   .amount = fact.amount,
                   .flagged = fact.delay_flagged,
                   .delay_minutes = fact.delay_minutes.value_or(0),
                   .delay_reason = fact.delay_reason,
                   .imported = true,
                   .words = order.has_words()};
    put_notice(out, fact);
    return out;
}

SettledJob settled_job(const Job& job, Day day) {
    assert(job.settlement);
    const Settlement& stamp = *job.settlement;
    SettledJob out{.id = job.first_seq,
                   .order = job.order,
                   .plate = job.plate,
                   .type = job.type,
                   .advisor = job.advisor,
                   .received = job.arrived_at.value_or(stamp.settled_at),
                   .original_promise = stamp.original_promise.value_or(stamp.settled_at),
                   .promise = stamp.promise.value_or(stamp.settled_at),
                   .settled = stamp.settled_at,
                   .day = day,
                   .excuse = excuse_of(job.excuse)};
    std::vector<std::string> people;
    for (const auto& stretch : job.clockings) people.push_back(stretch.technician);
    out.technicians = each_once(std::move(people));
    if (job.excuse) out.cause = job.excuse->signature;
    out.call = call_of(job.call_back);
    out.called_in_time = called_back_in_time(job);
    out.inspected = !job.inspections.empty();
    out.inspection_failed = std::ranges::any_of(job.inspections, [](const Inspection& one) { return !one.passed; });
    out.return_of = job.return_of;
    out.amount = stamp.amount;
    if (!job.delays.empty()) put_delay(out, job);
    return out;
}

}  // namespace baytime::reports
