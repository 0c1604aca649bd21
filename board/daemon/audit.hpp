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
/// Kinds of refusals told apart within a window: of one peer, and of all. Beyond it they count as `more`.
inline constexpr std::size_t max_kinds_of_one_peer = 30;
inline constexpr std::size_t max_kinds = 250;
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

    /// Never throws: a disk that refuses the line costs the line, and the log says so once.
    void add(TurnedAway what, Instant now);
    /// The newest, oldest first; what has only been counted so far is written before.
    std::vector<AuditEntry> newest(std::size_t count);

private:
    struct Window {
        Instant first{}, last{};
        std::uint64_t more = 0;  ///< beyond the first, which has its line
    };
    void end_windows(Instant now);
    void write(const AuditEntry& entry);
    void rotate() const;

    std::string path_;
    std::map<TurnedAway, Window> open_;
    bool failed_ = false;
};

}  // namespace baytime::daemon
