// Causes of alerts (rule §5), held against the alerts that stand: raise, pass on, close.
#include "board/core/due.hpp"

#include "board/core/duty.hpp"
#include "board/core/view_parts.hpp"

#include <algorithm>
#include <array>

namespace baytime {

namespace {

using std::chrono::minutes;

/// The foreman is asked this long before the promise (rule §5).
constexpr minutes second_question{15};

/// A reason for an alert. `fresh`: the alert may be raised now; else one that stands is only kept. `unheard`: and only
/// while nobody has acknowledged it.
struct Cause {
    AlertKind kind = AlertKind::at_risk;
    Instant about{}, since{};
    Role whom = Role::foreman;
    std::string person{};
    bool fresh = true, unheard = false;
};

/// Holds a cause against an alert of the same job.
bool keeps(const Cause& cause, const RaisedAlert& alert) {
    if (cause.kind != alert.kind || (cause.unheard && alert.acknowledged_at)) return false;
    return !is_once(cause.kind) || cause.about == alert.about;
}

/// Whom an alert goes to, one after the other, when nobody acknowledges it.
constexpr std::array chain{Role::technician, Role::foreman, Role::advisor, Role::manager};

std::optional<Role> next_in_chain(const Shop& shop, Role role) {
    // A lead stands beside the technicians, everybody else not in the chain beside the advisors.
    const auto* at = std::ranges::find(chain, role == Role::lead ? Role::technician : role);
    if (at == chain.end()) at = std::ranges::find(chain, Role::advisor);
    for (++at; at != chain.end(); ++at) {
        const bool there = std::ranges::any_of(shop.people, [at](const Person& one) { return one.role == *at; });
        if (there) return *at;
    }
    return std::nullopt;
}

/// The one person of a role, when it can only be one.
std::string only_one(const Shop& shop, Role role) {
    const Person* found = nullptr;
    for (const auto& person : shop.people) {
        if (person.role != role) continue;
        if (found) return {};
        found = &person;
    }
    return found ? found->id : std::string{};
}

std::string person_for(const Shop& shop, const Job& job, Role role) {
    if (role == Role::advisor && !job.advisor.empty()) return job.advisor;
    return only_one(shop, role);
}

std::string lead_of(const Shop& shop, const Job& job) {
    const Bay* bay = shop.bay(job.bay);
    if (!bay || bay->team.empty()) return {};
    const auto found = std::ranges::find_if(
        shop.people, [bay](const Person& one) { return one.role == Role::lead && one.team == bay->team; });
    return found == shop.people.end() ? std::string{} : found->id;
}

/// When the promise in force became known in the workshop.
Instant promised_since(const Job& job) {
    Instant since = job.arrived_at.value_or(job.newest_at);
    for (const auto& one : job.new_times) {
        if (one.counts) since = one.at;
    }
    return since;
}

/// Looks at one job: its causes now, and when time alone brings the next.
struct Look {
    const Shop& shop;
    const Job& job;
    std::optional<Instant> finish;  ///< predicted
    bool drift;
    Instant now;
    std::optional<Instant>& next;
    std::vector<Cause> causes{};

    /// True from `at` on; before that it is remembered as the next moment.
    bool reached(Instant at) {
        if (now >= at) return true;
        if (!next || at < *next) next = at;
        return false;
    }

    void add(AlertKind kind, Instant about, Instant since, Role whom, std::string person, bool fresh = true) {
        causes.push_back(
            {.kind = kind, .about = about, .since = since, .whom = whom, .person = std::move(person), .fresh = fresh});
    }
    void add(AlertKind kind, Instant since, Role whom) { add(kind, since, since, whom, person_for(shop, job, whom)); }
    /// To the technician on the job, when there is one and work is still to do; else to the foreman.
    void ask_floor(AlertKind kind, Instant about, Instant since, bool fresh = true) {
        const std::string worker = work_is_done(job) ? std::string{} : worker_of(job);
        if (worker.empty()) {
            add(kind, about, since, Role::foreman, person_for(shop, job, Role::foreman), fresh);
        } else {
            add(kind, about, since, Role::technician, worker, fresh);
        }
    }

    /// There is somebody to ask who has or had the car.
    bool in_hands() const { return work_is_done(job) || !worker_of(job).empty(); }

