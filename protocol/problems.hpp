// What can be wrong with a running daemon, in words for people: what it is and what to do. The single list for
// `health`, the command line and the metrics. Pure.
#pragma once

#include <span>
#include <string_view>

namespace baytime::protocol {

struct ProblemText {
    std::string_view name;  ///< stable: `backup-old`
    std::string_view en, en_remedy;
    std::string_view zh, zh_remedy;
};

/// All of them, the most urgent first: the order in which `health` lists those of one level.
std::span<const ProblemText> problems();
const ProblemText* find_problem(std::string_view name);

}  // namespace baytime::protocol
