#include "board/core/imported.hpp"

#include "board/core/apply_facts.hpp"
#include "board/core/verdict.hpp"

#include <algorithm>

namespace baytime {

namespace {

template <class F>
constexpr bool follows = std::is_same_v<F, CalledBack> || std::is_same_v<F, Excused> ||
                         std::is_same_v<F, ExcuseDecided> || std::is_same_v<F, Corrected>;

/// Who called and when is not on record; the hand-over stands for it.
std::optional<CallBack> call_of(const Imported& row) {
    if (!row.call_back) return std::nullopt;
    return CallBack{
        .at = row.settled, .late = *row.call_back == ImportedCallBack::late, .text = {}, .first_at = row.settled};
}

/// Without the customer's signature there is no excuse, whatever was decided about it.
std::optional<Excuse> excuse_of(const Imported& row) {
    if (!row.customer_cause || row.customer_cause->empty()) return std::nullopt;
    return Excuse{.at = row.settled, .cause = {}, .signature = *row.customer_cause, .decision = row.decision};
}

}  // namespace

bool follows_import(const Fact& fact) {
    return std::visit([]<class F>(const F&) { return follows<F>; }, fact);
}

Instant effective_promise(Instant promise, const Imported& order) {
    const bool added_work = order.reason == ImportedReason::added_work;
    const bool in_time = order.confirmed && keeps(*order.confirmed, promise);
    return order.repromise && added_work && in_time ? *order.repromise : promise;
}

ImportedOrder imported(const Event& event) {
    const auto& row = std::get<Imported>(event.fact);
    Job job;
    job.order = event.order;
    job.plate = row.plate;
    job.type = row.type;
    job.advisor = row.advisor;
    job.return_of = row.return_of.value_or("");
    job.state = JobState::delivered;
    job.since = job.newest_at = row.settled;
    job.arrived_at = row.received;
    job.original_promise = row.promise;
    job.promise = effective_promise(row.promise, row);
    job.delivered_at = row.settled;
    job.call_back = call_of(row);
    job.excuse = excuse_of(row);
    job.first_seq = job.last_seq = event.seq;
    const auto stands = rule_on(row.settled, job.promise, job.excuse, job.call_back);
    job.settlement = Settlement{.rule = verdict_rule,
                                .settled_at = row.settled,
                                .original_promise = job.original_promise,
                                .promise = job.promise,
                                .verdict = stands.verdict,
                                .pending = stands.pending,
                                .amount = row.amount};
    return {.row = row, .imported_at = event.received, .job = std::move(job)};
}

void follow(ImportedOrder& order, const Event& event) {
    if (!follows_import(event.fact)) return;
    int no_queue = 0;
    put_fact(order.job, event, no_queue);
    order.job.last_seq = event.seq;
    order.job.newest_at = std::max(order.job.newest_at, event.at);
}

Imported ImportedOrder::now() const {
    Imported out = row;
    out.plate = job.plate;
    out.type = job.type;
    out.advisor = job.advisor;
    if (job.return_of != row.return_of.value_or(""))
        out.return_of = job.return_of.empty() ? std::nullopt : std::optional(job.return_of);
    out.amount = job.settlement->amount;
    if (job.call_back) out.call_back = job.call_back->late ? ImportedCallBack::late : ImportedCallBack::on_time;
    if (job.excuse) {
        out.customer_cause = job.excuse->signature;
        out.decision = job.excuse->decision;
    }
    return out;
}

bool ImportedOrder::has_words() const {
    return (job.call_back && !job.call_back->text.empty()) || (job.excuse && !job.excuse->cause.empty());
}

}  // namespace baytime
