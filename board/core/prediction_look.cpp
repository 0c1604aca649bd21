// What was touched: jobs enter the lines they stand in, and leave them.
#include "board/core/prediction_pass.hpp"
#include "board/core/view_parts.hpp"

namespace baytime {

namespace {

Told told(const Board& board, const Shop& shop, const Job& job, Instant at) {
    Told out{.work = own_work(board, shop, job, at), .kind = bay_kind_of(shop, job), .bay = job.bay, .wash = job.wash};
    if (job.state == JobState::waiting) out.pooled = dispatch_key(job);
    if (job.state == JobState::washing) out.washing = job.since;
    out.lined = job.state == JobState::assigned || holds_bay(job);
    if (out.lined) out.place = holds_bay(job) ? 0 : job.queue_place;
    return out;
}

}  // namespace

void Predictor::Pass::mark(Node& node) {
    if (!node.moved) moved.push_back(&node);
    node.moved = true;
}

void Predictor::Pass::leave(const Node& node) {
    const std::string order(node.order);
    if (node.says.lined) {
        all.lines_[node.says.bay].erase({node.says.place, order});
        touched_lines.insert(node.says.bay);
    }
    if (node.says.pooled) {
        all.pool_.erase({*node.says.pooled, order});
        touched_pool = true;
    }
    touched_wash = touched_wash || node.says.wash;
}

void Predictor::Pass::enter(Node& node, Told says) {
    node.says = std::move(says);
    const std::string order(node.order);
    if (node.says.pooled) {
        all.pool_.insert({*node.says.pooled, order});
        entered.push_back(&node);
        touched_pool = true;
    } else if (node.says.lined) {
        node.bay = node.says.bay;
        all.lines_[node.bay].insert({node.says.place, order});
        entered.push_back(&node);
        touched_lines.insert(node.bay);
    } else {
        node.bay = node.says.bay;
        node.from = node.worked = at;
    }
    touched_wash = touched_wash || node.says.wash;
}

void Predictor::Pass::look_at(const std::string& order, const Job* job) {
    auto found = all.nodes_.find(order);
    if (!job || !views::under_way(*job)) {
        if (found == all.nodes_.end()) return;
        leave(*found->second);
        all.nodes_.erase(found);
        all.out_.jobs.erase(order);
        all.moved_.add(order);
        return;
    }
    const bool known = found != all.nodes_.end();
    if (!known) {
        found = all.nodes_.emplace(order, std::make_shared<Node>()).first;
        found->second->order = found->first;
    }
    Node& node = *found->second;
    node.job = job;
    mark(node);
    auto says = told(board, shop, *job, at);
    if (known && says == node.says) return;
    if (known) leave(node);
    enter(node, std::move(says));
}

void Predictor::Pass::begin() {
    all.nodes_.clear();
    all.lines_.clear();
    all.ends_.clear();
    all.free_.clear();
    all.pool_.clear();
    all.out_ = {.at = at, .jobs = {}};
    all.moved_.lose();
    for (std::size_t i = 0; i < shop.bays.size(); ++i) all.free_[shop.bays[i].kind].insert({at, i});
    for (const auto& order : board.open) look_at(order, &board.jobs.at(order));
}

void Predictor::Pass::follow() {
    std::set<std::string> touched;
    board.touched.each_since(all.seen_, [&touched](const std::string& order) { touched.insert(order); });
    for (const auto& order : touched) look_at(order, board.find(order));
}

}  // namespace baytime
