// At the desk: book, receive, cancel, no-show, correct.
#include "board/core/intake.hpp"
#include "board/core/quote.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

/// True when the caller says nothing of it or says what is so.
template <class T, class U>
bool fits(const std::optional<T>& said, const U& is) {
    return !said || *said == is;
}

bool fits_items(const std::optional<std::vector<Item>>& said, const Job& job) {
    return !said || said->size() == job.items.size();
}

/// A promise said as `+60` twice within a minute is the same one.
bool fits_promise(const std::optional<Instant>& said, const std::optional<Instant>& is) {
    return !said || (is && std::chrono::abs(*said - *is) <= double_press);
}

/// The same booking said twice.
bool booked_so(const Ask& ask, const Book& book, const Booked& fact) {
    const Job& job = *ask.job;
    return job.state == JobState::booked && job.plate == fact.plate && job.model == book.model &&
           job.type == book.type && job.appointment_at == fact.appointment && fits_promise(book.promise, job.promise) &&
           fits(book.customer, job.customer) && fits(book.phone, job.phone) && fits(book.advisor, job.advisor) &&
           fits_items(book.items, job);
}

/// The same intake said twice.
bool received_so(const Ask& ask, const Receive& receive) {
    const Job& job = *ask.job;
    std::string plate = job.plate;
    if (receive.plate && read_plate(*receive.plate, plate)) return false;
    const std::string return_of = upper_case(receive.return_of.value_or(job.return_of));
    const bool more = (receive.waiting && !job.waiting) || (receive.express && !job.express);
    return job.arrived_at && !more && fits(receive.wash, job.wash) && !is_closed(job.state) && plate == job.plate &&
           fits(receive.model, job.model) && fits(receive.type, job.type) &&
           fits_promise(receive.promise, job.original_promise) && fits(receive.customer, job.customer) &&
           fits(receive.phone, job.phone) && fits(receive.advisor, job.advisor) && return_of == job.return_of &&
           fits_items(receive.items, job);
}

Rejection exists(const Ask& ask) {
    const std::string mend = is_closed(ask.job->state) ? "" : ", or mend this one with correct";
    return refuse(Refusal::order_exists, ask.order + " is " + standing(*ask.job) + "; take another number" + mend);
}

std::optional<Rejection> bad_people(const Ask& ask, const std::string& advisor) {
    return advisor.empty() ? std::nullopt : bad_person(ask, advisor, "advisor");
}

std::optional<Rejection> bad_appointment(const Ask& ask, const Book& book) {
    if (book.appointment < ask.at - oldest_tap) {
        return refuse(Refusal::value_bad, "that appointment lies in the past; receive a car that is here");
    }
    if (book.appointment > ask.at + furthest_time) {
        return refuse(Refusal::value_bad, "that appointment lies over a year ahead; check the date");
    }
    if (!book.promise) return std::nullopt;
    if (auto refused = bad_promise(ask, *book.promise)) return refused;
    if (minute_of(*book.promise) >= minute_of(book.appointment)) return std::nullopt;
    return refuse(Refusal::value_bad, "the promise lies before the appointment; give a later promise");
}

std::optional<Rejection> missing_at_desk(const Ask& ask, const Received& fact, const Receive& receive) {
    if (fact.plate.empty() || fact.model.empty() || (!ask.job && !receive.type)) {
        return refuse(Refusal::value_missing, ask.order + " was not booked; give plate=, model= and type=");
    }
    return std::nullopt;
}

/// The earliest promise that can be given honestly for such a car now; rule §3 wants it prefilled.
template <class Intake>
Instant earliest_of(const Ask& ask, const Intake& fact) {
    Job job;
    job.order = ask.order;
    job.type = fact.type;
    job.items = fact.items;
    job.wash = fact.wash;
    job.express = fact.express;
    if constexpr (requires { fact.return_of; }) job.return_of = fact.return_of;
    if constexpr (requires { fact.appointment; }) job.appointment_at = fact.appointment;
    return quote(ask.board, ask.shop, std::move(job), ask.at, ask.request.predictor).honest;
}

