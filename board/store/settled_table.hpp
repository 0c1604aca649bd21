// The table of settled jobs that reports read: a projection of the journal, written in the same transaction as the
// events it follows from, and made anew when it is missing or of another kind. Writing only; settled_jobs.hpp reads.
#pragma once

#include "board/reports/settled_job.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <string>

namespace baytime::store {

/// Raised when the same events give other rows than before.
inline constexpr int projection_version = 1;

/// The statements of the schema step that makes the tables, each `IF NOT EXISTS`.
extern const char* const settled_tables;

class SettledTable {
public:
    /// Prepares its statements. Throws SQLite::Exception when the tables are missing.
    explicit SettledTable(SQLite::Database& database);
    /// Puts a job's row in, over an older one of the same order.
    void put(const reports::SettledJob& job);
    /// Puts in the row of an order that has none.
    void add(const reports::SettledJob& job);
    /// Takes an order's row out, when there is one.
    void remove(const std::string& order);

private:
    SQLite::Statement find_, drop_, drop_technician_, insert_, insert_technician_;
};

using PutSettled = std::function<void(const reports::SettledJob&)>;

/// True when the tables are there and hold rows of this kind (see Journal::projection_is).
bool projection_is(SQLite::Database& database, const std::string& kind);
/// Makes the tables anew and fills them, within the transaction of the caller. Throws SQLite::Exception.
void rebuild_projection(SQLite::Database& database, const std::string& kind,
                        const std::function<void(const PutSettled&)>& fill);

}  // namespace baytime::store
