// Mending what was written down wrongly. The old value stays in the history.
#include "board/core/intake.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

/// Keeps a new value only where it differs from what is written.
template <class T, class U>
void differing(const std::optional<T>& said, const U& is, std::optional<T>& into) {
    if (said && !(*said == is)) into = said;
}

bool says_nothing(const Correct& c) {
    return !c.plate && !c.model && !c.customer && !c.phone && !c.advisor && !c.return_of && !c.type && !c.promise &&
           !c.wash && !c.waiting && !c.express && !c.amount;
}

bool changes_nothing(const Corrected& c) {
    return !c.plate && !c.model && !c.customer && !c.phone && !c.advisor && !c.return_of && !c.type && !c.promise &&
           !c.wash && !c.waiting && !c.express && !c.amount;
}

/// Of an imported order decide() has looked for a stranger on record.
std::optional<Rejection> bad_advisor(const Ask& ask, const std::string& id) {
    const Person* person = ask.shop.person(id);
    if (id.empty() || (!person && ask.imported)) return std::nullopt;
    if (!person) return bad_person(ask, id, "advisor");
    if (person->role == Role::advisor) return std::nullopt;
    return refuse(Refusal::value_bad, id + " is no advisor (" + name(person->role) + "); name one who is");
}

std::optional<Rejection> bad_correction(const Ask& ask, const Correct& correct) {
    if (correct.model && correct.model->empty()) {
        return refuse(Refusal::value_bad, "model= is empty; say which car it is");
    }
    if (auto refused = bad_advisor(ask, correct.advisor.value_or(""))) return refused;
    if (correct.return_of && !correct.return_of->empty()) {
        if (auto refused = bad_return(ask, upper_case(*correct.return_of))) return refused;
    }
    const auto began = ask.job->arrived_at ? ask.job->arrived_at : ask.job->appointment_at;
    if (correct.promise && began && minute_of(*correct.promise) < minute_of(*began)) {
        return refuse(Refusal::promise_past, "that promise lies before " + ask.order + " came; give a later time");
    }
    if (correct.promise && *correct.promise > ask.at + furthest_time) {
        return refuse(Refusal::value_bad, "that promise lies over a year ahead; check the date");
    }
    if (auto refused = bad_amount(correct.amount)) return refused;
    if (correct.amount && !ask.job->settlement) {
        return not_from_here(ask, "its amount is written down at the hand-over, with deliver amount=");
    }
    return bad_text({{"model", correct.model.value_or("")},
                     {"customer", correct.customer.value_or("")},
                     {"phone", correct.phone.value_or("")}});
}

/// Of an imported order only what its row said can be wrong.
std::optional<Rejection> not_imported(const Ask& ask, const Correct& c) {
    if (!ask.imported) return std::nullopt;
    if (!c.model && !c.customer && !c.phone && !c.promise && !c.wash && !c.waiting && !c.express) return std::nullopt;
    return refuse(Refusal::not_from_here,
                  ask.order +
                      " was imported; of such an order plate, type, advisor, return_of and amount can be "
                      "corrected");
}

/// Rule §3: a slip of the pen at the desk can be mended, but no promise moves behind the statistics' back. The time of
/// receipt counts, because the tap's own time is only what a device says.
std::optional<Rejection> promise_stands(const Ask& ask) {
    const Job& job = *ask.job;
    if (job.state == JobState::booked) return std::nullopt;
    if (is_closed(job.state)) return not_from_here(ask, "its promise stays as it was");
    if (std::ranges::any_of(job.new_times, &NewTime::counts)) {
        return not_from_here(ask, "its customer has agreed to a new time; say another with repromise or estimate");
    }
    const Instant now = ask.request.received;
    if (job.promise && !keeps(now, *job.promise)) {
        return refuse(Refusal::promise_past, "the promise of " + ask.order +
                                                 " has passed and stays; say the new time with repromise or estimate");
    }
    if (job.arrived_at && now > *job.arrived_at + correction_window) {
        return not_from_here(ask, "its promise can be corrected within " + std::to_string(correction_window.count()) +
                                      " minutes after the car came; say a new time with repromise or estimate");
    }
    return std::nullopt;
}

/// Figures of people and repair types rest on a settled order: nobody moves it off their own account (rule §4).
std::optional<Rejection> moves_figures(const Ask& ask, const Corrected& out) {
    if (ask.job->state != JobState::delivered || ask.who.role == Role::manager) return std::nullopt;
    if (!out.advisor && !out.type && !out.return_of) return std::nullopt;
    return refuse(Refusal::not_permitted,
                  ask.order + " was handed over; its advisor, type and return_of are corrected by a manager");
}

/// The inspections are over: a change must not ask for more of them (rule §2).
std::optional<Rejection> needs_more_levels(const Ask& ask, const Corrected& out) {
    const Job& job = *ask.job;
    const bool over = job.state == JobState::washing || job.state == JobState::ready;
    if (!over || (!out.type && !out.return_of)) return std::nullopt;
    const bool is_return = !out.return_of.value_or(job.return_of).empty();
    const int needed = ask.shop.inspections_for(out.type.value_or(job.type), is_return);
    if (needed <= job.passed_level) return std::nullopt;
    return not_from_here(ask, "that change would need inspection level " + std::to_string(needed) +
                                  ", and the inspections are over; make it before the last one is passed, or take "
                                  "the car in again under a new order");
}

}  // namespace

Decision rule(const Ask& ask, const Correct& correct) {
    const Job& job = *ask.job;
    if (says_nothing(correct)) {
        return refuse(Refusal::nothing_to_correct, "say what is wrong, such as plate=<plate> or type=<type>");
    }
    if (auto refused = not_imported(ask, correct)) return *refused;
    if (auto refused = bad_correction(ask, correct)) return *refused;
    const auto return_of = correct.return_of ? std::optional(upper_case(*correct.return_of)) : std::nullopt;
    Corrected out;
    if (correct.plate) {
        std::string plate;
        if (auto refused = read_plate(*correct.plate, plate)) return *refused;
        if (plate != job.plate) out.plate = plate;
    }
    differing(correct.model, job.model, out.model);
    differing(correct.customer, job.customer, out.customer);
    differing(correct.phone, job.phone, out.phone);
    differing(correct.advisor, job.advisor, out.advisor);
    differing(return_of, job.return_of, out.return_of);
    differing(correct.type, job.type, out.type);
    differing(correct.wash, job.wash, out.wash);
    differing(correct.waiting, job.waiting, out.waiting);
    differing(correct.express, job.express, out.express);
    differing(correct.promise, job.original_promise, out.promise);
    if (correct.amount && correct.amount->cents != job.settlement->amount) out.amount = correct.amount->cents;
    if (changes_nothing(out)) return already_so();
    if (out.promise) {
        if (auto refused = promise_stands(ask)) return *refused;
    }
    if (auto refused = moves_figures(ask, out)) return *refused;
    if (auto refused = needs_more_levels(ask, out)) return *refused;
    return fact(ask, std::move(out));
}

}  // namespace baytime::rules