/// What the booking said, changed by what the desk says now.
std::optional<Rejection> read_intake(const Ask& ask, const Receive& receive, Received& fact) {
    const Job booking = ask.job ? *ask.job : Job{};
    fact.plate = booking.plate;
    if (receive.plate) {
        if (auto refused = read_plate(*receive.plate, fact.plate)) return refused;
    }
    fact.items = booking.items;
    if (receive.items) {
        if (auto refused = read_items(ask.shop, *receive.items, fact.items)) return refused;
    }
    fact.model = receive.model.value_or(booking.model);
    fact.type = receive.type.value_or(booking.type);
    fact.promise = receive.promise.value_or(booking.promise.value_or(Instant{}));
    fact.customer = receive.customer.value_or(booking.customer);
    fact.phone = receive.phone.value_or(booking.phone);
    fact.advisor = advisor_of(ask, receive.advisor, booking.advisor);
    fact.return_of = upper_case(receive.return_of.value_or(booking.return_of));
    fact.wash = receive.wash.value_or(booking.wash);
    fact.express = receive.express || booking.express;
    fact.waiting = receive.waiting;
    return bad_text({{"model", fact.model}, {"customer", fact.customer}, {"phone", fact.phone}});
}

}  // namespace

Decision rule(const Ask& ask, const Book& book) {
    Booked fact_of{.plate = {}, .model = book.model, .type = book.type, .appointment = book.appointment};
    if (auto refused = bad_order(ask)) return *refused;
    if (auto refused = read_plate(book.plate, fact_of.plate)) return *refused;
    if (ask.job) return booked_so(ask, book, fact_of) ? already_so() : Decision{exists(ask)};
    fact_of.promise = book.promise;
    fact_of.customer = book.customer.value_or("");
    fact_of.phone = book.phone.value_or("");
    fact_of.advisor = advisor_of(ask, book.advisor, "");
    fact_of.wash = book.wash.value_or(true);
    fact_of.express = book.express;
    if (fact_of.model.empty()) return refuse(Refusal::value_missing, "say which car it is, with model=<text>");
    if (auto refused = bad_text({{"model", fact_of.model}, {"customer", fact_of.customer}, {"phone", fact_of.phone}})) {
        return *refused;
    }
    if (auto refused = bad_people(ask, fact_of.advisor)) return *refused;
    if (auto refused = bad_appointment(ask, book)) return *refused;
    if (book.items) {
        if (auto refused = read_items(ask.shop, *book.items, fact_of.items)) return *refused;
    }
    fact_of.earliest = earliest_of(ask, fact_of);
    return fact(ask, std::move(fact_of));
}

Decision rule(const Ask& ask, const Receive& receive) {
    if (auto refused = bad_order(ask)) return *refused;
    if (ask.job && ask.job->state != JobState::booked) {
        return received_so(ask, receive) ? already_so() : Decision{exists(ask)};
    }
    Received fact_of;
    if (auto refused = read_intake(ask, receive, fact_of)) return *refused;
    if (auto refused = missing_at_desk(ask, fact_of, receive)) return *refused;
    if (auto refused = bad_people(ask, fact_of.advisor)) return *refused;
    if (auto refused = bad_return(ask, fact_of.return_of)) return *refused;
    fact_of.earliest = earliest_of(ask, fact_of);
    fact_of.prefilled = fact_of.promise == Instant{};
    if (fact_of.prefilled) fact_of.promise = *fact_of.earliest;
    if (auto refused = bad_promise(ask, fact_of.promise)) return *refused;
    return fact(ask, std::move(fact_of));
}

Decision rule(const Ask& ask, const Cancel& cancel) {
    if (ask.job->state == JobState::cancelled) return already_so();
    if (ask.job->state == JobState::ready) return not_from_here(ask, "hand it over with deliver");
    if (is_closed(ask.job->state)) return not_from_here(ask, "there is nothing left to cancel");
    if (cancel.reason.empty()) {
        return refuse(Refusal::reason_missing, "say why " + ask.order + " is cancelled, with reason=<text>");
    }
    if (auto refused = bad_text({{"reason", cancel.reason}})) return *refused;
    return fact(ask, Cancelled{.reason = cancel.reason});
}

Decision rule(const Ask& ask, const NoShow&) {
    if (ask.job->state == JobState::no_show) return already_so();
    if (ask.job->state != JobState::booked) {
        return not_from_here(ask, "only a booking whose car has not come can be a no-show");
    }
    return fact(ask, DidNotShow{});
}

}  // namespace baytime::rules
