// A complete, verified copy of a journal that is in use.
#pragma once

#include <stop_token>
#include <string>

namespace baytime::store {

/// Copies the journal at `from` to the new file `to`, whole or not at all. Uses a connection of its own.
/// Throws std::runtime_error, also when `to` is there already, and soon after `abandon` was requested.
void write_backup(const std::string& from, const std::string& to, const std::stop_token& abandon = {});

}  // namespace baytime::store
