// Where tests find the tree that they test. Only paths.cpp is compiled with the tree's path in it, so that the objects
// of all other tests are the same in every clone and ccache shares them.
#pragma once

#include <string>

namespace baytime::support {

/// A file of the repository: source("assets/standard-times.csv"). An absolute path.
std::string source(const std::string& below);

/// A built program or library: built("board/cli/baytime"). An absolute path.
std::string built(const std::string& below);

}  // namespace baytime::support
