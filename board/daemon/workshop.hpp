// The single writer. Commands that were waiting when a turn of the loop began are decided one after another, stored in
// one durable commit, and only then answered and shown. Knows no socket; the clock and the journal are handed in.
#pragma once

#include "board/core/board.hpp"
#include "board/core/command.hpp"
#include "board/core/decide.hpp"
#include "board/core/due_watch.hpp"
#include "board/core/prediction.hpp"
#include "board/core/shop.hpp"
#include "board/core/verdict.hpp"
#include "board/daemon/imports.hpp"
#include "board/store/journal.hpp"
#include "protocol/replies.hpp"

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace baytime::daemon {

/// Why a request was refused, as it goes over the wire.
struct Refused {
    std::string token;
    std::string sentence;
    int code = -32000;
};
using Outcome = std::variant<protocol::Result, Refused>;

inline constexpr int identity_code = -32001;
inline constexpr int limit_code = -32002;
inline constexpr int storage_code = -32003;
/// What disk or system refused; with the failure also why, where that is known (storage_refusal.cpp).
Refused storage_refusal();
Refused storage_refusal(const std::exception& failure);

/// A command on its way to a turn.
struct Submission {
    Command command;
    std::string verb;
    std::string who;
    std::optional<Instant> at;                 ///< the tap; nothing: when it is decided
    std::string key;                           ///< client-made, or empty
    std::function<void(const Outcome&)> done;  ///< called once, in a later call of turn()
    /// Asked when its turn has come: why it may not be done after all. Empty: it may.
    std::function<std::optional<Refused>()> barred{};
};

class Workshop {
public:
    /// Replays the journal. Throws std::runtime_error when it cannot be read.
    Workshop(store::Journal& journal, std::shared_ptr<const Shop> shop, std::function<Instant()> clock);

    void submit(Submission submission);
    bool has_work() const { return !waiting_.empty(); }
    /// Commands that wait for the next turn.
    std::size_t waiting() const { return waiting_.size(); }
    /// Decides, stores and answers everything that waits, and raises, passes on and closes the alerts that are due.
    /// Returns the events that are now part of the record.
    std::vector<Event> turn();
    /// Whether the shop's clock is in doubt now: then hand-overs get no verdict.
    void doubt_time(bool doubted) { time_in_doubt_ = doubted; }
    /// A doubt has ended, and this is how the times noted in it are put right.
    void correct_time(const TimeCorrection& correction) { correction_ = correction; }
    /// When turn() has to be called although nobody asks anything; nothing when time alone makes nothing due.
    std::optional<Instant> next_due() const { return next_due_; }

    /// Imports a file's orders in one durable commit of their own, all or none: with a bad row nothing is stored unless
    /// `skip_bad`. To be called between turns. Throws std::runtime_error when nothing could be stored.
    ImportReport import(reports::OrderFile file, const std::string& who, bool skip_bad, bool dry_run);

    /// Forgets names and plates of orders closed longer ago than `after` (0: never), a limited number at once: true
    /// when more wait. After the last ones it makes sure that what was forgotten is gone from the files. Never throws;
    /// what failed is tried again by the next call.
    bool forget_old_names(std::chrono::days after);

    const Board& board() const { return board_; }
    const Shop& shop() const { return *shop_; }
    /// Another configuration. Rows of reports are made anew when the zone is another. Throws std::runtime_error.
    void use(std::shared_ptr<const Shop> shop);
    const reports::ShopZone& zone() const { return zone_; }
    /// When each car will be ready; only what changed since the last call is made anew. Valid until the next call.
    const Predictions& predictions(Instant now) { return predictor_.update(board_, *shop_, now); }
    const Predictor& predictor() const { return predictor_; }  ///< as the last call of predictions() left it
    store::Journal& journal() { return journal_; }
    /// False after a failed commit until the board could be read back from the journal; then nothing may be shown.
    bool sound() const { return sound_; }
    /// What to say of that, or of the newest commit that failed.
    const Refused& refusal() const { return refusal_; }
    /// False from a commit that failed to the next one that succeeds: the disk refuses.
    bool storing() const { return storing_; }
    std::uint64_t commits() const { return commits_; }
    std::uint64_t failed_commits() const { return failed_commits_; }

private:
    struct Decided {
        Outcome outcome;
        std::function<void(const Outcome&)> done;
    };
    /// What a turn has gathered before it is on disk.
    struct Batch {
        std::vector<Event> events;
        std::vector<store::Answer> answers;
        std::map<std::string, store::Answer, std::less<>> by_key;
        std::vector<Decided> decided;
        ImportedOrders imported;  ///< those that events of this turn are about, with them
    };

    Outcome decide_one(const Submission& ask, Instant now, Batch& batch);
    Outcome fresh(const Submission& ask, Instant now, Batch& batch);
    std::optional<ImportedOrder> find_imported(const std::string& number, const Batch& batch);
    bool return_imported(const Command& command, const Batch& batch);
    std::optional<Outcome> remembered(const Submission& ask, const std::string& fingerprint, const Batch& batch);
    bool commit(const Batch& batch);
    void mind_alerts(Instant now, Batch& batch);
    /// Gives hand-overs of a doubted time their verdict, once the clock is confirmed.
    void stamp_held_verdicts(Instant now, Batch& batch);
    bool stamps_wait() const { return !time_in_doubt_ && !board_.held.empty(); }
    /// Stores what the daemon does by itself.
    void say(const std::string& order, Fact fact, const std::string& cause, Instant now, Batch& batch);
    void rebuild();
    void forget_old_answers(Instant now);
    /// The imported orders of the plate join those of the board.
    void add_imported(const Submission& ask, Decision& decision);
    void scrub();

    store::Journal& journal_;
    std::shared_ptr<const Shop> shop_;
    reports::ShopZone zone_;
    std::function<Instant()> clock_;
    Board board_;
    Predictor predictor_;
    DueWatch due_watch_;
    std::vector<Submission> waiting_;
    std::optional<Instant> next_due_ = Instant{};  ///< at once, after a start
    bool sound_ = true;
    bool storing_ = true;
    Refused refusal_ = storage_refusal();
    bool time_in_doubt_ = false;
    TimeCorrection correction_;          ///< of the newest doubt; nobody can ask for the others any more
    std::vector<std::string> to_erase_;  ///< orders whose time has come
    bool scrub_wanted_ = false;          ///< something was erased since the files were last scrubbed
    std::uint64_t commits_ = 0, failed_commits_ = 0;
    Instant forgot_{};
};

/// The board that replaying this journal gives.
Board replay(store::Journal& journal);
/// What makes two commands the same for a key: verb, person and parameters. Moments do not count, because the same
/// line sent again may mean another moment (`+30`).
std::string fingerprint(const Submission& ask);

}  // namespace baytime::daemon
