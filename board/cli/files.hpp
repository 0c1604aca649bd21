// Whole files, in and out. Failures are Trouble, with the file's name.
#pragma once

#include <cstddef>
#include <string>

namespace baytime::cli {

/// Largest file that is read whole, in bytes; a daemon takes no larger one. A device that never ends is none either.
inline constexpr std::size_t max_whole_bytes = 256 * 1024 * 1024;

/// `-` is standard input. Throws Trouble `no-file`, or `too-large`.
std::string read_whole(const std::string& path);
/// Written beside it first, then put in place, so that nobody reads half a file. Throws Trouble.
void write_whole(const std::string& path, const std::string& bytes);

}  // namespace baytime::cli
