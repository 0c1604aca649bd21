// A complete, verified copy of a journal that is in use.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

namespace baytime::store {

/// Copies the journal at `from` to the new file `to`, whole or not at all. Uses a connection of its own.
/// Throws std::runtime_error, also when `to` is there already, and soon after `abandon` was requested.
void write_backup(const std::string& from, const std::string& to, const std::stop_token& abandon = {});

/// Reads the copy as a whole: what is wrong with it, or an empty text; that too soon after `abandon` was requested.
std::string damage_of(const std::string& copy, const std::stop_token& abandon = {});

/// Writes the copy `copy` anew as `to`, without the names that the journal has forgotten since it was made: what
/// somebody asked for, and with `by_age` also what went by itself. Returns how many orders lost names; with 0 nothing
/// is written. Throws std::runtime_error, also soon after `abandon` was requested.
std::size_t write_forgetting(const std::string& journal, const std::string& copy, const std::string& to, bool by_age,
                             const std::stop_token& abandon = {});

}  // namespace baytime::store
