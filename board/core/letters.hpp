// Text as letters, as plates and names need it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baytime {

/// True when a text holds what no line of text may hold: control characters (below U+0020, U+007F to U+009F, which a
/// terminal obeys), line and paragraph separators, and marks that turn the direction of what follows (Unicode 15, Bidi
/// controls), for one of them turns a whole row of the board round.
bool has_control(std::string_view text);

/// One UTF-8 letter each.
using Letters = std::vector<std::string>;

/// Empty when the bytes are no UTF-8.
Letters letters_of(std::string_view text);
std::string joined(const Letters& letters);
/// A to Z, 0 to 9.
bool plain(const std::string& letter);
/// What people write between the parts of a plate.
bool separator(const std::string& letter);
/// Small letters, and the full-width letters and digits of Chinese keyboards, become plain ones.
std::string plain_form(const std::string& letter);

}  // namespace baytime
