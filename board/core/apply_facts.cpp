// What one fact does to one job: one overload per fact. Knows nothing of other jobs.
#include "board/core/apply_facts.hpp"

#include "board/core/verdict.hpp"

#include <algorithm>
#include <cassert>

namespace baytime {

namespace {

struct Putting {
    Job& job;
    const Event& event;
    int& queue_place;

    void enter(JobState state) const {
        if (job.state != state) job.since = event.at;
        job.state = state;
        if (state != JobState::paused) job.paused_for.reset();
    }

    void clock_off(std::string_view technician) const {
        for (auto& stretch : job.clockings) {
            if (!stretch.to && (technician.empty() || stretch.technician == technician)) stretch.to = event.at;
        }
    }

    void estimate(Instant to) const {
        job.estimate = to;
        job.estimated_at = event.at;
    }

    void mind_consents() const {
        const bool open = std::ranges::any_of(job.items, [](const Item& i) { return i.consent == Consent::open; });
        if (!open) job.asked_at.reset();
        if (open && !job.asked_at) job.asked_at = event.at;
    }

    void operator()(const Booked& fact) const {
        job.plate = fact.plate;
        job.model = fact.model;
        job.type = fact.type;
        job.appointment = true;
        job.appointment_at = fact.appointment;
        job.original_promise = job.promise = fact.promise;
        job.customer = fact.customer;
        job.phone = fact.phone;
        job.advisor = fact.advisor;
        job.items = fact.items;
        job.wash = fact.wash;
        job.express = fact.express;
        job.state = JobState::booked;
        job.since = event.at;
    }

    void operator()(const Received& fact) const {
        job.plate = fact.plate;
        job.model = fact.model;
        job.type = fact.type;
        job.original_promise = job.promise = fact.promise;
        job.customer = fact.customer;
        job.phone = fact.phone;
        job.advisor = fact.advisor;
        job.return_of = fact.return_of;
        job.items = fact.items;
        job.wash = fact.wash;
        job.express = fact.express;
        job.waiting = fact.waiting;
        job.arrived_at = event.at;
        job.state = JobState::waiting;
        job.since = event.at;
    }

    void operator()(const Assigned& fact) const {
        // Another technician for the same bay costs nobody a place in the queue.
        if (job.bay != fact.bay || job.queue_place == 0) job.queue_place = queue_place++;
        job.bay = fact.bay;
        job.technician = fact.technician;
        job.parked = fact.parked;
        enter(JobState::assigned);
    }

    void operator()(const Unassigned&) const {
        job.bay.clear();
        job.technician.clear();
        job.parked = false;
        job.queue_place = 0;
        enter(JobState::waiting);
    }

    void operator()(const Started& fact) const {
        job.bay = fact.bay;
        job.parked = false;
        job.clockings.push_back({.technician = fact.technician, .from = event.at, .to = {}});
        if (fact.chance) job.chance = fact.chance;
        enter(JobState::in_progress);
    }

    void operator()(const ClockedOff& fact) const { clock_off(fact.technician); }

    void operator()(const Paused& fact) const {
        clock_off({});
        enter(JobState::paused);
        job.paused_for = fact.reason;
    }

    void operator()(const Finished& fact) const {
        clock_off({});
        // Journals of the first version do not say how much of it was working time.
        const auto clocked = static_cast<int>(clocked_minutes(job, event.at).count());
        job.worked_minutes = fact.worked > 0 ? fact.worked : clocked;
        job.passed_level = 1;
        enter(JobState::inspection);
    }

    void operator()(const Inspected& fact) const {
        job.inspections.push_back(
            {.at = event.at, .by = event.who, .level = fact.level, .passed = fact.passed, .reason = fact.reason});
        job.passed_level = fact.passed ? fact.level : 0;
        if (fact.next == JobState::ready) job.ready_at = event.at;
        enter(fact.next);
    }

    void operator()(const Washed&) const {
        job.ready_at = event.at;
        enter(JobState::ready);
    }

    void operator()(const MadeReady&) const {
        job.ready_at = event.at;
        enter(JobState::ready);
    }

    void operator()(const Delivered& fact) const {
        job.delivered_at = event.at;
        enter(JobState::delivered);
        if (fact.held) {
            job.held = HeldVerdict{.received = event.received, .amount = fact.amount};
            return;
        }
        job.settlement = fact.rule == 0 ? settle(job, event.at)
                                        : Settlement{.rule = fact.rule,
                                                     .settled_at = event.at,
                                                     .original_promise = fact.original_promise,
                                                     .promise = fact.promise,
                                                     .verdict = fact.verdict,
                                                     .pending = fact.pending,
                                                     .amount = fact.amount};
    }

