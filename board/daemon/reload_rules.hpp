// What a reload must leave alone: what only a restart takes over, and what is in use. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/daemon/settings.hpp"

#include <map>
#include <string>
#include <vector>

namespace baytime::daemon {

/// Doors, files, clock and the door for figures stay those that the daemon was started with, so that everybody who asks
/// the settings means the same journal. Puts them from `running` into `next` and returns the sections that differed:
/// `[listen], [store]`; empty when none did.
std::string keep_until_restart(const Settings& running, Settings& next);

/// Throws config::ConfigError with a sentence when `next` has no bay or no staff at all where `running` has some (a
/// file that was cut off or emptied), or lacks a bay that cars stand in or wait for. `path`: of the file.
void refuse_loss(const Settings& running, const Settings& next, const Board& board, const std::string& path);

/// By bay that the shop does not have: the orders that stand in it or wait for it.
std::map<std::string, std::vector<std::string>> orders_without_bay(const Board& board, const Shop& shop);

}  // namespace baytime::daemon
