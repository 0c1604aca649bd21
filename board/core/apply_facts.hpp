// What one fact does to one job. Inside core only; everyone else calls apply().
#pragma once

#include "board/core/board.hpp"

namespace baytime {

/// Changes the job; `queue_place` is the board's next one and moves on when the job joins a queue. Not for Undone.
void put_fact(Job& job, const Event& event, int& queue_place);

/// False for facts that change no job: they are no job's newest change either, and undo passes them over.
bool about_job(const Fact& fact);
/// Puts one of those into the board.
void put_beside(Board& board, const Event& event);

}  // namespace baytime
