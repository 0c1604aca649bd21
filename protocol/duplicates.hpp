// JSON parsers keep the last of two members of one name; a call must not be understood in two ways, so it is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace baytime::protocol {

/// The first member name that stands twice in one object of this JSON text (which must parse), or nothing.
std::optional<std::string> doubled_member(std::string_view text);

}  // namespace baytime::protocol
