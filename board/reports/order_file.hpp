// Orders of another system from a CSV file: every row becomes a fact, or a list of what is wrong with it. Pure.
#pragma once

#include "board/core/event.hpp"
#include "board/reports/settled_job.hpp"
#include "board/reports/table_file.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

/// Most orders of one file. An order takes about half a kilobyte while its file is read.
inline constexpr std::size_t max_import_orders = 500'000;

/// Enough values that were passed over to see what is meant.
inline constexpr std::size_t max_passed_over_listed = 100;

/// Local time as the shop's zone keeps it.
struct ShopZone {
    /// UTC of a local time: the first one where a clock change makes it ambiguous, nothing where it is left out.
    std::function<std::optional<Instant>(std::chrono::local_time<std::chrono::milliseconds>)> to_utc;
    std::function<std::chrono::local_time<std::chrono::milliseconds>(Instant)> to_local;
    Day day_of(Instant at) const { return std::chrono::floor<std::chrono::days>(to_local(at)); }
};

struct NewOrder {
    int line = 0;
    std::string order{};
    Imported fact{};
};

struct OrderFile {
    std::size_t rows = 0;            ///< without the header
    std::vector<NewOrder> orders{};  ///< good and settled, in the file's order, each number once
    std::vector<Fault> faults{};
    std::size_t bad_rows = 0;
    std::size_t repeated = 0;            ///< rows that say again what an earlier row of the file said
    std::size_t not_settled = 0;         ///< good rows without settled_at: they are imported once they are settled
    std::vector<std::string> ignored{};  ///< columns that mean nothing here
    /// Values of good rows that mean nothing without another one, such as the minutes of a delay that nobody flagged:
    /// the first max_passed_over_listed, and how many there are.
    std::vector<Fault> passed_over{};
    std::size_t passed_over_count = 0;
};

/// Names of the columns, as the file's header gives them.
extern const std::vector<std::string> order_columns;

inline Mapping read_mapping(std::string_view text) {
    return read_mapping(text, order_columns);
}

/// `text` is UTF-8. A fault of the header stops the reading; a fault of a row does not.
OrderFile read_orders(std::string_view text, const Mapping& mapping, const ShopZone& zone);

}  // namespace baytime::reports
