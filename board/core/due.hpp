// Which alerts the daemon should raise, pass on or close now. Pure; the daemon stores what is said here.
#pragma once

#include "board/core/board.hpp"
#include "board/core/prediction.hpp"
#include "board/core/shop.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace baytime {

/// When each open job will be ready. An order that is not here is not judged.
struct Finishes {
    std::map<std::string, Instant, std::less<>> ready{};
    /// They move on with the clock while work rests, so they are looked at again before a promise can be in danger.
    bool drift = false;
};

/// The same for one job: when it will be ready, if that is known.
struct Outlook {
    std::optional<Instant> ready{};
    bool drifts = false;
};
Outlook outlook_of(const Predictions& predictions, std::string_view order);

/// By its remaining work, the steps to come and the queue ahead of it (rule §5).
Finishes finishes_of(const Predictions& predictions);
/// What was said of each open job: its newest time, else its promise.
Finishes expected_finishes(const Board& board);

struct Due {
    /// Facts with their orders, in the order to store. Applying them leaves nothing due at the same moment.
    std::vector<std::pair<std::string, Fact>> facts{};
    /// The next moment at which time alone makes something due; nothing when no such moment is known.
    std::optional<Instant> next{};
};

Due due(const Board& board, const Shop& shop, const Finishes& finishes, Instant now);
/// The same about one order alone.
Due due_of(const Board& board, const Shop& shop, const std::string& order, const Outlook& outlook, Instant now);
void add(Due& all, Due one);

/// Somebody the job's alerts concern: who is clocked on, else who was on it last or is named for it; or empty.
std::string worker_of(const Job& job);
/// The newest estimate lies after the promise: the lateness is known.
bool known_late(const Job& job);
/// The work is done and only inspection or wash remain.
bool work_is_done(const Job& job);

}  // namespace baytime
