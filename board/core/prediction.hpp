// When each car will be ready (rule §5): now + the rest of its work + the steps still to come + the queue ahead of it,
// counted in working time. The model, simple on purpose:
// - A bay works on one job at a time: the one that holds it, then its queue in order. A paused job counts as if it
//   went on now.
// - Jobs without a bay go, in the suggested order of dispatch, to the bay of their kind that is free first.
// - Inspections have no queue. Washing has as many places as there are wash bays (at least one): first come first.
// - Technicians are not counted; the bay is what is scarce.
// Time counts in whole minutes of the clock, so that everything that shows predictions changes at the same moments.
#pragma once

#include "board/core/board.hpp"
#include "board/core/dispatch.hpp"
#include "board/core/shop.hpp"
#include "board/core/trail.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace baytime {

/// A stretch of the way to `ready`, in the order of travel.
enum class Stage { queue, work, inspection, wash_queue, wash };
BOOST_DESCRIBE_ENUM(Stage, queue, work, inspection, wash_queue, wash)

struct Leg {
    Stage stage = Stage::work;
    int level = 0;    ///< of an inspection
    int minutes = 0;  ///< working time
    Instant from{}, to{};
    bool operator==(const Leg&) const = default;
};

/// The job's own work in minutes.
struct OwnWork {
    int standard = 0;   ///< as the order says
    int planned = 0;    ///< the same, with what the shop has learned
    int clocked = 0;    ///< working time so far
    int remaining = 0;  ///< planned - clocked, but no less than the floor; 0 when finished
    bool operator==(const OwnWork&) const = default;
};

struct Prediction {
    std::string order{};
    std::string bay{};  ///< where its work is counted: its own bay, or the one it would go to; may be empty
    OwnWork work{};
    std::vector<Leg> legs{};  ///< what takes time, without the empty ones
    Instant ready{};          ///< rounded up to the minute
    std::optional<Instant> promise{};
    int spare = 0;   ///< minutes from ready to promise; negative: late
    int chance = 0;  ///< percent, to keep the promise
    bool operator==(const Prediction&) const = default;

    bool late() const { return spare < 0; }
};

/// One for each job that is here and not ready yet.
struct Predictions {
    Instant at{};  ///< the minute they were made for
    std::map<std::string, Prediction, std::less<>> jobs{};
    bool operator==(const Predictions&) const = default;

    const Prediction* find(std::string_view order) const;
};

/// The work of one job. `at`: a full minute.
OwnWork own_work(const Board& board, const Shop& shop, const Job& job, Instant at);
/// The bay kind a job needs: of the longest item in the catalogue, else by its type.
BayKind bay_kind_of(const Shop& shop, const Job& job);
/// Minutes of one item, and how many of the shop's own jobs say so; 0 jobs: the order's figure stands.
struct ItemPlan {
    int minutes = 0;
    int jobs = 0;
};
ItemPlan plan_of(const Board& board, const Shop& shop, const Item& item);
/// True for items that are to be done: agreed ones, and open ones when the shop counts them.
bool counts(const Shop& shop, const Item& item);

/// On a board with more cars than this, what moves many of them at once (a place in the line for a bay or for the wash,
/// what the shop has learned) is worked out with the next full minute, so that no event costs more the larger the
/// board.
inline constexpr std::size_t prompt_jobs = 500;

/// Keeps the predictions of a board as it changes. Recomputes what an event touches: its bay's line, the jobs that
/// wait for a bay when a line's end moved, the wash queue when an arrival moved. A new minute recomputes all.
class Predictor {
public:
    /// `prompt`: prompt_jobs, or fewer in a test.
    explicit Predictor(std::size_t prompt = prompt_jobs) : prompt_(prompt) {}
    /// Every board handed in must be a later state of the same object, or follow a reset().
    /// `guest`: a job that is not on the board, taken for one that waits for a bay; forgotten at the next update.
    const Predictions& update(const Board& board, const Shop& shop, Instant now, const Job* guest = nullptr);
    /// What a job that is not on the board could expect if it waited for a bay now, on a board of over `prompt` cars:
    /// it goes with the car before it. Nothing on a smaller board, and before the first update.
    std::optional<Prediction> guest(const Board& board, const Shop& shop, const Job& job);
    /// After another shop or another board.
    void reset() { fresh_ = true; }
    const Predictions& predictions() const { return out_; }  ///< of the newest update
    std::size_t recomputed() const { return recomputed_; }   ///< predictions made by the newest update
    /// The orders whose prediction came, went or changed.
    const Trail& moved() const { return moved_; }

private:
    struct Node;
    struct Pass;
    using Line = std::set<std::pair<int, std::string>>;  ///< by place; the holder of a bay has place 0

    std::map<std::string, std::shared_ptr<Node>, std::less<>> nodes_{};
    std::map<std::string, Line, std::less<>> lines_{};
    std::map<std::string, Instant, std::less<>> ends_{};  ///< when each line is done, of those that are not done now
    std::map<BayKind, std::set<std::pair<Instant, std::size_t>>>
        free_{};  ///< when each bay is, by its place in the shop
    std::set<std::pair<DispatchKey, std::string>> pool_{};
    Predictions out_{};
    Trail moved_{};
    std::uint64_t seen_ = 0;  ///< of Board::touched
    std::uint64_t revision_ = 0;
    bool fresh_ = true;
    std::size_t recomputed_ = 0;
    std::size_t prompt_;
};

Predictions predict(const Board& board, const Shop& shop, Instant now);

}  // namespace baytime
