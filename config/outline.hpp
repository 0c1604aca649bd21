// A configuration file without its secrets: for a helper far away. What is not known to be harmless is left out.
#pragma once

#include <string>
#include <vector>

namespace baytime::config {

/// Lines such as `bay[0].kind = "express"`. Texts stand there only under keys that never hold a secret or a name of a
/// person; of all others only the length. Throws ConfigError when the file is missing or is no TOML.
std::vector<std::string> outline(const std::string& path);

}  // namespace baytime::config
