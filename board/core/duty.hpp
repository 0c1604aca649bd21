// The advisor's duty (rule §5): who must be told what by when, and how long a waiting customer heard nothing. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/prediction.hpp"
#include "board/core/shop.hpp"

#include <optional>
#include <string>
#include <vector>

namespace baytime {

/// What an advisor owes a customer: news of a delay or of added work, an answer to fetch, the hourly word, a call to a
/// guest who has not come.
enum class DutyKind { tell_delay, tell_work, get_answer, keep_contact, call_guest };
BOOST_DESCRIBE_ENUM(DutyKind, tell_delay, tell_work, get_answer, keep_contact, call_guest)

struct Duty {
    std::string id{};  ///< `tell_delay:R1023`
    std::string order{}, plate{}, advisor{}, customer{}, phone{};
    DutyKind what = DutyKind::tell_delay;
    std::optional<Instant> expected{};  ///< the time to tell
    Instant since{}, by{};
    bool late = false;  ///< the minute of `by` has passed
    bool operator==(const Duty&) const = default;
};
BOOST_DESCRIBE_STRUCT(Duty, (), (id, order, plate, advisor, customer, phone, what, expected, since, by, late))

/// The open duties by the time they are due; of one advisor, or of all when `advisor` is empty. `predictions` must be
/// of this board, shop and moment.
std::vector<Duty> duties(const Board& board, const Shop& shop, const Predictions& predictions, std::string_view advisor,
                         Instant now);

/// The time to tell the customer: the technician's own word or the prediction, whichever is later.
std::optional<Instant> time_to_tell(const Job& job, const Predictions& predictions);
/// Since when the customer does not know of a delay or of added work; nothing when all was told.
std::optional<Instant> untold_since(const Job& job);
/// When a customer in the lounge heard of us last: arrival, contact, answer or agreed time.
std::optional<Instant> last_heard(const Job& job);
/// By when the next word is due; nothing for a job whose customer does not wait.
std::optional<Instant> contact_due(const Job& job, const Shop& shop);
/// The longest time a waiting customer heard nothing, from the arrival until the car was ready (or until `now`);
/// nothing for a customer who did not wait. Wall-clock time: the lounge is not left when the shop has a break.
std::optional<std::chrono::minutes> longest_silence(const Job& job, Instant now);

}  // namespace baytime
