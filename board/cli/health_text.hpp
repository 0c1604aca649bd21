// What `baytime health` prints. Pure.
#pragma once

#include "board/cli/show.hpp"

namespace baytime::cli {

/// The exit code when nobody could be asked, as monitoring plug-ins have it.
inline constexpr int health_unknown = 3;

/// The verdict on the first line, what is wrong with what to do, then figures and tables.
std::string health_text(const protocol::json::object& health, bool chinese, const Offset& offset);

}  // namespace baytime::cli
