// From the words of a command line to the parameters of a call, by the verb table alone.
#pragma once

#include "protocol/verbs.hpp"

#include <string>
#include <vector>

namespace baytime::cli {

struct Asked {
    const protocol::Verb* verb = nullptr;
    protocol::json::object parameters;
};

/// `start R1023 bay=3 force` as the shell gives it. Throws Trouble{usage} with a sentence that names the fault:
/// unknown verb or parameter (with the nearest known one), a parameter missing, given twice or too much.
Asked read_arguments(const std::vector<std::string>& words);

/// The words an enumerated type accepts; empty for other types.
std::vector<std::string> choices(const protocol::Parameter& parameter);

}  // namespace baytime::cli
