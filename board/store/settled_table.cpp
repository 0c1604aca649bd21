#include "board/store/settled_table.hpp"

#include "board/reports/tally.hpp"
#include "board/store/settled_row.hpp"

#include <fmt/format.h>

namespace baytime::store {

namespace {

std::int64_t milliseconds(Instant at) {
    return at.time_since_epoch().count();
}

void bind_optional(SQLite::Statement& statement, int place, const std::optional<std::int64_t>& value) {
    if (value) {
        statement.bind(place, *value);
    } else {
        statement.bind(place);
    }
}

void run(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
}

std::string joined(const std::vector<std::string>& people) {
    std::string out;
    for (const auto& one : people) out += (out.empty() ? "" : "|") + one;
    return out;
}

/// What a count needs, in the order of `counted_columns` from `place` on.
void bind_counted(SQLite::Statement& statement, int place, const reports::Counted& counted) {
    statement.bind(place, static_cast<int>(counted.verdict));
    statement.bind(place + 1, flags_of(counted));
    statement.bind(place + 2, counted.amount);
}

}  // namespace

const char* const settled_tables = R"sql(
CREATE TABLE IF NOT EXISTS settled_job (
    id INTEGER PRIMARY KEY,          -- seq of the event that began the order's record
    order_no TEXT NOT NULL UNIQUE,
    day INTEGER NOT NULL,            -- days since 1970 in the shop's zone, of settled
    plate TEXT NOT NULL,
    repair_type TEXT NOT NULL,
    advisor TEXT NOT NULL,
    technicians TEXT NOT NULL,       -- separated by |
    received INTEGER NOT NULL,
    original_promise INTEGER NOT NULL,
    promise INTEGER NOT NULL,        -- the one that counts
    settled INTEGER NOT NULL,
    excuse INTEGER NOT NULL,
    cause TEXT NOT NULL,
    call INTEGER NOT NULL,
    return_of TEXT NOT NULL,
    paid INTEGER,                    -- cents, when known
    flagged INTEGER,
    delay_minutes INTEGER NOT NULL,
    delay_reason TEXT NOT NULL,
    imported INTEGER NOT NULL,
    notice INTEGER,                  -- of the first delay flag: 0 in time, 1 short notice, 2 after the fact
    notice_minutes INTEGER,          -- from that flag to the promise
    verdict INTEGER NOT NULL,        -- 0 on time, 1 late, 2 excused
    flags INTEGER NOT NULL,          -- 1 a return, 2 inspected, 4 failed an inspection, 8 words to forget, 16 flag in time, 32 called back in time
    amount INTEGER NOT NULL          -- cents, 0 when not known
) STRICT;
CREATE INDEX IF NOT EXISTS settled_count
    ON settled_job (day, advisor, repair_type, verdict, flags, amount);
CREATE TABLE IF NOT EXISTS settled_technician (
    day INTEGER NOT NULL,
    technician TEXT NOT NULL,
    job INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, technician, job)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS projection (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

SettledTable::SettledTable(SQLite::Database& database)
    : find_(database, "SELECT id, day, technicians FROM settled_job WHERE order_no = ?"),
      drop_(database, "DELETE FROM settled_job WHERE id = ?"),
      drop_technician_(database, "DELETE FROM settled_technician WHERE day = ? AND technician = ? AND job = ?"),
      insert_(database,
              fmt::format("INSERT INTO settled_job ({}, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                          "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          settled_columns, counted_columns)),
      insert_technician_(database, fmt::format("INSERT INTO settled_technician (day, technician, job, {}) VALUES "
                                               "(?, ?, ?, ?, ?, ?)",
                                               counted_columns)) {}

void SettledTable::put(const reports::SettledJob& job) {
    remove(job.order);
    add(job);
}

void SettledTable::add(const reports::SettledJob& job) {
    const auto counted = reports::counted(job);
    const auto day = static_cast<std::int64_t>(job.day.time_since_epoch().count());
    const auto id = static_cast<std::int64_t>(job.id);
    const std::string type = name(job.type), people = joined(job.technicians);
    const std::string reason = job.delay_reason ? name(*job.delay_reason) : std::string{};
    int place = 0;
    insert_.bind(++place, id);
    insert_.bindNoCopy(++place, job.order);
    insert_.bind(++place, day);
    for (const std::string* text : {&job.plate, &type, &job.advisor, &people}) insert_.bindNoCopy(++place, *text);
    for (const Instant at : {job.received, job.original_promise, job.promise, job.settled})
        insert_.bind(++place, milliseconds(at));
    insert_.bind(++place, static_cast<int>(job.excuse));
    insert_.bindNoCopy(++place, job.cause);
    insert_.bind(++place, static_cast<int>(job.call));
    insert_.bindNoCopy(++place, job.return_of);
    bind_optional(insert_, ++place, job.amount);
    bind_optional(insert_, ++place, job.flagged ? std::optional(milliseconds(*job.flagged)) : std::nullopt);
    insert_.bind(++place, job.delay_minutes);
    insert_.bindNoCopy(++place, reason);
    insert_.bind(++place, static_cast<int>(job.imported));
    bind_optional(insert_, ++place,
                  job.notice ? std::optional(std::int64_t{static_cast<int>(*job.notice)}) : std::nullopt);
    bind_optional(insert_, ++place, job.notice_minutes);
    bind_counted(insert_, ++place, counted);
    insert_.bind(place + 1, flags_of(counted) | (job.words ? flag_words : 0) | (job.called_in_time ? flag_called : 0));
    run(insert_);
    for (const std::string& technician : job.technicians) {
        insert_technician_.bind(1, day);
        insert_technician_.bindNoCopy(2, technician);
        insert_technician_.bind(3, id);
        bind_counted(insert_technician_, 4, counted);
        run(insert_technician_);
    }
}

void SettledTable::remove(const std::string& order) {
    find_.bindNoCopy(1, order);
    if (!find_.executeStep()) return find_.reset();
    const std::int64_t id = find_.getColumn(0).getInt64(), day = find_.getColumn(1).getInt64();
    const auto people = people_of(find_.getColumn(2).getString());
    find_.reset();
    drop_.bind(1, id);
    run(drop_);
    for (const std::string& technician : people) {
        drop_technician_.bind(1, day);
        drop_technician_.bindNoCopy(2, technician);
        drop_technician_.bind(3, id);
        run(drop_technician_);
    }
}

bool projection_is(SQLite::Database& database, const std::string& kind) {
    for (const char* table : {"projection", "settled_job", "settled_technician"}) {
        if (!database.tableExists(table)) return false;
    }
    SQLite::Statement find(database, "SELECT 1 FROM projection WHERE name = 'settled_job' AND kind = ?");
    find.bind(1, kind);
    return find.executeStep();
}

void rebuild_projection(SQLite::Database& database, const std::string& kind,
                        const std::function<void(const PutSettled&)>& fill) {
    database.exec("DROP TABLE IF EXISTS settled_job; DROP TABLE IF EXISTS settled_technician");
    database.exec(settled_tables);
    SettledTable table(database);
    fill([&table](const reports::SettledJob& job) { table.put(job); });
    SQLite::Statement note(database, "INSERT OR REPLACE INTO projection VALUES ('settled_job', ?)");
    note.bind(1, kind);
    note.exec();
}

}  // namespace baytime::store
