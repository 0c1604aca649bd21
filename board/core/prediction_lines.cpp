// What follows stage by stage: the lines before the bays, the wait for a bay, inspections, the wash.
#include "board/core/prediction_pass.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace baytime {

namespace {

/// Places of one line that are followed at once on a board of over prompt_jobs.
constexpr std::size_t prompt_places = 50;
/// A step that should be over takes this much longer, in minutes.
constexpr int overrun_step = 1;

int level_minutes(const Shop& shop, int level) {
    return static_cast<int>((level >= 3 ? shop.prediction.inspection_3 : shop.prediction.inspection_2).count());
}

/// When the step that the job is in began: an inspection level after the one before it.
Instant step_began(const Job& job) {
    return job.inspections.empty() ? job.since : std::max(job.since, job.inspections.back().at);
}

}  // namespace

int Predictor::Pass::rest_of_step(const Job& job, int whole) const {
    const auto passed = shop.calendar.working_minutes(step_began(job), at).count();
    return std::max(whole - static_cast<int>(passed), overrun_step);
}

void Predictor::Pass::work_through(Node& node, const std::string& bay, Instant& free) {
    put(node, &Node::bay, bay);
    put(node, &Node::from, free);
    free = later(free, node.says.work.remaining);
    put(node, &Node::worked, free);
}

void Predictor::Pass::lines() {
    for (const auto& bay : touched_lines) {
        Instant free = at;
        const auto line = all.lines_.find(bay);
        std::size_t places = 0;
        for (const auto& [place, order] : line->second) {
            if (!prompt() && ++places > prompt_places) break;
            work_through(*all.nodes_.find(order)->second, bay, free);
        }
        if (places <= prompt_places) end_line(bay, free);
        if (line->second.empty()) all.lines_.erase(line);
    }
}

void Predictor::Pass::end_line(const std::string& bay, Instant free) {
    const auto known = all.ends_.find(bay);
    const Instant before = known == all.ends_.end() ? at : known->second;
    if (before == free) return;
    touched_pool = true;
    if (const Bay* place = shop.bay(bay)) {
        const auto index = static_cast<std::size_t>(place - shop.bays.data());
        auto& free_bays = all.free_[place->kind];
        free_bays.erase({before, index});
        free_bays.insert({free, index});
    }
    if (free == at) {
        all.ends_.erase(known);
    } else {
        all.ends_[bay] = free;
    }
}

std::vector<BayKind> Predictor::Pass::kinds_for(BayKind kind) const {
    const auto there = [this](BayKind one) { return all.free_.contains(one); };
    for (const auto one : {kind, BayKind::general}) {
        if (there(one)) return {one};
    }
    std::vector<BayKind> out;
    for (const auto& [one, bays] : all.free_) {
        if (one != BayKind::wash) out.push_back(one);
    }
    return out;
}

std::optional<Predictor::Pass::Free> Predictor::Pass::first_free(BayKind kind) const {
    std::optional<Free> best;
    for (const auto one : kinds_for(kind)) {
        const auto& first = *all.free_.at(one).begin();
        if (!best || first < best->bay) best = Free{.kind = one, .bay = first};
    }
    return best;
}

void Predictor::Pass::pool() {
    if (!touched_pool || !prompt()) return;
    std::map<std::size_t, std::pair<BayKind, std::pair<Instant, Instant>>> taken;  // by bay: free before, and now
    for (const auto& [key, order] : all.pool_) {
        Node& node = *all.nodes_.find(order)->second;
        const auto best = first_free(node.says.kind);
        Instant free = best ? best->bay.first : at;  // a shop without bays: as if one were free
        if (!best) {
            work_through(node, {}, free);
            continue;
        }
        const auto [before, index] = best->bay;
        work_through(node, shop.bays[index].id, free);
        auto& bays = all.free_.at(best->kind);
        bays.erase({before, index});
        bays.insert({free, index});
        taken.try_emplace(index, best->kind, std::pair(before, free)).first->second.second.second = free;
    }
    for (const auto& [index, how] : taken) {
        auto& bays = all.free_.at(how.first);
        bays.erase({how.second.second, index});
        bays.insert({how.second.first, index});
    }
}

void Predictor::Pass::join() {
    if (prompt()) return;
    for (Node* node : entered) {
        const std::string order(node->order);
        const auto best = first_free(node->says.kind);
        Instant free = best ? best->bay.first : at;
        std::string bay = best ? shop.bays[best->bay.second].id : std::string{};
        if (node->says.pooled) {
            const auto here = all.pool_.find({*node->says.pooled, order});
            if (here != all.pool_.begin()) {
                const Node& before = *all.nodes_.find(std::prev(here)->second)->second;
                free = std::max(before.from, at);
                bay = before.bay;
            }
        } else {
            const auto& line = all.lines_.at(node->says.bay);
            const auto here = line.find({node->says.place, order});
            if (here == line.begin()) continue;  // its line has been worked through
            free = std::max(all.nodes_.find(std::prev(here)->second)->second->worked, at);
            bay = node->says.bay;
        }
        work_through(*node, bay, free);
    }
}

void Predictor::Pass::inspections() {
    for (std::size_t i = 0; i < moved.size(); ++i) {
        Node& node = *moved[i];
        const auto waits = node.wash_from - node.inspected;
        Instant done = node.worked;
        for (const auto& [level, rest] : levels_due(*node.job)) done = later(done, rest);
        touched_wash = touched_wash || (node.job->wash && done != node.inspected);
        node.inspected = done;
        if (!node.job->wash) {
            node.wash_from = node.ready = done;
        } else if (!prompt()) {
            node.wash_from = node.job->state == JobState::washing ? at : done + waits;
            node.ready = later(node.wash_from, wash_minutes(node, node.job->state == JobState::washing));
        }
    }
}

std::vector<std::pair<int, int>> Predictor::Pass::levels_due(const Job& job) const {
    std::vector<std::pair<int, int>> out;
    if (job.state == JobState::washing) return out;
    const bool inspecting = job.state == JobState::inspection;
    const int last = shop.inspections_for(job.type, !job.return_of.empty());
    for (int level = inspecting ? job.passed_level + 1 : 2; level <= last; ++level) {
        const int whole = level_minutes(shop, level);
        const bool running = inspecting && out.empty();
        out.emplace_back(level, running ? rest_of_step(job, whole) : whole);
    }
    return out;
}

int Predictor::Pass::wash_minutes(const Node& node, bool running) const {
    const int whole = static_cast<int>(shop.prediction.wash.count());
    return running ? rest_of_step(*node.job, whole) : whole;
}

void Predictor::Pass::wash() {
    if (!touched_wash || !prompt()) return;
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
    std::size_t begun = 0;
    for (const auto& [arrival, seq, node] : arrivals) {
        const bool running = node->job->state == JobState::washing && begun++ < free.size();
        const Instant from = std::max(arrival, *free.begin());
        free.erase(free.begin());
        put(*node, &Node::wash_from, from);
        put(*node, &Node::ready, later(from, wash_minutes(*node, running)));
        free.insert(node->ready);
    }
}

}  // namespace baytime
