// The copies of the journal: made once a day and when asked, on a second thread, so that commands are answered
// meanwhile. A copy gets its name only when it has been opened, checked and replayed.
#pragma once

#include "board/daemon/house.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

/// The first look whether a backup is due comes a little after the start, the others follow.
inline constexpr std::chrono::minutes first_backup_check{1};
inline constexpr std::chrono::minutes backup_check_every{10};
/// While new events come, no more than about this much of the day is missing from the newest copy.
inline constexpr std::chrono::hours growth_copy_every{1};

/// Why a kept copy may be no help: it is damaged, or its name lies in the future.
struct CopyDoubt {
    std::string copy;  ///< the file
    std::string why;
};

/// Which copies lie there.
struct Copies {
    std::optional<std::chrono::sys_seconds> newest;  ///< of those that are not ahead of now, and not empty
    std::size_t count = 0;
    std::vector<std::string> ahead;  ///< named later than now, when the clock was ahead
};
Copies copies_in(const std::string& directory);

/// Writes `DIRECTORY/journal-<UTC time>.db` and deletes the surplus. The copy is opened, its sums are checked, and it
/// is replayed: the board must be that of the journal up to the same event. Touches nothing that another thread may not
/// read. Throws std::runtime_error; soon after `abandon` was requested too, and then leaves nothing.
struct CopyMade {
    std::string path;
    std::uint64_t events = 0;
    std::uintmax_t bytes = 0;
};
CopyMade make_backup(const Settings& settings, const std::stop_token& abandon = {});

/// Takes the names that the journal has forgotten out of the copies made before, each checked and replayed before it
/// takes its old self's place. One that cannot be read or written anew stays as it is, is told, and holds up no other.
/// Throws std::runtime_error only when the directory cannot be read, and soon after `abandon` was requested; what it
/// did till then stays.
struct Forgotten {
    std::size_t changed = 0;  ///< copies that lost names
    std::vector<CopyDoubt> failed;
};
Forgotten forget_in_copies(const Settings& settings, const std::stop_token& abandon = {});

/// A look at one of the kept copies, whole, as long after it was made: disks forget.
struct CopyLook {
    std::string name;  ///< of the file; empty when there is no copy
    std::optional<CopyDoubt> doubt;
};
/// Looks at the copy before `last` in the order of names, and after the first at the newest again (but for the one just
/// made). One with each new copy: backwards, so that copies which come meanwhile put off nobody's turn.
CopyLook look_again(const Settings& settings, const std::string& last, const std::stop_token& abandon = {});

class Backups {
public:
    /// The house outlives it.
    Backups(boost::asio::io_context& io, House& house);
    /// Abandons a copy under way, and waits until nothing is left of it.
    ~Backups();
    Backups(const Backups&) = delete;
    Backups& operator=(const Backups&) = delete;

    /// From now on looks by itself whether a copy is due.
    void begin();
    /// The daemon stops: no copy is begun any more, one under way is abandoned.
    void abandon();
    /// When somebody asked for names to be forgotten among these, a copy is made and the older ones lose the names too
    /// ([privacy] copies).
    void follow(std::span<const Event> events);
    /// Answers `backup`: begins a copy unless one is under way, or with `status` says how the newest one went.
    Outcome answer(const protocol::Query& query);
    /// {"backups", "backup_newest", "backup_age_seconds", "backup_failed"}; the age always, so that no alarm that waits
    /// for it misses it, the others as far as they are known.
    protocol::json::object health() const;
    /// No copy is younger than this. When there is none: since the oldest event, or nothing when there is no event; in
    /// a demonstration, whose events have other times, since the start.
    std::chrono::seconds age() const;
    /// Copies that lie there and may be no help.
    std::vector<CopyDoubt> doubts() const;
    /// Why the newest try failed, or empty.
    const std::string& failure() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace baytime::daemon
