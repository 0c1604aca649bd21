// Text that nothing obeys: what every program prints, logs and writes beside files of others goes through here. The
// bytes may be any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace baytime::protocol {

/// How many bytes the character at the front of a text has; 0 when the bytes begin none (UTF-8 after RFC 3629).
std::size_t character_bytes(std::string_view text);
/// Whether a terminal or a reader of lines may obey this character: control characters (C0, DEL, C1), line separators,
/// marks of direction, and the byte order mark.
bool is_obeyed(std::string_view character);

/// The text with U+FFFD for each character that may be obeyed, and for each byte that is no UTF-8.
std::string harmless(std::string_view text);
/// The same for a text of several lines: line breaks stay.
std::string harmless_lines(std::string_view text);
/// The same for JSON text: the characters become `\uXXXX` escapes, so that the JSON stays the same value.
std::string harmless_json(std::string_view json);

}  // namespace baytime::protocol
