// Reports of how customers were kept informed (rules §5 and §7).
#include "board/core/duty.hpp"
#include "board/core/verdict.hpp"
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

bool in_period(const House& house, Instant at, const reports::Period& period) {
    const auto day = house.workshop.zone().day_of(at);
    return day >= period.from && day < period.to;
}

/// When the customer heard something, in order.
std::vector<Instant> words_to_customer(const Job& job) {
    std::vector<Instant> out;
    for (const auto& one : job.contacts) out.push_back(one.at);
    for (const auto& one : job.new_times) out.push_back(one.at);
    std::ranges::sort(out);
    return out;
}

bool waited_here(const Job& job) {
    return job.waiting && job.arrived_at && job.settlement;
}

/// How long the customer of a settled job sat without a word before the car was ready.
std::chrono::minutes silence_of(const Job& job) {
    return longest_silence(job, job.settlement->settled_at).value_or(std::chrono::minutes{0});
}

bool has_added_work(const Job& job) {
    return std::ranges::any_of(job.items, &Item::added);
}

/// The customer answered for each added item, and where the answer was yes, before the last work on the job was over.
bool asked_before_work(const Job& job) {
    Instant over = job.clockings.empty() ? job.settlement->settled_at : Instant::min();
    for (const auto& stretch : job.clockings) over = std::max(over, stretch.to.value_or(job.settlement->settled_at));
    return std::ranges::all_of(job.items, [over](const Item& item) {
        if (!item.added) return true;
        return item.answered_at && (item.consent == Consent::declined || *item.answered_at < over);
    });
}

/// Of how many cases the duty was done, and where not.
struct Duty {
    const char* key = "";
    std::int64_t done = 0, of = 0;

    void count(const std::string& order, bool was_done, Opened& opened) {
        ++of;
        done += was_done;
        if (opened.wanted()) opened.add(key, {{"order", order}, {"done", was_done ? 1 : 0}, {"of", 1}});
    }
};

/// A flagged delay: the customer heard of it after the flag and before the promise passed.
bool told_before_change(const Job& job) {
    const Instant flagged = job.delays.front().at;
    const Instant promise = job.settlement->promise.value_or(job.settlement->settled_at);
    return std::ranges::any_of(words_to_customer(job), [&](Instant at) { return at >= flagged && keeps(at, promise); });
}

/// A call to a guest who has not come counts from the appointment until it is overdue, by the minute.
bool called_when_overdue(const Job& job, Instant overdue) {
    return std::ranges::any_of(words_to_customer(job),
                               [&](Instant at) { return at >= *job.appointment_at && keeps(at, overdue); });
}

}  // namespace

protocol::Result report_contacts(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    auto result = rows_result(ask);
    const auto contact_every = house.workshop.shop().contact_every;
    std::int64_t waited = 0, over = 0;
    Opened opened(ask);
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (!waited_here(job) || !in_period(house, job.settlement->settled_at, ask.period)) continue;
        ++waited;
        const auto silence = silence_of(job);
        const bool too_long = silence > contact_every;
        over += too_long;
        if (opened.wanted())
            opened.add(
                "",
                {{"order", order}, {"count", too_long ? 1 : 0}, {"of", 1}, {"longest_wait_minutes", silence.count()}});
        if (!too_long || result.lines.size() >= max_report_rows) continue;
        result.lines.push_back(
            json::object{{"order", order},
                         {"plate", job.plate},
                         {"advisor", job.advisor},
                         {"advisor_name", person_name(house, job.advisor)},
                         {"settled_at", reports::iso_local(job.settlement->settled_at, house.workshop.zone())},
                         {"longest_wait_minutes", silence.count()}});
    }
    json::object total{{"count", over}, {"of", waited}};
    opened.put("", total);
    opened.finish(result);
    result.members["total"] = std::move(total);
    if (const auto shown = static_cast<std::int64_t>(result.lines.size()); over > shown)
        result.members["left_out"] = over - shown;
    return result;
}

protocol::Result report_service_check(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    Duty told{.key = "told_before_change"}, consent{.key = "consent_before_work"}, hourly{.key = "hourly_update"},
        called{.key = "appointment_called"}, back{.key = "called_back"};
    Opened opened(ask);
    const auto overdue_after = house.workshop.shop().appointment_overdue;
    const auto contact_every = house.workshop.shop().contact_every;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (job.appointment_at && in_period(house, *job.appointment_at, ask.period)) {
            const Instant overdue = *job.appointment_at + overdue_after;
            const bool late = !keeps(job.arrived_at.value_or(house.clock.now()), overdue);
            if (late && job.state != JobState::cancelled)
                called.count(order, called_when_overdue(job, overdue), opened);
        }
        if (!job.settlement || !in_period(house, job.settlement->settled_at, ask.period)) continue;
        if (!job.delays.empty()) told.count(order, told_before_change(job), opened);
        if (has_added_work(job)) consent.count(order, asked_before_work(job), opened);
        if (waited_here(job)) hourly.count(order, silence_of(job) <= contact_every, opened);
    }
    // Of imported orders the record answers this one point.
    jobs.read(ask.period.from, ask.period.to, [&](const reports::SettledJob& job) {
        // A hand-over whose 72 hours are not over yet can still be called back.
        const bool over = house.clock.now() > job.settled + call_back_window;
        if (over || job.call != reports::Call::none) back.count(job.order, job.called_in_time, opened);
    });
    auto result = rows_result(ask);
    for (const Duty* duty : {&told, &consent, &hourly, &called, &back}) {
        json::object row{{"key", duty->key},
                         {"done", duty->done},
                         {"of", duty->of},
                         {"rate_bp", reports::or_null(reports::share_bp(duty->done, duty->of))}};
        opened.put(duty->key, row);
        result.lines.push_back(std::move(row));
    }
    opened.finish(result);
    return result;
}

}  // namespace baytime::daemon
