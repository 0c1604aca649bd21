// The state of the whole workshop: what replaying the journal gives. Changed by apply() alone.
#pragma once

#include "board/core/dispatch.hpp"
#include "board/core/event.hpp"
#include "board/core/item_times.hpp"
#include "board/core/trail.hpp"

#include <map>
#include <set>
#include <string>

namespace baytime {

/// The jobs as they were before a command, for undo. Kept while the command is the newest one of some job.
struct Before {
    std::uint64_t first_seq = 0;  ///< first event of the command
    std::uint64_t last_seq = 0;   ///< its last event
    Instant at{};                 ///< Board::newest when it was applied
    std::string who{};
    std::string cause{};
    bool undo = false;                                 ///< the command was itself an undo
    std::map<std::string, std::optional<Job>> jobs{};  ///< by order; nothing: the command created the job
    bool operator==(const Before&) const = default;
};

struct Board {
    std::map<std::string, Job, std::less<>> jobs{};                ///< by order number, also closed ones
    std::set<std::string, std::less<>> open{};                     ///< orders that are not closed
    std::map<std::string, std::string, std::less<>> in_bay{};      ///< bay id -> order of the job that holds it
    std::map<std::string, std::string, std::less<>> clocked_on{};  ///< person id -> order
    std::set<std::pair<DispatchKey, std::string>> waiting{};       ///< jobs for dispatch, in the suggested order
    /// By bay: the jobs assigned to it that do not stand in it yet, in the order of assignment.
    std::map<std::string, std::set<std::pair<int, std::string>>, std::less<>> queues{};
    std::set<std::pair<Instant, std::string>> delivered{};       ///< when and what, so that views need no search
    std::set<std::string, std::less<>> held{};                   ///< orders whose verdict waits for the clock
    std::map<std::uint64_t, Before> before{};                    ///< by first_seq, pruned after undo_window
    std::map<Date, std::map<std::string, Instant>> days_read{};  ///< who confirmed the daily table, and when
    std::map<std::string, RaisedAlert, std::less<>> alerts{};    ///< by id, also closed ones, so that none comes twice
    std::set<std::string, std::less<>> open_alerts{};            ///< ids of those that stand
    std::map<std::string, std::set<std::string>, std::less<>> alerts_of{};  ///< the same by order; none without
    std::uint64_t seq = 0;                                                  ///< of the newest event
    Instant newest{};                                                       ///< newest time of receipt
    int next_queue_place = 1;
    ItemTimes item_times{};  ///< what delivered jobs took, so that predictions learn
    Trail touched{};         ///< the orders of the newest events

    bool operator==(const Board&) const = default;
    const Job* find(std::string_view order) const;
    /// The undo record of the job's newest command; null when that is over `undo_window` old.
    const Before* newest_change(const Job& job) const;
};

/// True while an alert of this kind for this order is open.
bool stands(const Board& board, AlertKind kind, std::string_view order);

/// Puts one event into the board. Events must come in the order of their seq; asserts that there is no gap.
void apply(Board& board, const Event& event);

}  // namespace baytime
