// Puts a copy in the journal's place, by hand: the daemon must not run. Nothing is deleted.
#pragma once

#include "board/core/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace baytime::store {

struct Restored {
    std::uint64_t events = 0;  ///< also the sequence number of the newest
    Instant newest{};          ///< when that was received
    std::string set_aside;     ///< the journal that was there before, or empty
};

/// Checks `backup` as a whole and replays it, then moves the journal at `path` aside and puts a copy in its place.
/// Throws std::runtime_error with a sentence, and then has changed nothing: when a daemon holds the journal, or when
/// the backup is damaged, of a later version, of another program, or a journal in use.
Restored restore(const std::string& path, const std::string& backup);

/// After a restore: the copies in `directory` that hold more than these `events` belong to a record that was given up.
/// Each gets `.before-restore-TIME` behind its name, so that no later rescue takes it for the newest. Returns their new
/// names. Throws std::runtime_error with a sentence.
std::vector<std::string> set_newer_aside(const std::string& directory, std::uint64_t events);

}  // namespace baytime::store
