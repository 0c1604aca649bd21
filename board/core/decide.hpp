// The rules: what a request leads to. Pure: state, request and time go in, facts or a refusal come out.
#pragma once

#include "board/core/board.hpp"
#include "board/core/command.hpp"
#include "board/core/shop.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace baytime {

/// Stable reasons for a refusal. On the wire `_` is written `-`: token().
enum class Refusal {
    unknown_order,
    unknown_bay,
    unknown_person,
    unknown_item,
    order_exists,
    not_permitted,
    not_from_here,  ///< the job's state does not allow it; the sentence names the state and what would work
    not_assigned,
    bay_busy,
    technician_busy,
    not_clocked_on,
    consent_open,  ///< added work still waits for the customer's answer
    reason_missing,
    value_missing,
    value_bad,
    level_wrong,  ///< another inspection level is next
    promise_past,
    nothing_to_undo,
    undo_too_late,
    undo_depended_on,
    unknown_alert,
    nothing_asked,  ///< no question waits for this person
    nothing_to_correct,
    time_implausible  ///< `at` lies in the future, over 12 h back, or before what the job already knows
};
BOOST_DESCRIBE_ENUM(Refusal, unknown_order, unknown_bay, unknown_person, unknown_item, order_exists, not_permitted,
                    not_from_here, not_assigned, bay_busy, technician_busy, not_clocked_on, consent_open,
                    reason_missing, value_missing, value_bad, level_wrong, promise_past, nothing_to_undo, undo_too_late,
                    undo_depended_on, unknown_alert, nothing_asked, nothing_to_correct, time_implausible)

struct Rejection {
    Refusal refusal = Refusal::value_bad;
    std::string sentence{};  ///< plain English, says what would work
};

/// `bay-busy` for Refusal::bay_busy.
std::string token(Refusal refusal);

/// Either the facts to store (none when it already is so) or a reason why not.
using Decision = std::variant<std::vector<Event>, Rejection>;

/// How long a change can be taken back. May grow, but never shrink: a replay needs every record an old undo used.
inline constexpr std::chrono::seconds undo_window{60};
/// How far back `at` may lie (a phone that queued through a Wi-Fi hole).
inline constexpr std::chrono::hours oldest_tap{12};
/// How far ahead a client's clock may be before `at` is refused; taps up to this much ahead count as now.
inline constexpr std::chrono::minutes clock_tolerance{2};
inline constexpr std::size_t max_items = 100;              ///< work items of one job
inline constexpr std::int64_t max_amount = 9'999'999'900;  ///< of one order, in cents
inline constexpr std::size_t max_log_entries =
    500;  ///< contacts, delays, new times, inspections, clockings of one job, each

/// The order a command is about, in upper case: the one it names, else that of the alert or of the question it answers,
/// else for `late` the job the person is clocked on to. Empty when there is none, or more than one.
std::string subject_of(const Board& board, const Command& command, const Person& who);

/// Decides one request. Events get the sequence numbers after board.seq.
Decision decide(const Board& board, const Shop& shop, const Request& request);

}  // namespace baytime
