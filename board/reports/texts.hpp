// Every text of a report that people read, in both languages; the texts themselves live in assets/lang. Pure.
#pragma once

#include "protocol/json.hpp"

#include <map>
#include <string>
#include <string_view>

namespace baytime::reports {

/// All texts of a language by their keys: `title.rate_bp`, `word.on_time`, `formula.settled`.
const std::map<std::string, std::string, std::less<>>& texts(bool chinese);

/// The text `group.kind.name`, else `group.name`, else nothing. `kind`: the report's name, may be empty.
std::string_view text(std::string_view group, std::string_view kind, std::string_view name, bool chinese);

/// The text with each `{name}` replaced by the number of that name, where there is one.
std::string filled(std::string_view text, const protocol::json::object& numbers);

}  // namespace baytime::reports
