// What is due, kept as the board changes: the same as due() of the whole board, by looking only at what was touched.
#pragma once

#include "board/core/due.hpp"
#include "board/core/follower.hpp"

namespace baytime {

class DueWatch {
public:
    /// Every board must be a later state of the one before, or follow a reset(). What it says must be applied before
    /// the next call.
    Due update(const Board& board, const Shop& shop, const Predictor& predictor, Instant now);
    /// After another shop or another board.
    void reset() { *this = DueWatch(); }
    std::size_t looked_at() const { return looked_at_; }  ///< orders, by the newest update

private:
    Follower follower_{};
    std::size_t looked_at_ = 0;
};

}  // namespace baytime
