#include "board/core/prediction.hpp"

#include "board/core/prediction_chance.hpp"
#include "board/core/view_parts.hpp"

#include <algorithm>
#include <tuple>

namespace baytime {

using std::chrono::minutes;

namespace {

/// A step that should be over takes this much longer, in minutes.
constexpr int overrun_step = 1;

int level_minutes(const Shop& shop, int level) {
    return static_cast<int>((level >= 3 ? shop.prediction.inspection_3 : shop.prediction.inspection_2).count());
}

/// When the step that the job is in began: an inspection level after the one before it.
Instant step_began(const Job& job) {
    return job.inspections.empty() ? job.since : std::max(job.since, job.inspections.back().at);
}

int rest_of_step(const Shop& shop, const Job& job, int whole, Instant at) {
    const auto passed = shop.calendar.working_minutes(step_began(job), at).count();
    return std::max(whole - static_cast<int>(passed), overrun_step);
}

}  // namespace

/// One job on its way. `moved`: something it leads to has changed, so its prediction is made anew.
struct Predictor::Node {
    const Job* job = nullptr;  ///< valid during one update
    std::uint64_t seq = 0;     ///< Job::last_seq it was made from
    OwnWork work{};
    BayKind kind = BayKind::general;
    std::string line{};  ///< the bay whose line it stands in, or empty
    int place = 0;
    std::optional<DispatchKey> pooled{};
    std::string bay{};  ///< the bay its work is counted on
    Instant from{}, worked{}, inspected{}, wash_from{}, ready{};
    bool moved = true;

    template <class T>
    void put(T Node::*member, const T& value) {
        moved = moved || this->*member != value;
        this->*member = value;
    }
};

/// One update: what was touched, then stage by stage what follows from it.
struct Predictor::Pass {
    Predictor& all;
    const Board& board;
    const Shop& shop;
    Instant at;
    std::set<std::string, std::less<>> touched_lines{};
    bool touched_pool = false, touched_wash = false;

    Instant later(Instant from, int working_minutes) const {
        return shop.calendar.plus_working(from, minutes{working_minutes});
    }

    void leave(const std::string& order, const Node& node) {
        if (!node.line.empty()) {
            all.lines_[node.line].erase({node.place, order});
            touched_lines.insert(node.line);
        }
        if (node.pooled) {
            all.pool_.erase({*node.pooled, order});
            touched_pool = true;
        }
        touched_wash = true;
    }

    void enter(const Job& job, Node& node) {
        node.job = &job;
        node.seq = job.last_seq;
        node.work = own_work(board, shop, job, at);
        node.kind = bay_kind_of(shop, job);
        if (job.state == JobState::waiting) {
            node.pooled = dispatch_key(job);
            all.pool_.insert({*node.pooled, job.order});
            touched_pool = true;
        } else if (job.state == JobState::assigned || holds_bay(job)) {
            node.line = node.bay = job.bay;
            node.place = holds_bay(job) ? 0 : job.queue_place;
            all.lines_[node.line].insert({node.place, job.order});
            touched_lines.insert(node.line);
        } else {
            node.bay = job.bay;
            node.from = node.worked = at;
        }
        touched_wash = touched_wash || job.wash;
    }

    /// Holds nodes against the open jobs; both are in the order of their numbers.
    void look(bool everything) {
        auto node = all.nodes_.begin();
        const auto drop = [&] {
            leave(node->first, *node->second);
            all.out_.jobs.erase(node->first);
            node = all.nodes_.erase(node);
        };
        for (const auto& order : board.open) {
            const Job& job = board.jobs.at(order);
            while (node != all.nodes_.end() && node->first < order) drop();
            const bool known = node != all.nodes_.end() && node->first == order;
            if (!views::under_way(job)) {
                if (known) drop();
                continue;
            }
            if (!known) node = all.nodes_.emplace_hint(node, order, std::make_shared<Node>());
            Node& found = *node->second;
            if (!known || everything || found.seq != job.last_seq) {
                if (known) leave(order, found);
                found = Node();
                enter(job, found);
            }
            found.job = &job;
            ++node;
        }
        while (node != all.nodes_.end()) drop();
    }

    void work_through(Node& node, const std::string& bay, Instant& free) const {
        node.put(&Node::bay, bay);
        node.put(&Node::from, free);
        free = later(free, node.work.remaining);
        node.put(&Node::worked, free);
    }

    void lines() {
        for (const auto& bay : touched_lines) {
            Instant free = at;
            const auto line = all.lines_.find(bay);
            for (const auto& [place, order] : line->second) work_through(*all.nodes_.at(order), bay, free);
            const bool moved = all.ends_.contains(bay) ? all.ends_.at(bay) != free : free != at;
            touched_pool = touched_pool || moved;
            all.ends_[bay] = free;
            if (line->second.empty()) all.lines_.erase(line);
        }
    }

    /// Bays a waiting job may go to: of its kind, else general ones, else any that is no wash bay.
    std::vector<const Bay*> bays_for(BayKind kind) const {
        std::vector<const Bay*> out;
        const auto gather = [&](auto&& fits) {
            for (const auto& bay : shop.bays) {
                if (out.empty() || fits(*out.front())) {
                    if (fits(bay)) out.push_back(&bay);
                }
            }
        };
        gather([kind](const Bay& bay) { return bay.kind == kind; });
        if (out.empty()) gather([](const Bay& bay) { return bay.kind == BayKind::general; });
        if (out.empty()) gather([](const Bay& bay) { return bay.kind != BayKind::wash; });
        return out;
    }

