// Text for a terminal: how many columns it takes, and what cannot do harm: whatever came over the wire passes through
// harmless() before it is printed. Bytes are UTF-8.
#pragma once

#include "protocol/harmless.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace baytime::cli {

using protocol::harmless, protocol::harmless_json, protocol::harmless_lines;

/// Columns the text takes: Chinese characters take two, combining marks none.
std::size_t columns(std::string_view text);
/// Exactly `width` columns: cut with `…`, or filled with blanks on the right.
std::string fit(std::string_view text, std::size_t width);

}  // namespace baytime::cli
