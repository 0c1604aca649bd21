// Which events are about an order: a table beside the events (`event_by_order`) that is brought up to date in steps, of
// many events each. An index would write one more page for each order that a commit touches, and every page is written
// and flushed with its commit.
#pragma once

#include "board/core/event.hpp"
#include "board/store/connection.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace baytime::store {

/// So many events may be outside the list; whoever asks for one of their orders looks through them.
inline constexpr std::size_t max_unlisted = 1000;

/// SQL: the numbers of all events about order ?1, listed or not.
inline constexpr const char* seqs_of_order =
    "SELECT seq FROM event_by_order WHERE order_no = ?1 UNION ALL "
    "SELECT seq FROM event WHERE seq > (SELECT seq FROM event_by_order_until) AND order_no = ?1";
/// SQL: the numbers of the listed events about order ?1. All of them when OrderList::has_all_of() says so.
inline constexpr const char* listed_seqs_of_order = "SELECT seq FROM event_by_order WHERE order_no = ?1";

/// Lists every event that is not, within the transaction of the caller. Throws SQLite::Exception.
void list_events(SQLite::Database& database);
/// Makes the list anew, in one transaction. Throws SQLite::Exception.
void list_events_anew(SQLite::Database& database);

/// The list of the one who stores: knows without asking which orders have events outside of it.
class OrderList {
public:
    /// Throws SQLite::Exception.
    explicit OrderList(SQLite::Database& database);
    /// Whether list_events() is due in the transaction that stores `more` events.
    bool due(std::size_t more) const { return unlisted_ + more >= max_unlisted; }
    /// Events were stored, and all are listed now when `listed`.
    void stored(std::span<const Event> events, bool listed);
    bool has_all_of(std::string_view order) const { return !orders_.contains(order); }

private:
    std::size_t unlisted_ = 0;
    std::set<std::string, std::less<>> orders_{};  ///< of the events that are not listed
};

/// Finds without looking any event up whether the list has what it should: the sums of both are equal.
class OrderSum {
public:
    void add(std::string_view order, std::int64_t seq);
    bool operator==(const OrderSum&) const = default;

private:
    std::uint64_t sum_ = 0;
};

/// The last event that the list knows. Throws SQLite::Exception.
std::int64_t listed_until(SQLite::Database& database);
/// Throws SQLite::Exception.
OrderSum sum_of_list(SQLite::Database& database);

}  // namespace baytime::store
