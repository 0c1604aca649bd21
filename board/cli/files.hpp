// Whole files, in and out. Failures are Trouble, with the file's name.
#pragma once

#include <string>

namespace baytime::cli {

/// `-` is standard input. Throws Trouble.
std::string read_whole(const std::string& path);
/// Written beside it first, then put in place, so that nobody reads half a file. Throws Trouble.
void write_whole(const std::string& path, const std::string& bytes);

}  // namespace baytime::cli
