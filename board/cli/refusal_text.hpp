// What a refusal means, in Chinese: by its token, with the daemon's own sentence behind it.
#pragma once

#include "board/cli/trouble.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace baytime::cli {

/// The sentence of the trouble; in Chinese with what its token means in front, when this is known.
std::string sentence_of(const Trouble& trouble, bool chinese);

/// What the token means, in Chinese; nothing when this is not known.
std::optional<std::string> meaning_of(std::string_view token);

}  // namespace baytime::cli
