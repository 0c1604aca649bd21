// A configuration file without its secrets: for a helper far away. What is not known to be harmless is left out.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace baytime::config {

/// Lines such as `bay[0].kind = "express"`. Texts stand there only under keys that never hold a secret or a name of a
/// person, and where one of a few words belongs only these `words`; of all others only the length. Throws ConfigError
/// when the file is missing or is no TOML.
std::vector<std::string> outline(const std::string& path, const std::set<std::string, std::less<>>& words);

}  // namespace baytime::config