    void guest() {
        if (job.state != JobState::booked || !job.appointment_at) return;
        const Instant overdue = *job.appointment_at + shop.appointment_overdue;
        const bool called = !job.contacts.empty() && job.contacts.back().at >= *job.appointment_at;
        if (!called && reached(overdue)) add(AlertKind::appointment_overdue, overdue, Role::advisor);
    }

    /// "Will it be ready in time?": to the technician first, then shortly before the promise and at it to the foreman.
    void questions(Instant promise, Instant passes) {
        struct Stage {
            AlertKind kind;
            Instant at, until;
        };
        const Instant first = promise - shop.delay_notice;
        const Instant second = std::max(first, promise - second_question);
        // With a notice no longer than that, both are asked at once.
        const Stage stages[] = {{AlertKind::ask_30, first, second > first ? second : promise},
                                {AlertKind::ask_15, second, promise},
                                {AlertKind::ask_0, promise, passes}};
        const Instant known = minute_of(promised_since(job));
        for (const auto& [kind, at, until] : stages) {
            if (!reached(at)) return;
            // A promise that became known only then (an express job) is asked about while it lies ahead.
            const bool at_once = known >= at;
            const bool fresh = now < (at_once ? promise : until);
            const Instant since = std::max(at, known);
            if (kind == AlertKind::ask_30) {
                ask_floor(kind, promise, since, fresh && (!at_once || in_hands()));
            } else {
                add(kind, promise, since, Role::foreman, person_for(shop, job, Role::foreman), fresh);
            }
        }
    }

    /// A question outlives its promise until somebody answers or acknowledges it, or says how late it will be.
    void unanswered(Instant promise) {
        if (known_late(job)) return;
        for (const auto kind : {AlertKind::ask_30, AlertKind::ask_15, AlertKind::ask_0}) {
            causes.push_back({.kind = kind, .about = promise, .fresh = false, .unheard = true});
        }
    }

    void promise() {
        const Instant promise = minute_of(*job.promise);
        const Instant passes = views::passes_at(promise);
        if (reached(passes)) {
            add(AlertKind::overdue, promise, passes, Role::foreman, person_for(shop, job, Role::foreman));
            return unanswered(promise);
        }
        if (known_late(job)) return;  // the floor has said so; now it is the advisor's duty
        const bool at_risk = finish && minute_of(*finish) > promise;
        if (finish && drift && !at_risk) {
            const auto spare = passes - minute_of(*finish);
            reached(shop.calendar.plus_working(minute_of(now), spare));
        }
        if (at_risk) ask_floor(AlertKind::at_risk, now, now);
        const bool certain = work_is_done(job) && finish && !at_risk;
        if (!certain) questions(promise, passes);
    }

    void customer() {
        if (const auto since = untold_since(job)) add(AlertKind::tell_customer, *since, Role::advisor);
        if (job.asked_at && !untold_since(job)) add(AlertKind::consent_open, *job.asked_at, Role::advisor);
        const auto due = contact_due(job, shop);
        if (due && reached(*due)) add(AlertKind::contact_due, *due, Role::advisor);
    }

    void all() {
        guest();
        if (!views::under_way(job)) return;
        if (job.promise) promise();
        customer();
        const bool failed = !job.inspections.empty() && !job.inspections.back().passed;
        if (failed && job.state == JobState::assigned) {
            const std::string lead = lead_of(shop, job);
            const Instant since = job.inspections.back().at;
            add(AlertKind::inspection_failed, since, since, lead.empty() ? Role::foreman : Role::lead, lead);
        }
    }
};

struct Reckoning {
    const Board& board;
    const Shop& shop;
    Instant now;
    Due out{};

    void consider(Instant when) {
        if (!out.next || when < *out.next) out.next = when;
    }
    void say(const std::string& order, Fact fact) { out.facts.emplace_back(order, std::move(fact)); }

    void raise(const Job& job, const Cause& cause) {
        if (!cause.fresh) return;
        for (std::size_t n = 1; n <= max_alerts_of_a_kind; ++n) {
            const auto before = board.alerts.find(alert_id(cause.kind, job.order, n));
            if (before != board.alerts.end()) {
                if (is_once(cause.kind) && before->second.about == cause.about) return;
                continue;
            }
            return say(job.order, AlertRaised{.alert = alert_id(cause.kind, job.order, n),
                                              .kind = cause.kind,
                                              .about = cause.about,
                                              .since = cause.since,
                                              .whom = cause.whom,
                                              .person = cause.person});
        }
    }

