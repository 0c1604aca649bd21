// Forgetting names in the SQLite file. Inside the store only.
#pragma once

#include "board/core/event.hpp"
#include "board/store/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::store {

/// Blanks the names in all earlier events of the event's order, in its row for reports and in answers to keyed
/// commands; within the transaction of the caller.
void erase(SQLite::Database& database, const Event& event);
/// See Journal::imported_plates().
std::vector<std::string> imported_plates(SQLite::Database& database, std::string_view plate, Instant before,
                                         std::size_t limit);
/// Writes the file anew from what it holds and empties the write-ahead log. Throws SQLite::Exception, also when a
/// reader is in the way.
void scrub(SQLite::Database& database);

}  // namespace baytime::store
