// What a command is answered, and how an answer is kept for its key. Pure.
#pragma once

#include "board/daemon/workshop.hpp"

#include <span>
#include <string>
#include <string_view>

namespace baytime::daemon {

/// `subject`: the order it was about when it was asked (subject_of); `imported`: that order, when it is on no board.
/// order, state, seq, changed, and what the verb adds (PROTOCOL.md, Acting verbs).
protocol::Result answer_to(const Command& command, const std::string& subject, std::span<const Event> events,
                           const Board& board, const std::optional<Job>& imported);

/// An outcome as JSON text, and back. `text` must come from answer_text().
std::string answer_text(const Outcome& outcome);
Outcome outcome_of(std::string_view text);

}  // namespace baytime::daemon
