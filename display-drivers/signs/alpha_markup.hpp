// Texts of the Alpha protocol as people write them: codes inside a text are words in braces, `{red}BAY
// 1{line}{string:a}`. Pure. One text has one form: what was read from the wire is written to it again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace baytime::signs::alpha {

/// What a text may hold, for help: `{red}`, `{line}` ...
std::string markup_help();
/// Bytes of a text; a sentence in `fault` and nothing when it has a fault: an unknown word, a character beyond ASCII.
std::optional<std::string> bytes_of_markup(std::string_view text, std::string& fault);
/// Every byte is shown: unknown codes as `{hex:1F}`, `{` as `{{`.
std::string markup_of(std::string_view bytes);

}  // namespace baytime::signs::alpha
