// Taking back the newest change of a job, with everything its command did to other jobs.
#include "board/core/decide_rules.hpp"

#include <algorithm>

namespace baytime::rules {

namespace {

/// Another job that came back for this order, or nothing. Looks at every job: ask only when it matters.
const Job* return_of(const Board& board, const std::string& order) {
    const auto found = std::ranges::find_if(
        board.jobs, [&](const auto& entry) { return entry.second.return_of == order && entry.first != order; });
    return found == board.jobs.end() ? nullptr : &found->second;
}

/// Something that another job would have to give back, or nothing.
std::optional<Rejection> depended_on(const Ask& ask, const Before& change) {
    const auto blocked = [&](const std::string& by, const std::string& why) {
        return refuse(Refusal::undo_depended_on, "that change can no longer be taken back: " + why +
                                                     "; undo the change of " + by + " first, or set " + ask.order +
                                                     " right with a new command");
    };
    for (const auto& [order, saved] : change.jobs) {
        const Job* now = ask.board.find(order);
        if (!now || now->last_seq < change.first_seq || now->last_seq > change.last_seq) {
            return blocked(order, order + " has changed since");
        }
        const bool opens = !saved || (is_closed(now->state) && !is_closed(saved->state));
        if (const Job* later = opens ? return_of(ask.board, order) : nullptr) {
            return blocked(later->order, later->order + " is a return of " + order);
        }
        if (!saved) continue;
        const auto bay = ask.board.in_bay.find(saved->bay);
        if (holds_bay(*saved) && bay != ask.board.in_bay.end() && !change.jobs.contains(bay->second)) {
            return blocked(bay->second, bay->second + " is in bay " + saved->bay + " now");
        }
        for (const auto& stretch : saved->clockings) {
            if (stretch.to) continue;
            const auto on = ask.board.clocked_on.find(stretch.technician);
            if (on != ask.board.clocked_on.end() && !change.jobs.contains(on->second)) {
                return blocked(on->second, stretch.technician + " is working on " + on->second + " now");
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Decision rule(const Ask& ask, const Undo&) {
    if (ask.imported) {
        return refuse(Refusal::nothing_to_undo, ask.order +
                                                    " was imported, and what is said about it is not taken "
                                                    "back; say the right thing with call-back, excuse, "
                                                    "decide-excuse or correct");
    }
    const Before* change = ask.board.newest_change(*ask.job);
    const Instant now = std::max(ask.request.received, ask.board.newest);
    if (!change || change->at + undo_window < now) {
        return refuse(Refusal::undo_too_late, "the newest change of " + ask.order + " is over " +
                                                  std::to_string(undo_window.count()) +
                                                  " seconds old; set it right with correct or a new command");
    }
    if (change->undo) {
        return refuse(Refusal::nothing_to_undo,
                      "the newest change of " + ask.order + " was itself an undo; say it anew");
    }
    if (change->who == system_person) {
        return refuse(Refusal::nothing_to_undo,
                      "the newest change of " + ask.order + " was the daemon's own; set it right with a new command");
    }
    const bool over_all = ask.who.role == Role::foreman || ask.who.role == Role::manager;
    if (change->who != ask.who.id && !over_all) {
        return refuse(Refusal::not_permitted,
                      "that change was made by " + change->who + "; they, a foreman or a manager can take it back");
    }
    if (auto refused = depended_on(ask, *change)) return *refused;
    std::vector<std::pair<std::string, Fact>> list;
    for (const auto& [order, saved] : change->jobs) list.emplace_back(order, Undone{.first = change->first_seq});
    return facts(ask, std::move(list));
}

}  // namespace baytime::rules
