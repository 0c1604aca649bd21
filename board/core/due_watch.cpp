#include "board/core/due_watch.hpp"

namespace baytime {

namespace {

std::set<std::string> everything(const Board& board) {
    std::set<std::string> out(board.open.begin(), board.open.end());
    for (const auto& [order, alerts] : board.alerts_of) out.insert(order);
    return out;
}

}  // namespace

Due DueWatch::update(const Board& board, const Shop& shop, const Predictor& predictor, Instant now) {
    const auto touched = follower_.touched(board, &predictor, now);
    const auto orders = touched ? *touched : everything(board);
    looked_at_ = orders.size();
    Due out;
    for (const bool open : {false, true}) {  // what is over first, in the order of due()
        for (const auto& order : orders) {
            if (board.open.contains(order) != open) continue;
            auto one = due_of(board, shop, order, outlook_of(predictor.predictions(), order), now);
            follower_.remember(order, one.next);
            add(out, std::move(one));
        }
    }
    out.next = follower_.next();
    return out;
}

}  // namespace baytime
