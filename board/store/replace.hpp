// Puts another file in a journal's place and moves what was there aside, in steps that a start finishes when they are
// cut off: an old journal and its log stay together, and only a whole file takes the place.
#pragma once

#include <optional>
#include <string>

namespace baytime::store {

/// Where the file that shall take the place is made; what a cut leaves there is thrown away.
std::string unfinished_name(const std::string& path);
/// Where it waits, whole and checked; what a cut leaves there is still taken.
std::string waiting_name(const std::string& path);

/// How the name of what is set aside goes on behind the journal's.
inline constexpr const char* damaged_mark = ".damaged-";
inline constexpr const char* replaced_mark = ".replaced-";

/// Moves the journal at `path` and its side files, as far as they are there, to a name with `mark` and the time, and
/// the waiting file, when there is one, in their place. Returns the name, or an empty text when nothing was there.
/// Throws std::system_error; finish_replacing() then goes on.
std::string replace_journal(const std::string& path, const char* mark);

/// What finish_replacing() has done.
struct Finished {
    std::string aside{};        ///< where the old journal is
    std::string why{};          ///< a sentence for log and health
    bool put_in_place = false;  ///< a waiting file is the journal now
};
/// Ends what was cut off, at a start; nothing when nothing was. Throws std::system_error.
std::optional<Finished> finish_replacing(const std::string& path);

}  // namespace baytime::store
