// The inner life of the Predictor: what it keeps of a job, and one update, stage by stage. Inside core only.
#pragma once

#include "board/core/prediction.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace baytime {

/// What the shop and the job say, before anything follows from it.
struct Told {
    OwnWork work{};
    BayKind kind = BayKind::general;
    std::string bay{};   ///< the job's own
    bool lined = false;  ///< it stands in that bay's line
    int place = 0;
    std::optional<DispatchKey> pooled{};
    std::optional<Instant> washing{};
    bool wash = false;
    bool operator==(const Told&) const = default;
};

/// One job on its way. `moved`: it or something it leads to has changed, so its prediction is made anew.
struct Predictor::Node {
    std::string_view order{};
    const Job* job = nullptr;
    Told says{};
    std::string bay{};  ///< the bay its work is counted on
    Instant from{}, worked{}, inspected{}, wash_from{}, ready{};
    bool moved = false;
};

/// One update: what was touched, then stage by stage what follows from it.
struct Predictor::Pass {
    Predictor& all;
    const Board& board;
    const Shop& shop;
    Instant at;
    bool everything = false;
    bool touched_pool = false, touched_wash = false;
    std::set<std::string, std::less<>> touched_lines{};
    std::vector<Node*> moved{};
    std::vector<Node*> entered{};  ///< in a line or in the pool

    /// All jobs anew.
    void begin();
    /// The jobs of the newest events.
    void follow();
    void look_at(const std::string& order, const Job* job);
    /// The lines before the bays, each from its beginning.
    void lines();
    /// The jobs that wait for a bay.
    void pool();
    /// Until the next minute a newcomer to a long line goes with the car before it.
    void join();
    void inspections();
    /// First come, first served; cars that are there already came when they came.
    void wash();
    void tell();

private:
    /// A bay, and when it is free.
    struct Free {
        BayKind kind = BayKind::general;
        std::pair<Instant, std::size_t> bay{};
    };

    /// Lines are followed to their end at once, or with the next full minute.
    bool prompt() const { return everything || all.nodes_.size() <= all.prompt_; }
    Instant later(Instant from, int working_minutes) const {
        return shop.calendar.plus_working(from, std::chrono::minutes{working_minutes});
    }
    void mark(Node& node);
    template <class T>
    void put(Node& node, T Node::*member, const T& value) {
        if (node.*member == value) return;
        node.*member = value;
        mark(node);
    }
    void leave(const Node& node);
    void enter(Node& node, Told says);
    void work_through(Node& node, const std::string& bay, Instant& free);
    void end_line(const std::string& bay, Instant free);
    /// The kinds of bay a waiting job may go to: its own, else general ones, else any that is no wash bay.
    std::vector<BayKind> kinds_for(BayKind kind) const;
    /// The first in the shop's order of those that are free first.
    std::optional<Free> first_free(BayKind kind) const;
    /// Levels still to pass, each with its minutes.
    std::vector<std::pair<int, int>> levels_due(const Job& job) const;
    int rest_of_step(const Job& job, int whole) const;
    int wash_minutes(const Node& node, bool running) const;
    void add_leg(Prediction& out, Stage stage, Instant from, Instant to, int level = 0) const;
    Prediction made(const Node& node) const;
};

}  // namespace baytime
