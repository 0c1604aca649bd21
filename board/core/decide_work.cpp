// Bays and hands: assign, unassign, start, pause, finish.
#include "board/core/decide_rules.hpp"
#include "board/core/prediction.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

bool may_be_assigned(JobState state) {
    return state == JobState::waiting || state == JobState::assigned || state == JobState::paused;
}

/// Whom a start is for: the one named, or the one who asks.
std::variant<std::string, Rejection> starter(const Ask& ask, const Start& start) {
    const bool works = ask.who.role == Role::technician || ask.who.role == Role::lead;
    if (!start.technician || *start.technician == ask.who.id) {
        if (works) return ask.who.id;
        return refuse(Refusal::value_missing, "say who works on " + ask.order + ", with technician=<badge number>");
    }
    if (ask.who.role == Role::technician) {
        return refuse(Refusal::not_permitted, "a technician starts for themselves; let " + *start.technician +
                                                  " scan their own badge, or ask the lead or the foreman");
    }
    if (auto refused = bad_technician(ask, *start.technician)) return *refused;
    return *start.technician;
}

/// Leaves the job the technician is on now; its newest event may move the time of the start a little.
std::optional<Rejection> leave_other(Ask& ask, const Start& start, const std::string& technician,
                                     std::vector<std::pair<std::string, Fact>>& list) {
    const auto found = ask.board.clocked_on.find(technician);
    if (found == ask.board.clocked_on.end() || found->second == ask.order) return std::nullopt;
    const Job& other = *ask.board.find(found->second);
    if (!start.force) {
        return refuse(Refusal::technician_busy, technician + " is working on " + other.order + "; finish or pause " +
                                                    other.order + " first, or add force to pause it now");
    }
    const auto at = not_before(ask.request, ask.at, other.newest_at);
    if (!at) {
        return refuse(Refusal::time_implausible,
                      other.order + " has changed since that time; say it again without at=");
    }
    ask.at = *at;
    const bool others = std::ranges::any_of(
        other.clockings, [&](const Clocking& each) { return !each.to && each.technician != technician; });
    if (others) {
        list.emplace_back(other.order, ClockedOff{.technician = technician});
    } else {
        list.emplace_back(other.order, Paused{.reason = PauseReason::other});
    }
    return std::nullopt;
}

std::optional<Rejection> not_startable(const Ask& ask) {
    switch (ask.job->state) {
        case JobState::assigned:
        case JobState::in_progress:
        case JobState::paused: return std::nullopt;
        case JobState::waiting:
            return refuse(
                Refusal::not_assigned,
                ask.order + " has no bay yet; ask the foreman for one, who says assign " + ask.order + " <bay>");
        case JobState::booked: return not_from_here(ask, "receive the car first");
        case JobState::inspection: return not_from_here(ask, "work goes on only when the inspection fails");
        default: return not_from_here(ask, "there is nothing to start; for new work open a new order");
    }
}

std::optional<Rejection> bad_start_bay(const Ask& ask, const Start& start, const std::string& bay) {
    // A car goes on in a bay that has left the configuration, but none goes there.
    if (start.bay || ask.job->state == JobState::assigned) {
        if (auto refused = bad_bay(ask, bay)) return refused;
    }
    if (ask.job->state != JobState::in_progress) return bay_taken(ask, bay);
    if (bay == ask.job->bay) return std::nullopt;
    return not_from_here(ask, "pause it before it moves to bay " + bay);
}

/// What the promise is given as work begins, for the calibration report; nothing when it had begun before.
std::optional<int> first_chance(const Ask& ask) {
    if (!ask.job->clockings.empty() || !ask.job->promise) return std::nullopt;
    const auto all = predict(ask.board, ask.shop, ask.at);
    const auto* found = all.find(ask.order);
    return found ? std::optional(found->chance) : std::nullopt;
}

bool on_it(const Ask& ask) {
    return running(*ask.job, ask.who.id) != nullptr;
}

std::optional<Rejection> not_on_it(const Ask& ask) {
    if (ask.who.role != Role::technician || on_it(ask)) return std::nullopt;
    return refuse(Refusal::not_clocked_on, ask.who.id + " is not clocked on to " + ask.order + "; start " + ask.order +
                                               " first, or let the one who works on it or the lead say it");
}

}  // namespace

