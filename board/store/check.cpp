#include "board/store/check.hpp"

#include "board/store/fact_json.hpp"
#include "board/store/order_list.hpp"
#include "board/store/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace baytime::store {
namespace {

Finding is_damaged(std::string why) {
    return {.condition = Condition::damaged, .why = std::move(why)};
}

/// A row whose sum fits is what was written. When it does not read all the same, its writer knew more than this
/// program.
void read_whole(const Row& row) {
    try {
        event_of(row);
    } catch (const NewerPayload&) {
        throw;
    } catch (const std::runtime_error& e) {
        throw NewerPayload(e.what());
    }
}

/// In the order of their numbers, 1, 2, 3 ... A file of step 1 knows neither times of receipt nor sums.
void check_events(SQLite::Database& database, Depth depth, Finding& found) {
    const bool summed = found.schema > 1;
    SQLite::Statement all(database,
                          summed ? fmt::format("SELECT {}, sum FROM event ORDER BY seq", row_columns)
                                 : "SELECT seq, at, at, who, cause, order_no, kind, payload FROM event ORDER BY seq");
    const auto until = found.schema < listing_step ? 0 : listed_until(database);
    OrderSum by_order;
    std::int64_t expected = 1;
    while (all.executeStep()) {
        const Row row = row_of(all);
        if (row.seq != expected)
            throw std::runtime_error(fmt::format("event {} is missing: {} stands in its place", expected, row.seq));
        if (summed && all.getColumn(8).getInt64() != std::int64_t{sum_of(row)})
            throw std::runtime_error(fmt::format("event {} was changed: its sum does not fit", row.seq));
        if (!summed) {
            event_of(row);
        } else if (depth == Depth::replays || !is_plain(row.kind, row.payload)) {
            read_whole(row);
        }
        if (row.seq <= until) by_order.add(row.order, row.seq);
        ++expected;
    }
    found.events = static_cast<std::uint64_t>(expected - 1);
    found.listed = found.schema < listing_step || (until >= 0 && until < expected && sum_of_list(database) == by_order);
}

/// A page that the disk did not hand over says nothing about the file: tried again it may be whole, and setting it
/// aside would lose the day. SQLite's check reports it among the damages, as a text, with a code or (a free page)
/// without.
void throw_when_unread(const std::string& verdict) {
    constexpr std::string_view unread = "unable to get the page. error code=", free_unread = "failed to get page";
    int code = verdict.find(free_unread) == std::string::npos ? SQLITE_OK : SQLITE_IOERR;
    if (const auto found = verdict.find(unread); found != std::string::npos)
        code = std::atoi(verdict.c_str() + found + unread.size());
    if (code == SQLITE_OK) return;
    const SQLite::Exception failure(verdict, code);
    if (!says_damaged(failure)) throw failure;
}

Finding look_into(SQLite::Database& database, Depth depth) {
    Finding found;
    found.schema = schema_of(database);
    const bool ours = database.execAndGet("PRAGMA application_id").getInt() == application_id;
    if (found.schema == 0) {
        if (ours) return is_damaged("it has no list of schema steps");
        const int tables = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt();
        if (tables == 0) return is_damaged("it holds no tables");
        return {.condition = Condition::foreign, .why = "it is a database of another program"};
    }
    if (found.schema > newest_step)
        return {.condition = Condition::newer,
                .why = fmt::format("it has schema {}, this program knows schemas up to {}", found.schema, newest_step),
                .schema = found.schema};
    const std::string verdict = database.execAndGet("PRAGMA integrity_check(1)").getString();
    throw_when_unread(verdict);
    if (verdict != "ok") return is_damaged(verdict);
    check_events(database, depth, found);
    if (found.schema > 1) SQLite::Statement(database, "SELECT key, received, command, reply FROM answer");
    return found;
}

/// Bytes 18 and 19 of SQLite's header: with another write version SQLite reads on, and refuses every write.
bool header_is_known(const std::string& path) {
    std::array<char, 20> header{};
    std::ifstream in(path, std::ios::binary);
    if (!in.read(header.data(), header.size())) return true;  // too short or unreadable: SQLite will say it
    return (header[18] == 1 || header[18] == 2) && (header[19] == 1 || header[19] == 2);
}

}  // namespace

Finding examine(const std::string& path, Use use, Depth depth, const std::stop_token& stop) {
    std::error_code unreadable;
    if (std::filesystem::file_size(path, unreadable) == 0 && !unreadable) return is_damaged("the file is empty");
    try {
        SQLite::Database database = connect(path, use);
        const Interruptible until(database, stop);
        if (!header_is_known(path)) return is_damaged("file is not a database");
        return look_into(database, depth);
    } catch (const SQLite::Exception& e) {
        if (says_damaged(e)) return is_damaged(e.what());
        throw std::runtime_error(sentence(e, path));
    } catch (const NewerPayload& e) {
        return {.condition = Condition::newer, .why = e.what()};
    } catch (const std::runtime_error& e) {
        return is_damaged(e.what());
    }
}

std::string left_alone(const std::string& path, const std::string& why) {
    return fmt::format(
        "{} is whole, but this version of Baytime cannot read it, so a later one wrote it: {}. It was left as it is; "
        "install that version, or put a copy from before it in its place: baytime restore FILE",
        path, why);
}

}  // namespace baytime::store
