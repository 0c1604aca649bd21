// After the hand-over: the customer's own cause, the manager's word on it, and who has read the daily table (rule §4).
#include "board/core/decide_rules.hpp"
#include "board/core/verdict.hpp"

namespace baytime::rules {

namespace {

/// So far back a daily table can be confirmed.
constexpr std::chrono::days oldest_day{366};

/// Who has read the table of a day that was over has read it whole. Until then it grows, and a later reading counts.
bool read_before(const Ask& ask, Date day) {
    const auto read = ask.board.days_read.find(day);
    if (read == ask.board.days_read.end()) return false;
    const auto mine = read->second.find(ask.who.id);
    if (mine == read->second.end()) return false;
    return ask.shop.calendar.zone().day_of(mine->second) > std::chrono::local_days(day) ||
           within_double_press(mine->second, ask.at);
}

bool late_by_clock(const Job& job) {
    const auto& promise = job.settlement->promise;
    return promise && !keeps(job.settlement->settled_at, *promise);
}

/// An excuse can be written down from the arrival on, until a day after the hand-over.
std::optional<Rejection> no_excuse_now(const Ask& ask) {
    const Job& job = *ask.job;
    if (job.excuse && job.excuse->decision) {
        return not_from_here(ask, "the manager has " + name(*job.excuse->decision) + " its excuse, and that stays");
    }
    if (job.held) return std::nullopt;  // whether it was late is not known yet
    if (!job.settlement) return must_be_here(ask);
    if (!late_by_clock(job)) return not_from_here(ask, "it was on time and needs no excuse");
    if (ask.request.received > job.settlement->settled_at + excuse_window) {
        return not_from_here(ask, "an excuse is written down within " + std::to_string(excuse_window.count()) +
                                      " hours after the hand-over");
    }
    return std::nullopt;
}

}  // namespace

Decision rule(const Ask& ask, const GiveExcuse& excuse) {
    if (excuse.cause.empty()) {
        return refuse(Refusal::value_missing, "say what the customer's own cause was, with cause=<text>");
    }
    if (excuse.signature.empty()) {
        return refuse(Refusal::value_missing, "say where the customer's signature is, with signature=<reference>");
    }
    if (auto refused = bad_text({{"cause", excuse.cause}, {"signature", excuse.signature}})) return *refused;
    const auto& so_far = ask.job->excuse;
    if (so_far && so_far->cause == excuse.cause && so_far->signature == excuse.signature) return already_so();
    if (auto refused = no_excuse_now(ask)) return *refused;
    return fact(ask, Excused{.cause = excuse.cause, .signature = excuse.signature});
}

Decision rule(const Ask& ask, const DecideExcuse& decide) {
    const Job& job = *ask.job;
    if (!job.excuse) return not_from_here(ask, "nobody has written down an excuse for it");
    if (job.excuse->decision == decide.decision) return already_so();
    if (job.held) return not_from_here(ask, "its verdict waits until the clock is confirmed; decide then");
    if (!job.settlement) return not_from_here(ask, "its excuse is decided after the hand-over, when it is needed");
    if (!late_by_clock(job)) return not_from_here(ask, "it was on time and needs no excuse");
    return fact(ask, ExcuseDecided{.decision = decide.decision});
}

Decision rule(const Ask& ask, const ConfirmDay& confirm) {
    if (!confirm.day.ok()) return refuse(Refusal::value_bad, "there is no such day; write it as in 2026-11-21");
    const std::chrono::local_days day(confirm.day), today = ask.shop.calendar.zone().day_of(ask.at);
    if (day > today)
        return refuse(Refusal::value_bad, "that day has not begun; confirm its table once you have read it");
    if (day + oldest_day < today) {
        return refuse(Refusal::value_bad, "that day is over a year ago; confirm a later one");
    }
    if (read_before(ask, confirm.day)) return already_so();
    return fact(ask, DayConfirmed{.day = confirm.day});
}

}  // namespace baytime::rules
