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

/// Ends a rescue or a restore that was cut off, and says so in `opening`; false when none was. Throws
/// std::runtime_error.
bool finish_rescue(const std::string& path, Opening& opening);

/// A good copy in `backups` that holds more than these `events` of the journal is named in `opening`: then the journal
/// has lost something, although what it holds is whole.
void look_for_newer_copy(const std::string& backups, std::uint64_t events, Opening& opening);

}  // namespace baytime::store
