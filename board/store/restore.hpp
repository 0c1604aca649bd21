// Puts a copy in the journal's place, by hand: the daemon must not run. Nothing is deleted.
#pragma once

#include "board/core/time.hpp"

#include <cstdint>
#include <string>

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

}  // namespace baytime::store
