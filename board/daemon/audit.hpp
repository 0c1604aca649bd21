// Who was turned away: one line for each kind of refusal, peer and minute, in files that cannot grow for ever. Holds
// words of this program and ids of the configuration only, so nothing that a peer sends can get into it.
#pragma once

#include "board/core/time.hpp"

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::daemon {

/// In the directory of the journal, for its owner alone; older ones as `.1`, `.2` ...
inline constexpr const char* audit_file = "audit.jsonl";
inline constexpr std::size_t max_audit_file_bytes = 1024 * 1024;
inline constexpr int old_audit_files = 4;
/// The same refusal again within this time is counted, not written anew.
inline constexpr std::chrono::minutes audit_window{1};
/// Kinds of refusals told apart within a window. Wrong PINs, wrong tokens, what known devices were refused and all else
/// have a budget of their own each, so that no noise of strangers hides the others. Beyond it they are only counted.
inline constexpr std::size_t max_kinds_of_one_peer = 30;
inline constexpr std::size_t max_kinds = 200;
/// Of wrong tokens: one for every address of a usual network.
inline constexpr std::size_t max_wrong_tokens = 300;
/// Kinds kept in memory while the disk takes no lines.
inline constexpr std::size_t max_unwritten_kinds = 1000;
/// Most entries that are listed at once.
inline constexpr std::size_t max_audit_listed = 1000;

/// One refusal.
struct TurnedAway {
    std::string peer;    ///< address, without port
    std::string device;  ///< the device that had shown its token, or empty
    std::string person;  ///< staff id: who spoke, or whose PIN was wrong; empty when nobody of the shop was named
    std::string verb;    ///< of the verb table, `scan`, `connect`; empty when the line was none
    std::string token;   ///< of the refusal
    auto operator<=>(const TurnedAway&) const = default;
};

struct AuditEntry {
    TurnedAway what;
    Instant at{};  ///< of the first, or of the newest of those that were only counted
    std::uint64_t count = 1;
    bool operator==(const AuditEntry&) const = default;
};

/// One line of the file, without its newline, and back; nothing for a line that is none.
std::string audit_line(const AuditEntry& entry);
std::optional<AuditEntry> parse_audit_line(std::string_view line);

class Audit {
public:
    explicit Audit(std::string path) : path_(std::move(path)) {}
    ~Audit();
    Audit(const Audit&) = delete;
    Audit& operator=(const Audit&) = delete;

    /// Never throws: what the disk refuses is kept in memory until it takes it, and the log says so once.
    void add(TurnedAway what, Instant now);
    /// Refusals that the disk has not taken yet.
    std::uint64_t unwritten() const;
    /// Tries the disk again.
    void write_unwritten();
    /// The newest, oldest first; what has only been counted so far is written before.
    std::vector<AuditEntry> newest(std::size_t count);

private:
    struct Window {
        Instant first{}, last{};
        std::uint64_t more = 0;  ///< beyond the first, which has its line
    };
    void end_windows(Instant now);
    /// What this one counts as when its budget is used up.
    TurnedAway within_budget(TurnedAway what) const;
    void write(const AuditEntry& entry);
    /// False, with errno, when the disk does not take the whole line; then nothing of it is there.
    bool append(const AuditEntry& entry) const;
    void keep(const AuditEntry& entry);
    /// Oldest first.
    std::vector<AuditEntry> kept() const;
    void rotate() const;

    std::string path_;
    std::map<TurnedAway, Window> open_;
    std::map<TurnedAway, AuditEntry> unwritten_;
};

}  // namespace baytime::daemon
