// A copy of the record when the journal's file is gone: from what the daemon still holds open, not from the path.
#pragma once

#include "board/daemon/backups.hpp"

namespace baytime::daemon {

/// Writes all events into a new copy in the directory of backups, checks that it gives the same board, and names it
/// like the others. Answers kept for keys are not in it. Blocks. Throws std::runtime_error; then it leaves nothing.
CopyMade write_rescue_copy(store::Journal& journal, const Settings& settings);

}  // namespace baytime::daemon
