// What one fact does to one job. Inside core only; everyone else calls apply().
#pragma once

#include "board/core/event.hpp"

namespace baytime {

/// Changes the job; `queue_place` is the board's next one and moves on when the job joins a queue. Not for Undone.
void put_fact(Job& job, const Event& event, int& queue_place);

}  // namespace baytime
