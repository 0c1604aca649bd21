// What happens to a damaged journal: it is set aside, never deleted, and the newest good backup takes its place.
#pragma once

#include "board/store/journal.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace baytime::store {

/// Sets `path` aside and puts the newest good backup of the directory `backups` there, and says so in `opening`.
/// Afterwards there is no file at `path` when no backup was good. Throws std::runtime_error.
void rescue(const std::string& path, const std::string& backups, Opening& opening);

/// The number of a copy's newest event; -1 when it cannot be told. Names and times of files say nothing about it: a
/// clock may have been ahead, and a copy may have been carried.
std::int64_t newest_event(const std::filesystem::path& copy);

/// Ends a rescue that was cut off between setting aside and putting in place. Throws std::runtime_error.
void finish_rescue(const std::string& path, Opening& opening);

}  // namespace baytime::store
