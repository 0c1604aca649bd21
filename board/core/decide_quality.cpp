// From the last screw to the key: inspect, wash, ready, deliver.
#include "board/core/decide_rules.hpp"
#include "board/core/verdict.hpp"

namespace baytime::rules {

namespace {

/// Level 2 is the team's own second look, level 3 the final one by somebody from outside the team (rule §2).
bool may_inspect(Role role, int level) {
    if (role == Role::inspector) return true;
    return level == 2 ? role == Role::lead || role == Role::foreman : role == Role::manager;
}

Rejection wrong_inspector(const Ask& ask, int level) {
    const char* who = level == 2 ? "a lead, an inspector or a foreman" : "an inspector or a manager";
    return refuse(Refusal::not_permitted, ask.order + " is due for inspection level " + std::to_string(level) +
                                              ", which " + name(ask.who.role) + " " + ask.who.id +
                                              " may not give; ask " + who);
}

/// The same person has just given this verdict.
bool said_before(const Ask& ask, const Inspect& inspect) {
    const Job& job = *ask.job;
    if (job.inspections.empty()) return false;
    const Inspection& last = job.inspections.back();
    if (last.by != ask.who.id || last.passed != inspect.passed) return false;
    if (inspect.level) return *inspect.level == last.level && job.passed_level == (last.passed ? last.level : 0);
    return within_double_press(last.at, ask.at);
}

JobState after(const Ask& ask, int level) {
    const Job& job = *ask.job;
    if (level < ask.shop.inspections_for(job.type, !job.return_of.empty())) return JobState::inspection;
    return job.wash ? JobState::washing : JobState::ready;
}

bool was_inspected(JobState state) {
    return state == JobState::inspection || state == JobState::washing || state == JobState::ready ||
           state == JobState::assigned;
}

}  // namespace

Decision rule(const Ask& ask, const Inspect& inspect) {
    const Job& job = *ask.job;
    if (inspect.passed == inspect.failed) {
        return refuse(Refusal::value_missing, "say either passed, or failed with reason=<what is wrong>");
    }
    if (was_inspected(job.state) && said_before(ask, inspect)) return already_so();
    if (job.state != JobState::inspection) return not_from_here(ask, "an inspection follows when the work is finished");
    const int due = job.passed_level + 1;
    if (inspect.level.value_or(due) != due) {
        return refuse(Refusal::level_wrong, ask.order + " is due for inspection level " + std::to_string(due) +
                                                ", not " + std::to_string(*inspect.level));
    }
    if (!may_inspect(ask.who.role, due)) return wrong_inspector(ask, due);
    const std::string reason = inspect.reason.value_or("");
    if (inspect.failed && reason.empty()) {
        return refuse(Refusal::reason_missing, "say what is wrong with " + ask.order + ", with reason=<text>");
    }
    if (auto refused = bad_text({{"reason", reason}})) return *refused;
    if (auto refused = full(ask, job.inspections.size(), "inspections")) return *refused;
    return fact(ask, Inspected{.level = due,
                               .passed = inspect.passed,
                               .reason = reason,
                               .next = inspect.passed ? after(ask, due) : JobState::assigned});
}

Decision rule(const Ask& ask, const Wash&) {
    if (ask.job->state == JobState::ready) return already_so();
    if (ask.job->state != JobState::washing) return not_from_here(ask, "the wash comes after the last inspection");
    return fact(ask, Washed{});
}

Decision rule(const Ask& ask, const Ready&) {
    if (ask.job->state == JobState::ready) return already_so();
    if (ask.job->state != JobState::washing) {
        return not_from_here(ask, "it becomes ready when the last inspection is passed");
    }
    return fact(ask, MadeReady{});
}

Decision rule(const Ask& ask, const Deliver& deliver) {
    if (ask.job->state == JobState::delivered) return already_so();
    if (ask.job->state == JobState::washing) return not_from_here(ask, "say wash or ready first");
    if (ask.job->state != JobState::ready) return not_from_here(ask, "only a ready car is handed over");
    if (auto refused = bad_amount(deliver.amount)) return *refused;
    const auto amount = deliver.amount ? std::optional(deliver.amount->cents) : std::nullopt;
    if (ask.request.time_in_doubt) return fact(ask, Delivered{.amount = amount, .held = true});
    const Settlement now = settle(*ask.job, ask.at);
    return fact(ask, Delivered{.rule = now.rule,
                               .original_promise = now.original_promise,
                               .promise = now.promise,
                               .verdict = now.verdict,
                               .pending = now.pending,
                               .amount = amount});
}

}  // namespace baytime::rules
