// The journal: every event for ever, and the answers given to keyed commands. SQLite through SQLiteCpp.
#pragma once

#include "board/core/event.hpp"
#include "board/reports/settled_job.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace baytime::store {

/// The first answer to a command that carried a key (kept for key_life).
struct Answer {
    std::string key;
    Instant received{};
    std::string command;  ///< fingerprint of the command, to refuse the same key for another command
    std::string reply;    ///< what was answered, as JSON
};
inline constexpr std::chrono::hours key_life{7 * 24};

/// What opening found, for log and health.
struct Opening {
    bool created = false;       ///< there was no file
    int upgraded_from = 0;      ///< schema before, 0 when it was current
    std::string damaged;        ///< where a damaged file was put, or empty
    std::string damage;         ///< what was wrong with it, a sentence for log and health
    std::string restored_from;  ///< the backup used instead, or empty when none was good
    bool listed_anew = false;   ///< the list of events by order was wrong, which harms no event
    std::string newer_copy{};   ///< a good copy that holds more than the journal, or empty
    std::uint64_t newer_copy_events = 0;
    std::uint64_t events = 0;
};

/// What the tables for reports learn from the same events (settled_table.hpp).
struct Projected {
    std::vector<reports::SettledJob> fresh{};  ///< rows of orders that had none
    std::vector<reports::SettledJob> settled;  ///< rows to put in, or over older ones
    std::vector<std::string> unsettled;        ///< orders whose row goes
};

/// Stored by one process at a time.
class Journal {
public:
    /// Opens or creates `path`, checks it, upgrades its schema; a damaged file is set aside and the newest good backup
    /// in `backups` takes its place. Throws std::runtime_error when another process holds the file or no file can be
    /// had.
    static std::unique_ptr<Journal> open(const std::string& path, const std::string& backups);
    /// For reports and checks beside a running daemon: takes no lock, changes nothing, and append() and
    /// forget_answers() throw. Throws std::runtime_error when there is no journal of this schema at `path`.
    static std::unique_ptr<Journal> open_to_read(const std::string& path);
    virtual ~Journal() = default;

    /// Stores all or none, and returns once they are on disk. With an `erased` event the names in the earlier events of
    /// its order are blanked, and answers to keyed commands about it forgotten. Throws std::runtime_error when they
    /// could not be stored.
    virtual void append(std::span<const Event> events, std::span<const Answer> answers) = 0;
    /// The same with the rows for reports that follow from the events.
    virtual void append_projected(std::span<const Event> events, std::span<const Answer> answers, const Projected&) {
        append(events, answers);
    }
    /// True when the rows for reports are there and of this kind: made by the same rules for the same time zone.
    virtual bool projection_is(const std::string&) { return true; }
    /// Makes the rows anew, in one transaction: `fill` hands every row to its argument. Throws std::runtime_error.
    virtual void rebuild_projection(
        const std::string& kind,
        const std::function<void(const std::function<void(const reports::SettledJob&)>&)>& fill) {
        static_cast<void>(kind);
        static_cast<void>(fill);
    }
    /// Every event with seq > after, in order. The callback returns false to stop. Throws std::runtime_error.
    virtual void read(std::uint64_t after, const std::function<bool(const Event&)>& each) = 0;
    /// The events about one order, in order; when there are more than `limit`, the newest ones.
    virtual std::vector<Event> history(std::string_view order, std::size_t limit) = 0;
    /// Imported orders that still have a plate: of this one when it is given, else those settled before `before`.
    virtual std::vector<std::string> imported_plates(std::string_view plate, Instant before, std::size_t limit) {
        static_cast<void>(plate), static_cast<void>(before), static_cast<void>(limit);
        return {};
    }
    /// Makes sure that nothing of what `erased` events blanked is left in the files. Throws std::runtime_error; then it
    /// is to be called again later.
    virtual void scrub() {}
    virtual std::optional<Answer> answer(std::string_view key) = 0;
    virtual void forget_answers(Instant before) = 0;
    /// Writes a complete, verified copy while running, and never over a file that is there. Throws std::runtime_error.
    /// Uses a connection of its own, so that a second thread may call it while this one goes on appending.
    virtual void backup(const std::string& to) = 0;
    virtual const Opening& opening() const = 0;
};

}  // namespace baytime::store
