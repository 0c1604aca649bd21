// What happens to a damaged journal: it is set aside, never deleted, and the newest good backup takes its place.
#pragma once

#include "board/store/journal.hpp"

namespace baytime::store {

/// Sets `path` aside and puts the newest good backup of the directory `backups` there, and says so in `opening`.
/// Afterwards there is no file at `path` when no backup was good. Throws std::runtime_error.
void rescue(const std::string& path, const std::string& backups, Opening& opening);

/// Ends a rescue that was cut off between setting aside and putting in place. Throws std::runtime_error.
void finish_rescue(const std::string& path, Opening& opening);

}  // namespace baytime::store
