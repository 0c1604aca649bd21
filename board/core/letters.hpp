// Text as letters, as plates and names need it. Inside core only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baytime {

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
