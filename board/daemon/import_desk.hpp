// One conversation's import: the pieces of a file as they come, then the orders in it. What was sent and not imported
// is forgotten with the conversation. Knows no socket.
#pragma once

#include "board/daemon/caller.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace baytime::daemon {

/// Longest file that is imported at once, in bytes; held in memory while it comes.
inline constexpr std::size_t max_import_bytes = 256 * 1024 * 1024;
/// Most faults in one answer; import-faults lists the others.
inline constexpr std::size_t max_faults_listed = 500;
/// A file of which no piece came for so long gives its place to a newcomer, and after the longer time to nobody.
inline constexpr std::chrono::seconds import_yields_after{10};
inline constexpr std::chrono::seconds import_forgotten_after{120};

/// The one place for a file that is coming in.
struct ImportPlace {
    std::string file;
    Steady::time_point newest{};  ///< piece
    bool lost = false;            ///< given to somebody else, or to nobody

    void lose() {
        std::string().swap(file);
        lost = true;
    }
};

class ImportDesk {
public:
    /// Answers the verbs that begin with `import-`. Throws std::runtime_error when the journal fails.
    Outcome ask(House& house, const Caller& caller, std::string_view verb, const protocol::Query& query);
    /// Nothing more comes: whoever is at the other end may not import, or no longer.
    void give_up(House& house);

private:
    /// Why no place is to be had, or nothing.
    std::optional<Refused> take_place(House& house);
    Outcome take_part(House& house, const std::string& text);
    Outcome import(House& house, const std::string& who, const protocol::Query& query);
    Outcome faults(const protocol::Query& query) const;

    std::shared_ptr<ImportPlace> place_;  ///< House::importing, unless it was lost
    std::vector<reports::Fault> faults_;
};

/// What was done, with the first faults as lines.
protocol::Result import_result(const ImportReport& report, std::uint64_t seq);

}  // namespace baytime::daemon
