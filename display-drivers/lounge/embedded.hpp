// Files from assets/ that are part of the program.
#pragma once

#include <string_view>

namespace baytime::lounge::embedded {

std::string_view chinese();
std::string_view english();
std::string_view logo_svg();

}  // namespace baytime::lounge::embedded
