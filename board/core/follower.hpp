// Tells somebody who keeps something for every order of a board which orders to look at again: those that were touched,
// whose prediction moved, or whose moment has come.
#pragma once

#include "board/core/board.hpp"
#include "board/core/prediction.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace baytime {

class Follower {
public:
    /// The orders to look at since the last call; nothing: all there are, and every moment is to be remembered anew.
    /// `predictor`: null for who shows no predictions.
    std::optional<std::set<std::string>> touched(const Board& board, const Predictor* predictor, Instant now);
    /// When time alone changes what there is to say of this order; nothing when it never does.
    void remember(const std::string& order, std::optional<Instant> moment);
    /// The first of these moments.
    std::optional<Instant> next() const;

private:
    std::map<std::string, Instant> moment_of_{};
    std::set<std::pair<Instant, std::string>> moments_{};  ///< the same by time
    std::uint64_t seen_ = 0, moved_ = 0;                   ///< of the trails of board and predictor
    bool fresh_ = true;
};

}  // namespace baytime
