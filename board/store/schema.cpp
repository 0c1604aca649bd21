#include "board/store/schema.hpp"

#include "board/store/fact_json.hpp"
#include "board/store/order_list.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace baytime::store {
namespace {

constexpr const char* first_step = R"sql(
CREATE TABLE schema_step (
    step INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL              -- milliseconds since 1970, UTC, as everywhere
) STRICT;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    cause TEXT NOT NULL,
    order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
)sql";

constexpr const char* second_step = R"sql(
CREATE TABLE event_new (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,             -- when it happened
    received INTEGER NOT NULL,       -- when the daemon heard of it
    who TEXT NOT NULL,
    cause TEXT NOT NULL,             -- the command, the same for all its events
    order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    sum INTEGER NOT NULL             -- CRC-32 of the row
) STRICT;
INSERT INTO event_new SELECT seq, at, at, who, cause, order_no, kind, payload, 0 FROM event;
DROP TABLE event;
ALTER TABLE event_new RENAME TO event;
CREATE INDEX event_order ON event (order_no);
CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    received INTEGER NOT NULL,
    command TEXT NOT NULL,
    reply TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_received ON answer (received);
)sql";

void fill_in_sums(SQLite::Database& database) {
    SQLite::Statement all(database, fmt::format("SELECT {} FROM event", row_columns));
    SQLite::Statement set(database, "UPDATE event SET sum = ? WHERE seq = ?");
    while (all.executeStep()) {
        const Row row = row_of(all);
        set.bind(1, static_cast<std::int64_t>(sum_of(row)));
        set.bind(2, row.seq);
        set.exec();
        set.reset();
    }
}

struct Step {
    const char* name = "";
    const char* sql = "";
    void (*after)(SQLite::Database&) = nullptr;
};

/// Which tables are projections of the events, and of what kind. Their own shape is no part of the steps: they are made
/// anew whenever their kind is another one (settled_table.hpp).
constexpr const char* third_step = R"sql(
CREATE TABLE projection (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

/// See order_list.hpp.
constexpr const char* fourth_step = R"sql(
DROP INDEX IF EXISTS event_order;
CREATE TABLE event_by_order (
    order_no TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (order_no, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_by_order_until (
    seq INTEGER NOT NULL             -- later events are not listed yet
) STRICT;
INSERT INTO event_by_order_until VALUES (0);
)sql";

constexpr Step steps[] = {
    {.name = "events", .sql = first_step},
    {.name = "times of receipt, sums, answers to keyed commands", .sql = second_step, .after = fill_in_sums},
    {.name = "projections for reports", .sql = third_step},
    {.name = "a list of events by order, kept in steps", .sql = fourth_step, .after = list_events},
};

/// For eight bytes at a time.
constexpr auto crc_tables = [] {
    std::array<std::array<std::uint32_t, 256>, 8> out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
        out[0][i] = crc;
    }
    for (std::size_t table = 1; table < out.size(); ++table) {
        for (std::size_t i = 0; i < 256; ++i)
            out[table][i] = (out[table - 1][i] >> 8) ^ out[0][out[table - 1][i] & 0xff];
    }
    return out;
}();

/// CRC-32 of IEEE 802.3, as zlib's and Boost's. Every start sums up the whole journal, so it goes eight bytes at a time
/// (M. Kounavis and F. Berry, "A systematic approach to building high performance software-based CRC generators",
/// 2005).
class Crc {
public:
    void add(std::string_view bytes) {
        const auto& t = crc_tables;
        for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
            const auto low = four(bytes) ^ crc_, high = four(bytes.substr(4));
            crc_ = t[7][low & 0xff] ^ t[6][low >> 8 & 0xff] ^ t[5][low >> 16 & 0xff] ^ t[4][low >> 24] ^
                   t[3][high & 0xff] ^ t[2][high >> 8 & 0xff] ^ t[1][high >> 16 & 0xff] ^ t[0][high >> 24];
        }
        for (const char byte : bytes) crc_ = (crc_ >> 8) ^ t[0][(crc_ ^ static_cast<unsigned char>(byte)) & 0xff];
    }
    /// Lowest byte first on every machine, since a file may move.
    void add(std::uint64_t number) {
        std::array<char, 8> bytes{};
        for (auto& byte : bytes) {
            byte = static_cast<char>(number & 0xff);
            number >>= 8;
        }
        add(std::string_view(bytes.data(), bytes.size()));
    }
    std::uint32_t sum() const { return ~crc_; }

private:
    static std::uint32_t four(std::string_view bytes) {
        const auto at = [bytes](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
        return at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24;
    }
    std::uint32_t crc_ = 0xFFFFFFFF;
};

}  // namespace

const int newest_step = static_cast<int>(std::size(steps));

int schema_of(SQLite::Database& database) {
    if (!database.tableExists("schema_step")) return 0;
    return database.execAndGet("SELECT coalesce(max(step), 0) FROM schema_step").getInt();
}

void upgrade(SQLite::Database& database, Instant now, int last) {
    const int from = schema_of(database);
    if (from >= last) return;
    SQLite::Transaction all_or_none(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (from == 0) database.exec(fmt::format("PRAGMA application_id={}", application_id));
    for (int step = from + 1; step <= last; ++step) {
        const Step& take = steps[step - 1];
        database.exec(take.sql);
        if (take.after != nullptr) take.after(database);
        SQLite::Statement note(database, "INSERT INTO schema_step VALUES (?, ?, ?)");
        note.bind(1, step);
        note.bind(2, take.name);
        note.bind(3, static_cast<std::int64_t>(now.time_since_epoch().count()));
        note.exec();
    }
    all_or_none.commit();
}

std::string_view text_of(const SQLite::Column& column) {
    const char* text = column.getText();
    return {text, static_cast<std::size_t>(column.getBytes())};
}

Row row_of(SQLite::Statement& selected) {
    return {.seq = selected.getColumn(0).getInt64(),
            .at = selected.getColumn(1).getInt64(),
            .received = selected.getColumn(2).getInt64(),
            .who = text_of(selected.getColumn(3)),
            .cause = text_of(selected.getColumn(4)),
            .order = text_of(selected.getColumn(5)),
            .kind = text_of(selected.getColumn(6)),
            .payload = text_of(selected.getColumn(7))};
}

std::uint32_t sum_of(const Row& row) {
    Crc crc;
    for (const std::int64_t number : {row.seq, row.at, row.received}) crc.add(static_cast<std::uint64_t>(number));
    for (const std::string_view text : {row.who, row.cause, row.order, row.kind, row.payload}) {
        // With its length in front, so that two neighbours cannot trade bytes unnoticed.
        crc.add(std::uint64_t{text.size()});
        crc.add(text);
    }
    return crc.sum();
}

Event event_of(const Row& row) {
    const auto instant = [](std::int64_t milliseconds) { return Instant{std::chrono::milliseconds{milliseconds}}; };
    try {
        return {.seq = static_cast<std::uint64_t>(row.seq),
                .at = instant(row.at),
                .received = instant(row.received),
                .who = std::string(row.who),
                .cause = std::string(row.cause),
                .order = std::string(row.order),
                .fact = fact_from_json(row.kind, row.payload)};
    } catch (const NewerPayload& e) {
        throw NewerPayload(fmt::format("event {}: {}", row.seq, e.what()));
    } catch (const std::exception& e) {
        throw std::runtime_error(fmt::format("event {}: {}", row.seq, e.what()));
    }
}

}  // namespace baytime::store