Decision rule(const Ask& ask, const Assign& assign) {
    const Job& job = *ask.job;
    if (auto refused = bad_bay(ask, assign.bay)) return *refused;
    if (assign.technician) {
        if (auto refused = bad_technician(ask, *assign.technician)) return *refused;
    }
    const bool same_bay = job.bay == assign.bay;
    const bool same_hands = !assign.technician || *assign.technician == job.technician;
    const bool stands = same_bay && holds_bay(job);
    const bool placed = may_be_assigned(job.state) || job.state == JobState::in_progress;
    if (placed && same_bay && same_hands && (stands || !assign.parked)) return already_so();
    if (job.state == JobState::in_progress) return not_from_here(ask, "finish or pause it before it moves");
    if (job.state == JobState::booked) return not_from_here(ask, "receive the car first");
    if (!may_be_assigned(job.state)) return not_from_here(ask, "it needs no bay now");
    if (assign.parked) {
        if (auto refused = bay_taken(ask, assign.bay)) return *refused;
    }
    // Another bay may mean another team, so the technician named before stays only with the bay.
    const std::string technician = assign.technician.value_or(same_bay ? job.technician : std::string{});
    return fact(ask, Assigned{.bay = assign.bay, .technician = technician, .parked = assign.parked || stands});
}

Decision rule(const Ask& ask, const Unassign&) {
    switch (ask.job->state) {
        case JobState::waiting: return already_so();
        case JobState::assigned:
        case JobState::paused: return fact(ask, Unassigned{});
        case JobState::in_progress: return not_from_here(ask, "pause it first");
        case JobState::booked: return not_from_here(ask, "it has no bay to give back");
        default: return not_from_here(ask, "it holds no bay any more");
    }
}

Decision rule(const Ask& ask, const Start& start) {
    const auto chosen = starter(ask, start);
    if (const auto* refused = std::get_if<Rejection>(&chosen)) return *refused;
    const auto& technician = std::get<std::string>(chosen);
    if (auto refused = not_startable(ask)) return *refused;
    const std::string bay = start.bay.value_or(ask.job->bay);
    if (auto refused = bad_start_bay(ask, start, bay)) return *refused;
    if (running(*ask.job, technician)) return already_so();
    std::vector<std::pair<std::string, Fact>> list;
    Ask moved = ask;
    if (auto refused = leave_other(moved, start, technician, list)) return *refused;
    if (auto refused = full(ask, ask.job->clockings.size(), "clockings")) return *refused;
    list.emplace_back(ask.order, Started{.technician = technician, .bay = bay, .chance = first_chance(ask)});
    return facts(moved, std::move(list));
}

Decision rule(const Ask& ask, const Pause& pause) {
    const Job& job = *ask.job;
    if (job.state == JobState::paused) {
        if (!pause.reason || pause.reason == job.paused_for) return already_so();
        return fact(ask, Paused{.reason = *pause.reason});
    }
    if (job.state != JobState::in_progress) return not_from_here(ask, "only work in progress can be paused");
    if (auto refused = not_on_it(ask)) return *refused;
    return fact(ask, Paused{.reason = pause.reason.value_or(PauseReason::other)});
}

Decision rule(const Ask& ask, const Finish&) {
    const Job& job = *ask.job;
    if (job.state == JobState::inspection && job.passed_level == 1) return already_so();
    if (job.state == JobState::assigned || job.state == JobState::paused) {
        return not_from_here(ask, "start it first, then finish it");
    }
    if (job.state == JobState::waiting) return not_from_here(ask, "ask the foreman for a bay, then start it");
    if (job.state != JobState::in_progress) return not_from_here(ask, "there is no work to finish");
    if (auto refused = not_on_it(ask)) return *refused;
    const auto open = std::ranges::find(job.items, Consent::open, &Item::consent);
    if (open != job.items.end()) {
        return refuse(Refusal::consent_open, "the customer has not answered about " + quoted(open->name) + " on " +
                                                 ask.order + "; the advisor asks and says consent " + ask.order + " " +
                                                 std::to_string(open - job.items.begin() + 1));
    }
    return fact(ask, Finished{.worked = own_work(ask.board, ask.shop, job, ask.at).clocked});
}

}  // namespace baytime::rules
