#include "board/daemon/long_answers.hpp"

#include "board/daemon/house.hpp"

#include <utility>

namespace baytime::daemon {

bool takes_long(const protocol::Verb& verb) {
    return verb.name == "report" || verb.name == "calibration";
}

bool LongAnswers::free(const House& house) const {
    if (!house.later) return true;
    return !looks_ && !house.workshop.has_work() &&
           pace_.wait(house.steady(), house.workshop.board().seq) == Steady::duration::zero();
}

void LongAnswers::wait_turn(House& house, const std::string& asker, Go go) {
    waiting_[asker].push_back(std::move(go));
    look_later(house, pace_.wait(house.steady(), house.workshop.board().seq));
}

void LongAnswers::made(House& house, Steady::time_point begin) {
    if (!house.later) return;
    pace_.took(begin, house.steady(), house.workshop.board().seq, !waiting_.empty());
    // Also when nobody waits: what came in meanwhile, commands and questions, is read before the next one begins.
    look_later(house, Steady::duration::zero());
}

void LongAnswers::look_later(House& house, Steady::duration wait) {
    if (std::exchange(looks_, true)) return;
    house.later(wait, [&house] { house.long_answers.look(house); });
}

void LongAnswers::look(House& house) {
    looks_ = false;
    if (waiting_.empty()) return;
    if (const auto wait = pace_.wait(house.steady(), house.workshop.board().seq); wait > Steady::duration::zero())
        return look_later(house, wait);
    // Commands that wait go first, once: under load there are always some.
    if (house.workshop.has_work() && !std::exchange(gave_way_, true)) return look_later(house, {});
    gave_way_ = false;
    next();
    if (!waiting_.empty()) look_later(house, {});
}

void LongAnswers::next() {
    auto turn = waiting_.upper_bound(last_);
    if (turn == waiting_.end()) turn = waiting_.begin();
    last_ = turn->first;
    const auto go = std::move(turn->second.front());
    turn->second.pop_front();
    if (turn->second.empty()) waiting_.erase(turn);
    go();
}

}  // namespace baytime::daemon
