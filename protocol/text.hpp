// Small questions about text: is it UTF-8, how is it shown in a sentence, which known name did they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baytime::protocol {

bool valid_utf8(std::string_view bytes);
/// The text in quotes for a sentence: at most 40 bytes, control characters as `?`.
std::string shown(std::string_view text);
/// The known name nearest to `text` (case does not matter), or empty when none is near.
std::string nearest(std::string_view text, const std::vector<std::string>& known);
/// ` Did you mean "start"?`, or empty.
std::string did_you_mean(std::string_view text, const std::vector<std::string>& known);
/// `a, b or c`
std::string one_of(const std::vector<std::string>& names);

}  // namespace baytime::protocol
