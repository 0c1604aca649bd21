// Completion for the shell, made from the verb table.
#pragma once

#include <string>

namespace baytime::cli {

/// The bash script that deploy/completion/baytime.bash keeps.
std::string bash_completion();

}  // namespace baytime::cli
