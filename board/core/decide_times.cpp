// Promises and what endangers them: promise, repromise, estimate, delay.
#include "board/core/decide_rules.hpp"
#include "board/core/quote.hpp"
#include "board/core/verdict.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

bool delayed_so(const Ask& ask, const FlagDelay& delay) {
    if (ask.job->delays.empty()) return false;
    const Delay& last = ask.job->delays.back();
    if (last.by != ask.who.id || last.reason != delay.reason || !within_double_press(last.at, ask.at)) return false;
    return delay.minutes ? last.minutes == delay.minutes->value : last.minutes == 0 && last.estimate == delay.to;
}

/// The time the delay leads to. Minutes count from the time expected so far, or from now when that has passed.
std::variant<Instant, Rejection> delayed_to(const Ask& ask, const FlagDelay& delay) {
    if (delay.minutes.has_value() == delay.to.has_value()) {
        const auto which = delay.to ? Refusal::value_bad : Refusal::value_missing;
        return refuse(which, "say either minutes=<how many more> or to=<the new time>");
    }
    if (delay.to) {
        if (auto refused = bad_new_time(ask, *delay.to)) return *refused;
        return *delay.to;
    }
    const int minutes = delay.minutes->value;
    if (minutes < 1 || minutes > max_minutes) {
        return refuse(Refusal::value_bad, "minutes must lie between 1 and " + std::to_string(max_minutes));
    }
    const Instant base = std::max(ask.job->expected().value_or(ask.at), minute_of(ask.at));
    const Instant to = base + std::chrono::minutes(minutes);
    if (auto refused = bad_new_time(ask, to)) return *refused;
    return to;
}

bool repromised_so(const Ask& ask, const Repromise& ask_for) {
    if (ask.job->new_times.empty()) return false;
    const NewTime& last = ask.job->new_times.back();
    return last.to == ask_for.to && last.reason == ask_for.reason && last.who == ask_for.who &&
           last.how == ask_for.how && ask.job->expected() == ask_for.to && within_double_press(last.at, ask.at);
}

}  // namespace

Decision rule(const Ask& ask, const SetPromise& promise) {
    const Job& job = *ask.job;
    if (is_closed(job.state)) return not_from_here(ask, "its promise stays as it was");
    if (job.state != JobState::booked) {
        return not_from_here(ask, "its promise was given at the desk; agree on a new time with repromise");
    }
    if (job.promise == promise.to) return already_so();
    if (auto refused = bad_promise(ask, promise.to)) return *refused;
    if (job.appointment_at && minute_of(promise.to) < minute_of(*job.appointment_at)) {
        return refuse(Refusal::value_bad, "that promise lies before the appointment; give a later time");
    }
    const auto now = quote(ask.board, ask.shop, job, ask.at, ask.request.predictor);
    return fact(ask, PromiseSet{.to = promise.to, .earliest = now.honest});
}

Decision rule(const Ask& ask, const Repromise& wanted) {
    if (auto refused = must_be_here(ask)) return *refused;
    if (wanted.who.empty()) {
        return refuse(Refusal::value_missing, "say who agreed to the new time, with who=<name>");
    }
    if (auto refused = bad_text({{"who", wanted.who}})) return *refused;
    if (repromised_so(ask, wanted)) return already_so();
    if (auto refused = bad_new_time(ask, wanted.to)) return *refused;
    if (auto refused = full(ask, ask.job->new_times.size(), "new times")) return *refused;
    // Rule §3 asks for these three: the reason, that somebody agreed, and when. An added item need not be on the order.
    const bool in_time = ask.job->promise && keeps(ask.at, *ask.job->promise);
    return fact(ask, Repromised{.to = wanted.to,
                                .reason = wanted.reason,
                                .who = wanted.who,
                                .how = wanted.how,
                                .counts = wanted.reason == DelayReason::added_work && in_time});
}

Decision rule(const Ask& ask, const Estimate& estimate) {
    if (auto refused = must_be_here(ask)) return *refused;
    if (ask.job->expected() == estimate.to) return already_so();
    if (auto refused = bad_new_time(ask, estimate.to)) return *refused;
    return fact(ask, Estimated{.to = estimate.to});
}

Decision rule(const Ask& ask, const FlagDelay& delay) {
    if (auto refused = must_be_here(ask)) return *refused;
    const std::string text = delay.text.value_or("");
    if (auto refused = bad_text({{"text", text}})) return *refused;
    const auto to = delayed_to(ask, delay);
    if (const auto* refused = std::get_if<Rejection>(&to)) return *refused;
    if (delayed_so(ask, delay)) return already_so();
    if (auto refused = full(ask, ask.job->delays.size(), "delays")) return *refused;
    const Instant promise = ask.job->promise.value_or(ask.at);
    return fact(ask, DelayFlagged{.estimate = std::get<Instant>(to),
                                  .reason = delay.reason,
                                  .text = text,
                                  .notice = notice_of(ask.at, promise, ask.shop.delay_notice),
                                  .minutes = delay.minutes ? delay.minutes->value : 0,
                                  .notice_minutes = static_cast<int>(ask.shop.delay_notice.count())});
}

}  // namespace baytime::rules
