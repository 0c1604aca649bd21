// Orders of another system on their way into the record: all of a file in one transaction, or none. Knows no socket.
#pragma once

#include "board/core/board.hpp"
#include "board/core/imported.hpp"
#include "board/core/shop.hpp"
#include "board/reports/order_file.hpp"
#include "board/store/journal.hpp"

#include <map>
#include <string>
#include <vector>

namespace baytime::daemon {

/// By number.
using ImportedOrders = std::map<std::string, ImportedOrder, std::less<>>;

struct ImportReport {
    std::size_t rows = 0;         ///< of the file, without its header
    std::size_t imported = 0;     ///< new in the record (or would be, in a dry run)
    std::size_t updated = 0;      ///< in the record before; the file adds a call-back or the manager's decision
    std::size_t already = 0;      ///< in the record before, with the same values
    std::size_t not_settled = 0;  ///< without settled_at: left for later
    std::size_t bad_rows = 0;
    std::vector<reports::Fault> faults{};  ///< in the order of their lines
    std::vector<std::string> new_staff{};  ///< people the shop's configuration does not know
    std::vector<std::string> ignored{};    ///< columns that mean nothing here
    /// Values that mean nothing without another one; their rows are taken: OrderFile::passed_over.
    std::vector<reports::Fault> passed_over{};
    std::size_t passed_over_count = 0;
    /// Orders that come back for one that is neither in the file nor on record: `O2 (R0)`. They count as returns all
    /// the same, because every history begins somewhere. At most max_returns_listed.
    std::vector<std::string> unknown_returns{};
    bool stored = false;
};

/// Enough to see what is meant.
inline constexpr std::size_t max_returns_listed = 100;

/// Where an import looks things up.
struct ImportInto {
    const Board& board;
    const Shop& shop;
    store::Journal& journal;
    std::string who{};
    Instant now{};
};

struct ImportPlan {
    std::vector<Event> events{};  ///< numbered after the board's
    ImportedOrders touched{};     ///< known orders of which the file says more, with that
};

/// Which of the file's orders are new, and what it says of known ones: a call-back or the manager's decision where
/// there was none becomes an event. Names of staff become their ids. What this shop cannot take becomes faults: an
/// order done here, other values than before, a name that several have, a time many years ahead. Throws
/// std::runtime_error when the journal cannot be read.
ImportPlan plan_import(reports::OrderFile file, const ImportInto& into, ImportReport& report);

/// An imported order as the journal has it, or nothing. Throws std::runtime_error.
std::optional<ImportedOrder> imported_order(store::Journal& journal, std::string_view order);

}  // namespace baytime::daemon
