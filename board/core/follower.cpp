#include "board/core/follower.hpp"

namespace baytime {

std::optional<std::set<std::string>> Follower::touched(const Board& board, const Predictor* predictor, Instant now) {
    const Trail* moved = predictor ? &predictor->moved() : nullptr;
    std::set<std::string> out;
    const auto add = [&out](const std::string& order) { out.insert(order); };
    const bool known =
        !fresh_ && board.touched.each_since(seen_, add) && (moved == nullptr || moved->each_since(moved_, add));
    fresh_ = false;
    seen_ = board.touched.end();
    if (moved) moved_ = moved->end();
    if (!known) {
        moment_of_.clear();
        moments_.clear();
        return std::nullopt;
    }
    for (auto each = moments_.begin(); each != moments_.end() && each->first <= now; ++each) out.insert(each->second);
    return out;
}

void Follower::remember(const std::string& order, std::optional<Instant> moment) {
    const auto known = moment_of_.find(order);
    if (known != moment_of_.end()) {
        if (known->second == moment) return;
        moments_.erase({known->second, order});
        moment_of_.erase(known);
    }
    if (!moment) return;
    moment_of_.emplace(order, *moment);
    moments_.emplace(*moment, order);
}

std::optional<Instant> Follower::next() const {
    return moments_.empty() ? std::nullopt : std::optional(moments_.begin()->first);
}

}  // namespace baytime
