// Chinese text for signs that have Latin letters only. Pure; one table of licence plate characters.
#pragma once

#include <string>
#include <string_view>

namespace baytime::signs {

/// Printable ASCII (20..7D), nothing lost that tells two plates apart: `沪A·12345` is `HU-A12345`, `3号工位` is `BAY
/// 3`. A character without entry becomes `_`; control characters vanish.
std::string latin(std::string_view text);
/// The characters of `text` that latin() has no entry for.
std::string without_latin(std::string_view text);

}  // namespace baytime::signs
