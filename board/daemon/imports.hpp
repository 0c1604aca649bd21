// Orders of another system on their way into the record: all of a file in one transaction, or none. Knows no socket.
#pragma once

#include "board/core/board.hpp"
#include "board/reports/order_file.hpp"
#include "board/store/journal.hpp"

#include <string>
#include <vector>

namespace baytime::daemon {

struct ImportReport {
    std::size_t rows = 0;         ///< of the file, without its header
    std::size_t imported = 0;     ///< new in the record (or would be, in a dry run)
    std::size_t already = 0;      ///< in the record before, with the same values
    std::size_t not_settled = 0;  ///< without settled_at: left for later
    std::size_t bad_rows = 0;
    std::vector<reports::Fault> faults{};  ///< in the order of their lines
    std::vector<std::string> new_staff{};  ///< people the shop's configuration does not know
    std::vector<std::string> ignored{};    ///< columns that mean nothing here
    bool stored = false;
};

/// Which of the file's orders are new: the events to store, numbered after the board's. Orders that are there already
/// with other values become faults. Throws std::runtime_error when the journal cannot be read.
std::vector<Event> plan_import(reports::OrderFile& file, const Board& board, store::Journal& journal,
                               const std::string& who, Instant now, ImportReport& report);

/// The import of this order, or nothing. Throws std::runtime_error.
std::optional<Event> imported_order(store::Journal& journal, std::string_view order);

}  // namespace baytime::daemon
