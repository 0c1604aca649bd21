// One character of UTF-8 at a time, for texts that come from anywhere. Pure.
#pragma once

#include <string>
#include <string_view>

namespace baytime::signs {

/// The bytes of the first character of a text that is not empty; a broken byte stands alone.
std::string_view first_character(std::string_view text);
/// The code point of what first_character() gave; U+FFFD for a broken byte.
char32_t code_point(std::string_view character);
/// UTF-8 of a code point; `?` for what is none.
std::string utf8(char32_t code);

}  // namespace baytime::signs
