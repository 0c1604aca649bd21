// The files of assets/lang that reports read, as CMake embeds them.
#pragma once

#include <string_view>

namespace baytime::reports::embedded {

std::string_view chinese();
std::string_view english();

}  // namespace baytime::reports::embedded