    void pool() {
        if (!touched_pool) return;
        std::map<BayKind, std::vector<const Bay*>> choice;
        std::map<std::string, Instant, std::less<>> free;
        for (const auto& bay : shop.bays) {
            const auto end = all.ends_.find(bay.id);
            free[bay.id] = end == all.ends_.end() ? at : end->second;
        }
        for (const auto& [key, order] : all.pool_) {
            Node& node = *all.nodes_.at(order);
            auto [bays, first] = choice.try_emplace(node.kind);
            if (first) bays->second = bays_for(node.kind);
            const auto best = std::ranges::min_element(bays->second, {}, [&](const Bay* bay) { return free[bay->id]; });
            Instant alone = at;  // a shop without bays: as if one were free
            if (best == bays->second.end()) {
                work_through(node, {}, alone);
            } else {
                work_through(node, (*best)->id, free[(*best)->id]);
            }
        }
    }

    void inspections() {
        for (auto& [order, node] : all.nodes_) {
            if (!node->moved) continue;
            Instant done = node->worked;
            for (const auto& [level, rest] : levels_due(*node->job)) done = later(done, rest);
            touched_wash = touched_wash || (node->job->wash && done != node->inspected);
            node->put(&Node::inspected, done);
            if (!node->job->wash) {
                node->put(&Node::wash_from, done);
                node->put(&Node::ready, done);
            }
        }
    }

    /// Levels still to pass, each with its minutes.
    std::vector<std::pair<int, int>> levels_due(const Job& job) const {
        std::vector<std::pair<int, int>> out;
        if (job.state == JobState::washing) return out;
        const bool inspecting = job.state == JobState::inspection;
        const int last = shop.inspections_for(job.type, !job.return_of.empty());
        for (int level = inspecting ? job.passed_level + 1 : 2; level <= last; ++level) {
            const int whole = level_minutes(shop, level);
            const bool running = inspecting && out.empty();
            out.emplace_back(level, running ? rest_of_step(shop, job, whole, at) : whole);
        }
        return out;
    }

    /// First come, first served; cars that are there already came when they came.
    void wash() {
        if (!touched_wash) return;
        std::vector<std::tuple<Instant, std::uint64_t, Node*>> arrivals;
        for (auto& [order, node] : all.nodes_) {
            if (!node->job->wash) continue;
            const bool there = node->job->state == JobState::washing;
            arrivals.emplace_back(there ? node->job->since : node->inspected, node->job->first_seq, node.get());
        }
        std::ranges::sort(arrivals);
        const auto places = std::ranges::count(shop.bays, BayKind::wash, &Bay::kind);
        std::multiset<Instant> free;
        for (std::ptrdiff_t i = 0; i < std::max<std::ptrdiff_t>(places, 1); ++i) free.insert(at);
        const int whole = static_cast<int>(shop.prediction.wash.count());
        std::size_t begun = 0;
        for (const auto& [arrival, seq, node] : arrivals) {
            const bool running = node->job->state == JobState::washing && begun++ < free.size();
            const Instant from = std::max(arrival, *free.begin());
            free.erase(free.begin());
            node->put(&Node::wash_from, from);
            node->put(&Node::ready, later(from, running ? rest_of_step(shop, *node->job, whole, at) : whole));
            free.insert(node->ready);
        }
    }

    void add_leg(Prediction& out, Stage stage, Instant from, Instant to, int level = 0) const {
        const auto working = static_cast<int>(shop.calendar.working_minutes(from, to).count());
        if (working <= 0) return;
        out.legs.push_back(
            {.stage = stage, .level = level, .minutes = working, .from = shop.calendar.next_open(from), .to = to});
    }

    Prediction made(const Node& node) const {
        const Job& job = *node.job;
        Prediction out{.order = job.order, .bay = node.bay, .work = node.work};
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
        int other = -node.work.remaining;
        for (const auto& leg : out.legs) other += leg.minutes;
        const auto available = shop.calendar.working_minutes(at, promised + minutes{1}).count();
        out.chance = chance_of(spread_of(board, shop, job), node.work, std::max(other, 0), static_cast<int>(available));
        return out;
    }

    void tell() {
        all.recomputed_ = 0;
        for (auto& [order, node] : all.nodes_) {
            if (!node->moved) continue;
            all.out_.jobs.insert_or_assign(order, made(*node));
            node->moved = false;
            ++all.recomputed_;
        }
    }
};

const Predictions& Predictor::update(const Board& board, const Shop& shop, Instant now, const Job* guest) {
    const Instant at = minute_of(now);
    const bool everything = fresh_ || at != out_.at || board.item_times.revision != revision_;
    fresh_ = false;
    out_.at = at;
    revision_ = board.item_times.revision;
    if (everything) ends_.clear();
    Pass pass{.all = *this, .board = board, .shop = shop, .at = at, .touched_pool = everything};
    pass.look(everything);
    if (guest) pass.enter(*guest, *nodes_.insert_or_assign(guest->order, std::make_shared<Node>()).first->second);
    pass.lines();
    pass.pool();
    pass.inspections();
    pass.wash();
    pass.tell();
    return out_;
}

const Prediction* Predictions::find(std::string_view order) const {
    const auto found = jobs.find(order);
    return found == jobs.end() ? nullptr : &found->second;
}

Predictions predict(const Board& board, const Shop& shop, Instant now) {
    return Predictor().update(board, shop, now);
}

}  // namespace baytime
