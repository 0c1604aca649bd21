#include "board/store/erasing.hpp"

#include "board/core/erase.hpp"
#include "board/core/plate.hpp"
#include "board/store/fact_json.hpp"
#include "board/store/order_list.hpp"
#include "board/store/schema.hpp"
#include "board/store/settled_row.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace baytime::store {

namespace {

struct Blanked {
    std::int64_t seq = 0;
    std::string payload;
    std::uint32_t sum = 0;
};

std::vector<Blanked> blanked_rows(SQLite::Database& database, const Event& erased) {
    std::vector<Blanked> out;
    const bool listed = schema_of(database) >= listing_step;  // a kept copy may be older
    SQLite::Statement rows(database, fmt::format("SELECT {} FROM event WHERE {} AND seq < ?2", row_columns,
                                                 listed ? fmt::format("seq IN ({})", seqs_of_order) : "order_no = ?1"));
    rows.bind(1, erased.order);
    rows.bind(2, static_cast<std::int64_t>(erased.seq));
    while (rows.executeStep()) {
        Row row = row_of(rows);
        Event event = event_of(row);
        if (!erase_person(event.fact)) continue;
        const std::string payload = fact_json(event.fact);
        row.payload = payload;
        out.push_back({.seq = row.seq, .payload = payload, .sum = sum_of(row)});
    }
    return out;
}

bool has_rows_for_reports(SQLite::Database& database) {
    return database.tableExists("settled_job");
}

}  // namespace

void erase(SQLite::Database& database, const Event& event) {
    SQLite::Statement set(database, "UPDATE event SET payload = ?, sum = ? WHERE seq = ?");
    for (const Blanked& row : blanked_rows(database, event)) {
        set.bind(1, row.payload);
        set.bind(2, std::int64_t{row.sum});
        set.bind(3, row.seq);
        set.exec();
        set.reset();
    }
    if (has_rows_for_reports(database)) {
        SQLite::Statement plate(
            database,
            fmt::format("UPDATE settled_job SET plate = '', flags = flags & ~{} WHERE order_no = ?", flag_words));
        plate.bind(1, event.order);
        plate.exec();
    }
    // A keyed command is kept as JSON with its order; an older order has no answers any more (key_life).
    SQLite::Statement forget(database, "DELETE FROM answer WHERE instr(upper(command), ?) > 0");
    forget.bind(1, fmt::format("\"ORDER\":\"{}\"", event.order));
    forget.exec();
}

std::vector<std::string> imported_plates(SQLite::Database& database, std::string_view plate, Instant before,
                                         std::size_t limit) {
    std::vector<std::string> out;
    if (!has_rows_for_reports(database)) return out;
    SQLite::Statement rows(database, fmt::format("SELECT order_no, plate FROM settled_job WHERE imported = 1 AND "
                                                 "(plate <> '' OR flags & {} <> 0) AND settled < ? ORDER BY id",
                                                 flag_words));
    rows.bind(1, static_cast<std::int64_t>(before.time_since_epoch().count()));
    while (out.size() < limit && rows.executeStep()) {
        const std::string has = rows.getColumn(1).getString();
        // An imported plate is written as its file wrote it.
        if (plate.empty() || has == plate || normal_plate(has) == plate) out.push_back(rows.getColumn(0).getString());
    }
    return out;
}

void scrub(SQLite::Database& database) {
    database.exec("VACUUM");
    SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (checkpoint.executeStep() && checkpoint.getColumn(0).getInt() != 0)
        throw SQLite::Exception("a reader keeps the write-ahead log", SQLITE_BUSY);
}

}  // namespace baytime::store
