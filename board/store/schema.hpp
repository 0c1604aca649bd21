// The tables of the journal, as a list of steps. A released step is never edited; a change is a new step.
#pragma once

#include "board/core/event.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string_view>

namespace baytime::store {

/// The newest step that this program knows.
extern const int newest_step;
/// From this step on there is a list of events by order (order_list.hpp).
inline constexpr int listing_step = 4;
/// "BayT", in the header of the file: whose database it is.
inline constexpr std::int32_t application_id = 0x42617954;

/// The last step taken: 0 for a file that is no journal. Throws SQLite::Exception.
int schema_of(SQLite::Database& database);
/// Takes the steps that are missing up to `last`, all or none. Throws SQLite::Exception.
void upgrade(SQLite::Database& database, Instant now, int last = newest_step);

/// One row of the event table; the texts stay valid until the statement's next step.
struct Row {
    std::int64_t seq = 0, at = 0, received = 0;
    std::string_view who, cause, order, kind, payload;
};
/// The columns that row_of() reads, in its order, for `SELECT <columns> ...`.
inline constexpr const char* row_columns = "seq, at, received, who, cause, order_no, kind, payload";
Row row_of(SQLite::Statement& selected);
/// CRC-32 over all columns: SQLite itself does not notice a flipped bit inside a text.
std::uint32_t sum_of(const Row& row);

std::string_view text_of(const SQLite::Column& column);
/// Throws NewerPayload or std::runtime_error that names the event (fact_json.hpp).
Event event_of(const Row& row);

}  // namespace baytime::store