    void operator()(const VerdictStamped& fact) const {
        job.settlement = Settlement{.rule = fact.rule,
                                    .settled_at = fact.settled_at,
                                    .original_promise = fact.original_promise,
                                    .promise = fact.promise,
                                    .verdict = fact.verdict,
                                    .pending = fact.pending,
                                    .amount = job.held ? job.held->amount : std::nullopt};
        job.held.reset();
    }

    void operator()(const Cancelled&) const {
        clock_off({});
        enter(JobState::cancelled);
    }

    void operator()(const DidNotShow&) const { enter(JobState::no_show); }

    void operator()(const Corrected& fact) const {
        const auto mend = [](auto& member, const auto& value) {
            if (value) member = *value;
        };
        mend(job.plate, fact.plate);
        mend(job.model, fact.model);
        mend(job.customer, fact.customer);
        mend(job.phone, fact.phone);
        mend(job.advisor, fact.advisor);
        mend(job.return_of, fact.return_of);
        mend(job.type, fact.type);
        mend(job.wash, fact.wash);
        mend(job.waiting, fact.waiting);
        mend(job.express, fact.express);
        if (fact.amount && job.settlement) job.settlement->amount = fact.amount;
        if (!fact.promise) return;
        // A promise that the customer agreed to later stays in force; only what it replaced was written wrongly.
        if (std::ranges::none_of(job.new_times, &NewTime::counts)) job.promise = fact.promise;
        job.original_promise = fact.promise;
        job.told_time.reset();
    }

    void operator()(const Undone&) const { assert(false && "an undone command is restored by apply()"); }

    void operator()(const PromiseSet& fact) const { job.original_promise = job.promise = fact.to; }

    void operator()(const Repromised& fact) const {
        job.new_times.push_back({.at = event.at,
                                 .to = fact.to,
                                 .reason = fact.reason,
                                 .who = fact.who,
                                 .how = fact.how,
                                 .counts = fact.counts});
        job.told = true;
        job.untold_work_at.reset();
        job.told_time = fact.to;
        if (!fact.counts) return estimate(fact.to);
        job.promise = fact.to;
        job.estimate.reset();
        job.estimated_at.reset();
    }

    void operator()(const Estimated& fact) const {
        estimate(fact.to);
        job.told = false;
    }

    void operator()(const DelayFlagged& fact) const {
        job.delays.push_back({.at = event.at,
                              .by = event.who,
                              .estimate = fact.estimate,
                              .reason = fact.reason,
                              .text = fact.text,
                              .notice = fact.notice,
                              .minutes = fact.minutes,
                              .notice_minutes = fact.notice_minutes});
        estimate(fact.estimate);
        job.told = false;
    }

    void operator()(const WorkAdded& fact) const {
        job.items.push_back(fact.item);
        if (!job.untold_work_at) job.untold_work_at = event.at;
        mind_consents();
    }

    void operator()(const ConsentGiven& fact) const {
        const auto index = static_cast<std::size_t>(fact.item - 1);
        assert(fact.item >= 1 && index < job.items.size());
        job.items[index].consent = fact.declined ? Consent::declined : Consent::agreed;
        job.items[index].answered_at = event.at;
        const bool open = std::ranges::any_of(job.items, [](const Item& i) { return i.consent == Consent::open; });
        if (!open) job.untold_work_at.reset();
        mind_consents();
    }

    void operator()(const Contacted& fact) const {
        job.contacts.push_back({.at = event.at, .by = event.who, .who = fact.who, .how = fact.how, .text = fact.text});
        job.told = true;
        job.untold_work_at.reset();
        // Journals of the first version do not say what was told: it was the newest time.
        job.told_time = fact.expected ? fact.expected : job.expected();
    }

    void operator()(const CalledBack& fact) const {
        const Instant first = job.call_back ? job.call_back->first_at : event.at;
        job.call_back =
            CallBack{.at = event.at, .by = event.who, .late = fact.late, .text = fact.text, .first_at = first};
    }

    void operator()(const Excused& fact) const {
        job.excuse = Excuse{.at = event.at, .by = event.who, .cause = fact.cause, .signature = fact.signature};
    }

    void operator()(const ExcuseDecided& fact) const {
        if (!job.excuse) return;
        job.excuse->decision = fact.decision;
        job.excuse->decided_at = event.at;
        job.excuse->decided_by = event.who;
    }

    template <class F>
    requires beside_jobs<F>
    void operator()(const F&) const { assert(false && "put_beside() does that"); }
};

}  // namespace

void put_fact(Job& job, const Event& event, int& queue_place) {
    std::visit(Putting{job, event, queue_place}, event.fact);
}

}  // namespace baytime
