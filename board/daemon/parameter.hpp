// One parameter of a question.
#pragma once

#include "protocol/verbs.hpp"

#include <string>
#include <string_view>

namespace baytime::daemon {

/// Empty when it was not given.
inline std::string parameter(const protocol::Query& query, std::string_view name) {
    const auto found = query.parameters.find(name);
    return found == query.parameters.end() ? std::string{} : found->second;
}

}  // namespace baytime::daemon
