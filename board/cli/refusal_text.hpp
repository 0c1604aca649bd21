// What a refusal means, in Chinese: by its token, with the daemon's own sentence behind it.
#pragma once

#include "board/cli/trouble.hpp"

#include <string>

namespace baytime::cli {

/// The sentence of the trouble; in Chinese with what its token means in front, when this is known.
std::string sentence_of(const Trouble& trouble, bool chinese);

}  // namespace baytime::cli
