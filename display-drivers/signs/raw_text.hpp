// Text as a raw template's sign takes it, and back. Pure.
#pragma once

#include "display-drivers/signs/raw_template.hpp"

#include <string>
#include <string_view>

namespace baytime::signs::raw {

/// What the sign cannot show is replaced; control characters and blanks at the ends vanish.
std::string letters(std::string_view utf8, const RawTemplate& form);
/// Every character as it is, or nothing when one has no code.
std::optional<std::string> exact(std::string_view utf8, const RawTemplate& form);
/// UTF-8 of such bytes.
std::string shown(std::string_view bytes, const RawTemplate& form);

}  // namespace baytime::signs::raw
