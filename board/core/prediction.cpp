#include "board/core/prediction.hpp"

#include "board/core/prediction_chance.hpp"
#include "board/core/prediction_pass.hpp"

#include <algorithm>

namespace baytime {

using std::chrono::minutes;

void Predictor::Pass::add_leg(Prediction& out, Stage stage, Instant from, Instant to, int level) const {
    const auto working = static_cast<int>(shop.calendar.working_minutes(from, to).count());
    if (working <= 0) return;
    out.legs.push_back(
        {.stage = stage, .level = level, .minutes = working, .from = shop.calendar.next_open(from), .to = to});
}

Prediction Predictor::Pass::made(const Node& node) const {
    const Job& job = *node.job;
    Prediction out{.order = job.order, .bay = node.bay, .work = node.says.work};
    add_leg(out, Stage::queue, at, node.from);
    add_leg(out, Stage::work, node.from, node.worked);
    Instant done = node.worked;
    for (const auto& [level, rest] : levels_due(job)) {
        const Instant from = std::exchange(done, later(done, rest));
        add_leg(out, Stage::inspection, from, done, level);
    }
    if (job.wash) {
        add_leg(out, Stage::wash_queue, done, node.wash_from);
        add_leg(out, Stage::wash, node.wash_from, node.ready);
    }
    out.ready = node.ready;
    out.promise = job.promise;
    if (!job.promise) return out;
    const Instant promised = minute_of(*job.promise);
    out.spare = static_cast<int>(std::chrono::duration_cast<minutes>(promised - node.ready).count());
    int other = -node.says.work.remaining;
    for (const auto& leg : out.legs) other += leg.minutes;
    // Who said a later time knows more than the sum does.
    if (job.estimate) other += static_cast<int>(shop.calendar.working_minutes(node.ready, *job.estimate).count());
    const auto available = shop.calendar.working_minutes(at, promised + minutes{1}).count();
    out.chance =
        chance_of(spread_of(board, shop, job), node.says.work, std::max(other, 0), static_cast<int>(available));
    return out;
}

void Predictor::Pass::tell() {
    all.recomputed_ = moved.size();
    for (Node* node : moved) {
        node->moved = false;
        auto fresh = made(*node);
        auto& known = all.out_.jobs[std::string(node->order)];
        if (known == fresh) continue;
        known = std::move(fresh);
        if (!everything) all.moved_.add(node->order);
    }
}

const Predictions& Predictor::update(const Board& board, const Shop& shop, Instant now, const Job* guest) {
    const Instant at = minute_of(now);
    const bool learned = board.item_times.revision != revision_ && nodes_.size() <= prompt_;
    Pass pass{.all = *this,
              .board = board,
              .shop = shop,
              .at = at,
              .everything = fresh_ || !board.touched.knows(seen_) || learned || at != out_.at};
    if (pass.everything) {
        pass.begin();
        revision_ = board.item_times.revision;
    } else {
        pass.follow();
    }
    seen_ = board.touched.end();
    fresh_ = guest != nullptr;
    if (guest) pass.look_at(guest->order, guest);
    pass.lines();
    pass.pool();
    pass.join();
    pass.inspections();
    pass.wash();
    pass.tell();
    return out_;
}

std::optional<Prediction> Predictor::guest(const Board& board, const Shop& shop, const Job& job) {
    if (fresh_ || !board.touched.knows(seen_)) return std::nullopt;
    update(board, shop, out_.at);
    if (nodes_.size() <= prompt_) return std::nullopt;
    const auto put = [&](const Job* one) {
        Pass pass{.all = *this, .board = board, .shop = shop, .at = out_.at};
        pass.look_at(job.order, one);
        pass.lines();
        pass.join();
        pass.inspections();
        pass.tell();
    };
    put(&job);
    auto out = out_.jobs.at(job.order);
    put(board.find(job.order));  // it goes again; a booking that is quoted stays what it is
    return out;
}

const Prediction* Predictions::find(std::string_view order) const {
    const auto found = jobs.find(order);
    return found == jobs.end() ? nullptr : &found->second;
}

Predictions predict(const Board& board, const Shop& shop, Instant now) {
    return Predictor().update(board, shop, now);
}

}  // namespace baytime
