#include "board/store/order_list.hpp"

#include "board/store/schema.hpp"

#include <functional>

namespace baytime::store {

void list_events(SQLite::Database& database) {
    // In the order of the table, so that a page is filled in one go.
    database.exec(
        "INSERT INTO event_by_order SELECT order_no, seq FROM event "
        "WHERE seq > (SELECT seq FROM event_by_order_until) ORDER BY order_no, seq");
    database.exec("UPDATE event_by_order_until SET seq = (SELECT coalesce(max(seq), 0) FROM event)");
}

void list_events_anew(SQLite::Database& database) {
    SQLite::Transaction all_or_none(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec("DELETE FROM event_by_order");
    database.exec("DELETE FROM event_by_order_until");
    database.exec("INSERT INTO event_by_order_until VALUES (0)");
    list_events(database);
    all_or_none.commit();
}

OrderList::OrderList(SQLite::Database& database) {
    SQLite::Statement rest(database, "SELECT order_no FROM event WHERE seq > (SELECT seq FROM event_by_order_until)");
    for (; rest.executeStep(); ++unlisted_) orders_.insert(rest.getColumn(0).getString());
}

void OrderList::stored(std::span<const Event> events, bool listed) {
    if (listed) {
        unlisted_ = 0;
        orders_.clear();
        return;
    }
    unlisted_ += events.size();
    for (const Event& event : events) orders_.insert(event.order);
}

void OrderSum::add(std::string_view order, std::int64_t seq) {
    // Odd factors of no meaning: 2^64 divided by the golden ratio, and a prime of xxHash.
    const auto number = static_cast<std::uint64_t>(seq) * 0x9E3779B97F4A7C15u;
    const auto mixed = (number ^ (number >> 32)) + std::hash<std::string_view>{}(order);
    sum_ += (mixed ^ (mixed >> 29)) * 0xC2B2AE3D27D4EB4Fu;
}

std::int64_t listed_until(SQLite::Database& database) {
    SQLite::Statement row(database, "SELECT seq FROM event_by_order_until");
    return row.executeStep() ? row.getColumn(0).getInt64() : -1;
}

OrderSum sum_of_list(SQLite::Database& database) {
    OrderSum sum;
    SQLite::Statement all(database, "SELECT order_no, seq FROM event_by_order");
    while (all.executeStep()) sum.add(text_of(all.getColumn(0)), all.getColumn(1).getInt64());
    return sum;
}

}  // namespace baytime::store
