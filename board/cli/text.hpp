// Text for a terminal: what cannot do harm, and how many columns it takes. Bytes are UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace baytime::cli {

/// The text without anything a terminal would obey: control characters (C0, DEL, C1) and direction marks become
/// U+FFFD, and so does what is no UTF-8. Whatever came over the wire passes through here before it is printed.
std::string harmless(std::string_view text);
/// The same for JSON text: the characters become `\uXXXX` escapes, so that the JSON stays the same value.
std::string harmless_json(std::string_view json);
/// Columns the text takes: Chinese characters take two, combining marks none.
std::size_t columns(std::string_view text);
/// Exactly `width` columns: cut with `…`, or filled with blanks on the right.
std::string fit(std::string_view text, std::size_t width);

}  // namespace baytime::cli
