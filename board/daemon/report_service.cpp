// Reports of how customers were kept informed (rules §5 and §7).
#include "board/core/verdict.hpp"
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

/// A waiting customer hears something at least this often (rule §5).
constexpr std::chrono::minutes contact_every{60};
/// After the reminder about an overdue appointment, the advisor calls within this.
constexpr std::chrono::minutes call_within{15};

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

/// The longest time without a word between arrival and hand-over, in minutes.
std::int64_t longest_silence(const Job& job) {
    Instant last = *job.arrived_at;
    std::chrono::milliseconds longest{0};
    auto words = words_to_customer(job);
    words.push_back(job.settlement->settled_at);
    for (const Instant at : words) {
        longest = std::max(longest, at - last);
        last = std::max(last, at);
    }
    return std::chrono::duration_cast<std::chrono::minutes>(longest).count();
}

bool waited_here(const Job& job) {
    return job.waiting && job.arrived_at && job.settlement;
}

/// Of how many cases the duty was done, and where not.
struct Duty {
    const char* key = "";
    std::int64_t done = 0, of = 0;
    json::array missed{};

    void count(const Job& job, bool was_done) {
        ++of;
        done += was_done;
        if (!was_done) missed.push_back(json::string(job.order));
    }
};

/// A flagged delay: the customer heard of it after the flag and before the promise passed.
bool told_before_change(const Job& job) {
    const Instant flagged = job.delays.front().at;
    const Instant promise = job.settlement->promise.value_or(job.settlement->settled_at);
    return std::ranges::any_of(words_to_customer(job), [&](Instant at) { return at >= flagged && keeps(at, promise); });
}

bool called_when_overdue(const Job& job, Instant overdue) {
    return std::ranges::any_of(words_to_customer(job),
                               [&](Instant at) { return at >= *job.appointment_at && at <= overdue + call_within; });
}

}  // namespace

protocol::Result report_contacts(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    std::int64_t waited = 0;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (!waited_here(job) || !in_period(house, job.settlement->settled_at, ask.period)) continue;
        ++waited;
        const auto silence = longest_silence(job);
        if (silence <= contact_every.count() || result.lines.size() >= max_report_rows) continue;
        result.lines.push_back(
            json::object{{"order", order},
                         {"plate", job.plate},
                         {"advisor", job.advisor},
                         {"settled_at", reports::iso_local(job.settlement->settled_at, house.workshop.zone())},
                         {"longest_wait_minutes", silence}});
    }
    result.members["total"] = json::object{{"count", result.lines.size()}, {"of", waited}};
    put_formula(result, ask, "waiting customers of jobs settled in the month who heard nothing for over 60 minutes");
    return result;
}

protocol::Result report_service_check(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    Duty told{.key = "told_before_change"}, hourly{.key = "hourly_update"}, called{.key = "appointment_called"},
        back{.key = "called_back"};
    const auto overdue_after = house.workshop.shop().appointment_overdue;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (job.appointment_at && in_period(house, *job.appointment_at, ask.period)) {
            const Instant overdue = *job.appointment_at + overdue_after;
            const bool late = job.arrived_at ? *job.arrived_at > overdue : house.clock.now() > overdue + call_within;
            if (late && job.state != JobState::cancelled) called.count(job, called_when_overdue(job, overdue));
        }
        if (!job.settlement || !in_period(house, job.settlement->settled_at, ask.period)) continue;
        if (!job.delays.empty()) told.count(job, told_before_change(job));
        if (waited_here(job)) hourly.count(job, longest_silence(job) <= contact_every.count());
        // A hand-over whose 72 hours are not over yet can still be called back.
        const bool over = house.clock.now() > job.settlement->settled_at + call_back_window;
        if (over || job.call_back) back.count(job, called_back_in_time(job));
    }
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    for (Duty* duty : {&told, &hourly, &called, &back}) {
        json::object row{{"key", duty->key},
                         {"done", duty->done},
                         {"of", duty->of},
                         {"rate_bp", reports::or_null(reports::share_bp(duty->done, duty->of))}};
        if (ask.explain) row["jobs"] = std::move(duty->missed);
        result.lines.push_back(std::move(row));
    }
    put_formula(result, ask,
                "told_before_change: jobs with a delay flag whose customer heard of it before the promise passed; "
                "hourly_update: waiting customers who heard something every 60 minutes; appointment_called: overdue "
                "appointments called within 15 minutes of the reminder; called_back: within 72 h; the jobs are those "
                "where it was not done");
    return result;
}

}  // namespace baytime::daemon