    void pass_on(const Job& job, const RaisedAlert& alert) {
        if (alert.acknowledged_at || shop.escalate_after.count() == 0) return;
        const auto role = next_in_chain(shop, alert.whom);
        if (!role) return;
        const Instant when = shop.calendar.plus_working(alert.asked_at, shop.escalate_after);
        if (now >= when) {
            say(job.order, AlertEscalated{.alert = alert.id, .whom = *role, .person = person_for(shop, job, *role)});
        } else {
            consider(when);
        }
    }

    void settle(const Job& job, const std::vector<const RaisedAlert*>& standing, const std::vector<Cause>& causes) {
        for (const auto* alert : standing) {
            const bool kept = std::ranges::any_of(causes, [alert](const Cause& cause) { return keeps(cause, *alert); });
            if (!kept) say(job.order, AlertClosed{.alert = alert->id});
            if (kept) pass_on(job, *alert);
        }
        for (const auto& cause : causes) {
            const bool stands =
                std::ranges::any_of(standing, [&cause](const RaisedAlert* alert) { return keeps(cause, *alert); });
            if (!stands) raise(job, cause);
        }
    }
};

}  // namespace

std::string worker_of(const Job& job) {
    for (const auto& stretch : job.clockings) {
        if (!stretch.to) return stretch.technician;
    }
    if (job.state == JobState::waiting) return {};
    if (!job.technician.empty()) return job.technician;
    return job.clockings.empty() ? std::string{} : job.clockings.back().technician;
}

bool known_late(const Job& job) {
    return job.estimate && job.promise && minute_of(*job.estimate) > minute_of(*job.promise);
}

bool work_is_done(const Job& job) {
    return job.state == JobState::inspection || job.state == JobState::washing || job.state == JobState::ready;
}

Outlook outlook_of(const Predictions& predictions, std::string_view order) {
    const auto* found = predictions.find(order);
    return {.ready = found ? std::optional(found->ready) : std::nullopt, .drifts = true};
}

Finishes finishes_of(const Predictions& predictions) {
    Finishes out{.ready = {}, .drift = true};
    for (const auto& [order, one] : predictions.jobs) out.ready.emplace(order, one.ready);
    return out;
}

Finishes expected_finishes(const Board& board) {
    Finishes out;
    for (const auto& order : board.open) {
        if (const auto expected = board.jobs.at(order).expected()) out.ready.emplace(order, *expected);
    }
    return out;
}

Due due_of(const Board& board, const Shop& shop, const std::string& order, const Outlook& outlook, Instant now) {
    Reckoning reckoning{.board = board, .shop = shop, .now = now};
    std::vector<const RaisedAlert*> standing;
    if (const auto alerts = board.alerts_of.find(order); alerts != board.alerts_of.end()) {
        for (const auto& id : alerts->second) standing.push_back(&board.alerts.at(id));
    }
    if (!board.open.contains(order)) {
        for (const auto* alert : standing) reckoning.say(order, AlertClosed{.alert = alert->id});
        return std::move(reckoning.out);
    }
    const Job& job = board.jobs.at(order);
    Look look{.shop = shop,
              .job = job,
              .finish = outlook.ready,
              .drift = outlook.drifts,
              .now = now,
              .next = reckoning.out.next};
    look.all();
    reckoning.settle(job, standing, look.causes);
    // What was said now may be passed on in its turn.
    for (const auto& [about, fact] : reckoning.out.facts) {
        const bool stands = std::holds_alternative<AlertRaised>(fact) || std::holds_alternative<AlertEscalated>(fact);
        if (stands && shop.escalate_after.count() > 0)
            reckoning.consider(shop.calendar.plus_working(now, shop.escalate_after));
    }
    return std::move(reckoning.out);
}

Due due(const Board& board, const Shop& shop, const Finishes& finishes, Instant now) {
    Due out;
    const auto look_at = [&](const std::string& order) {
        const auto found = finishes.ready.find(order);
        const Outlook outlook{.ready = found == finishes.ready.end() ? std::nullopt : std::optional(found->second),
                              .drifts = finishes.drift};
        add(out, due_of(board, shop, order, outlook, now));
    };
    for (const auto& [order, alerts] : board.alerts_of) {
        if (!board.open.contains(order)) look_at(order);
    }
    for (const auto& order : board.open) look_at(order);
    return out;
}

void add(Due& all, Due one) {
    std::ranges::move(one.facts, std::back_inserter(all.facts));
    if (one.next && (!all.next || *one.next < *all.next)) all.next = one.next;
}

}  // namespace baytime
