// The daily copy of the journal: when one is due, what it is called, and how many are kept.
#pragma once

#include "board/store/journal.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace baytime::daemon {

inline constexpr std::size_t backups_kept = 14;
/// A new copy is due when the newest is this old; a little less than a day, so that it keeps to its time of day.
inline constexpr std::chrono::hours backup_every{23};

/// True when the directory holds no copy younger than backup_every.
bool backup_due(const std::string& directory);
/// Writes `DIRECTORY/journal-<UTC time>.db`, then deletes all but the newest backups_kept of such copies.
/// Returns its path. Throws std::runtime_error.
std::string make_backup(store::Journal& journal, const std::string& directory);

}  // namespace baytime::daemon
