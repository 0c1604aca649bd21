// Help without a daemon: everything comes from the verb table.
#pragma once

#include "protocol/verbs.hpp"

#include <string>

namespace baytime::cli {

/// The overview: how to call, the options, every verb with one line.
std::string overview();
/// One verb: usage, parameters with what they take, who may. Throws Trouble{usage} for an unknown verb.
std::string help_of(const std::string& name);

}  // namespace baytime::cli
