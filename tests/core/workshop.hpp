// A small shop for tests: people speak commands, events go into the board, time moves only when told.
#pragma once

#include "board/core/decide.hpp"
#include "board/core/due.hpp"
#include "board/core/duty.hpp"
#include "board/core/views.hpp"

#include <string>
#include <vector>

namespace baytime::support {

using std::chrono::minutes;
using std::chrono::seconds;

/// 2026-11-21 09:00 in Shanghai.
inline constexpr Instant opening{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::hours{1}};

/// `count` minutes after opening.
constexpr Instant at_minute(int count) {
    return opening + minutes(count);
}

/// Bays 1, 2, 3 and W; technicians 101, 102, 103, lead 110, foreman 120, advisors 130 and 131, inspector 140,
/// relations 150, manager 160.
Shop small_shop();

struct Workshop {
    Shop shop = small_shop();
    Board board{};
    std::vector<Event> journal{};
    Instant now = opening;
    int commands = 0;
    bool time_in_doubt = false;  ///< of the shop's clock
    std::string sentence{};      ///< of the newest refusal

    /// `ok` when it led to events (they are applied), `same` when it already was so, else the refusal's token.
    std::string say(const std::string& who, const Command& command);
    /// The same, with the moment of the tap; the time of receipt is `now`.
    std::string say_at(const std::string& who, const Command& command, Instant at);
    const Job& job(const std::string& order) const;
    /// A walk-in for maintenance on plate 沪A12345, promised in two hours; inspected twice, washed.
    void receive(const std::string& order);
    /// Takes a new order through its life up to this state, in bay 1 with technician 101. Takes no time.
    void bring(const std::string& order, JobState state);
    /// What the daemon does by itself at `now`: raises, passes on and closes alerts. Returns how many facts that were.
    int mind_alerts(const Finishes& finishes);
    int mind_alerts() { return mind_alerts(expected_finishes(board)); }
    /// The ids of the alerts that stand, in the order of the view, joined by blanks; acknowledged ones with a `+`.
    std::string standing() const;
    /// The events so far into an empty board.
    Board replayed() const;
};

}  // namespace baytime::support
