// The board follows the journal: one event in, the indexes and undo records kept in step.
#include "board/core/apply_facts.hpp"
#include "board/core/board.hpp"
#include "board/core/decide.hpp"
#include "board/core/imported.hpp"

#include <algorithm>
#include <cassert>

namespace baytime {

namespace {

bool covers(const Before& record, std::uint64_t seq) {
    return record.first_seq <= seq && seq <= record.last_seq;
}

auto record_at(auto& before, std::uint64_t seq) {
    auto next = before.upper_bound(seq);
    if (next == before.begin()) return before.end();
    --next;
    return covers(next->second, seq) ? next : before.end();
}

/// The record of the command this event belongs to, when it is not the command's first event.
Before* same_command(Board& board, const Event& event) {
    if (board.before.empty()) return nullptr;
    Before& newest = board.before.rbegin()->second;
    const bool same = newest.cause == event.cause && newest.last_seq + 1 == event.seq &&
                      newest.undo == std::holds_alternative<Undone>(event.fact);
    return same ? &newest : nullptr;
}

/// Where the board lists a job besides `jobs`. Most events leave it in the lists where it is.
struct Lists {
    bool open = false;
    std::optional<DispatchKey> waiting{};
    std::optional<std::pair<std::string, int>> queue{};  ///< bay and place
    bool operator==(const Lists&) const = default;
};

Lists lists_of(const Job& job) {
    Lists out{.open = !is_closed(job.state)};
    if (job.state == JobState::waiting) out.waiting = dispatch_key(job);
    if (job.state == JobState::assigned && !job.parked) out.queue = {job.bay, job.queue_place};
    return out;
}

void leave(Board& board, const std::string& order, const Lists& lists) {
    if (lists.open) board.open.erase(order);
    if (lists.waiting) board.waiting.erase({*lists.waiting, order});
    if (!lists.queue) return;
    const auto queue = board.queues.find(lists.queue->first);
    queue->second.erase({lists.queue->second, order});
    if (queue->second.empty()) board.queues.erase(queue);
}

void join(Board& board, const std::string& order, const Lists& lists) {
    if (lists.open) board.open.insert(order);
    if (lists.waiting) board.waiting.emplace(*lists.waiting, order);
    if (lists.queue) board.queues[lists.queue->first].emplace(lists.queue->second, order);
}

/// The lists follow a job from what it was to what it is.
void relist(Board& board, const std::string& order, const Lists& before, const Lists& after) {
    if (before == after) return;
    leave(board, order, before);
    join(board, order, after);
}

void take_out(Board& board, const Job& job) {
    const auto drop = [&job](auto& index, const std::string& key) {
        const auto found = index.find(key);
        if (found != index.end() && found->second == job.order) index.erase(found);
    };
    drop(board.in_bay, job.bay);
    for (const auto& stretch : job.clockings) {
        if (!stretch.to) drop(board.clocked_on, stretch.technician);
    }
    if (job.delivered_at) board.delivered.erase({*job.delivered_at, job.order});
    board.held.erase(job.order);
}

void put_in(Board& board, const Job& job) {
    if (holds_bay(job)) board.in_bay[job.bay] = job.order;
    for (const auto& stretch : job.clockings) {
        if (!stretch.to) board.clocked_on[stretch.technician] = job.order;
    }
    if (job.delivered_at) board.delivered.emplace(*job.delivered_at, job.order);
    if (job.held) board.held.insert(job.order);
}

/// Drops the undo record that `job` had so far, unless another job still needs it.
void forget_superseded(Board& board, const Job& job, const Event& event) {
    const auto found = record_at(board.before, job.last_seq);
    if (found == board.before.end() || &found->second == same_command(board, event)) return;
    const Before& record = found->second;
    const bool needed = std::ranges::any_of(record.jobs, [&](const auto& entry) {
        const Job* other = entry.first == job.order ? nullptr : board.find(entry.first);
        return other && covers(record, other->last_seq);
    });
    if (!needed) board.before.erase(found);
}

void remember(Board& board, const Event& event, const Job* job) {
    Before* record = same_command(board, event);
    if (!record) {
        record = &board.before[event.seq];
        *record = {.first_seq = event.seq,
                   .last_seq = event.seq,
                   .at = board.newest,
                   .who = event.who,
                   .cause = event.cause,
                   .undo = std::holds_alternative<Undone>(event.fact),
                   .jobs = {}};
    }
    record->last_seq = event.seq;
    const bool keep = job && !record->undo;
    record->jobs.try_emplace(event.order, keep ? std::optional<Job>(*job) : std::nullopt);
}

/// Takes one job back to what it was before the command that began with `first`.
void restore(Board& board, const Event& event, std::uint64_t first) {
    const auto found = board.before.find(first);
    assert(found != board.before.end() && found->second.jobs.contains(event.order));
    auto saved = std::move(found->second.jobs.at(event.order));
    found->second.jobs.erase(event.order);
    if (found->second.jobs.empty()) board.before.erase(found);
    if (!saved) {
        board.jobs.erase(event.order);
        return;
    }
    saved->last_seq = event.seq;
    const Job& job = board.jobs.insert_or_assign(event.order, std::move(*saved)).first->second;
    put_in(board, job);
}

/// A copy of a delivered job: its place in the statistics is found by its own values.
std::optional<Job> delivered_state(const Job* job) {
    return job && job->state == JobState::delivered ? std::optional<Job>(*job) : std::nullopt;
}

void change(Board& board, const Event& event) {
    Job& job = board.jobs[event.order];
    job.order = event.order;
    put_fact(job, event, board.next_queue_place);
    if (job.first_seq == 0) job.first_seq = event.seq;
    job.last_seq = event.seq;
    job.newest_at = event.at;
    put_in(board, job);
}

}  // namespace

bool stands(const Board& board, AlertKind kind, std::string_view order) {
    const auto first = alert_id(kind, order, 1);
    const auto found = board.open_alerts.lower_bound(first);
    return found != board.open_alerts.end() && (*found == first || found->starts_with(first + ':'));
}

const Job* Board::find(std::string_view order) const {
    const auto found = jobs.find(order);
    return found == jobs.end() ? nullptr : &found->second;
}

const Before* Board::newest_change(const Job& job) const {
    const auto found = record_at(before, job.last_seq);
    return found == before.end() ? nullptr : &found->second;
}

void apply(Board& board, const Event& event) {
    assert(event.seq == board.seq + 1);
    board.seq = event.seq;
    board.touched.add(event.order);
    board.newest = std::max(board.newest, event.received);
    while (!board.before.empty() && board.before.begin()->second.at + undo_window < board.newest) {
        board.before.erase(board.before.begin());
    }
    if (!about_job(event.fact)) return put_beside(board, event);
    const auto* undone = std::get_if<Undone>(&event.fact);
    const Job* job = board.find(event.order);
    // Of an order that is on no board: an imported one. The record and the rows for reports hold it.
    if (!job && follows_import(event.fact)) return;
    assert(job || std::holds_alternative<Booked>(event.fact) || std::holds_alternative<Received>(event.fact));
    const Lists listed = job ? lists_of(*job) : Lists{};
    if (job) {
        if (!undone) forget_superseded(board, *job, event);
        take_out(board, *job);
    }
    remember(board, event, job);
    const auto before = delivered_state(job);
    if (undone) {
        restore(board, event, undone->first);
    } else {
        change(board, event);
    }
    const Job* after = board.find(event.order);
    relist(board, event.order, listed, after ? lists_of(*after) : Lists{});
    const bool delivered = after && after->state == JobState::delivered;
    if (before && !delivered) board.item_times.forget(*before);
    if (!before && delivered) board.item_times.learn(*after);
}

}  // namespace baytime
