// What `baytime health` prints. Pure.
#pragma once

#include "board/cli/show.hpp"

namespace baytime::cli {

/// The exit code when nobody could be asked, as monitoring plug-ins have it.
inline constexpr int health_unknown = 3;

struct Manner {
    bool chinese = false;
    Offset offset{};
    Cells cells = Cells::narrow;  ///< of the tables
};

/// The verdict on the first line, what is wrong with what to do, then figures and tables. In Chinese, reasons that are
/// known are told so; of the others the log tells.
std::string health_text(const protocol::json::object& health, const Manner& manner);

}  // namespace baytime::cli
