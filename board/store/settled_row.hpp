// How a settled job lies in its table: names of the columns, and values packed into one. Inside the store only.
#pragma once

#include "board/reports/tally.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::store {

inline constexpr const char* settled_columns =
    "id, order_no, day, plate, repair_type, advisor, technicians, received, original_promise, promise, settled, "
    "excuse, cause, call, return_of, paid, flagged, delay_minutes, delay_reason, imported, notice, notice_minutes";
/// What a count needs; an index and the technicians' rows carry these too.
inline constexpr const char* counted_columns = "verdict, flags, amount";

inline constexpr int flag_return = 1, flag_inspected = 2, flag_failed = 4;
/// In the order's own row only: free text that may name somebody was said about the imported order.
inline constexpr int flag_words = 8;
inline constexpr int flag_in_time = 16;
/// In the order's own row only: called back in time.
inline constexpr int flag_called = 32;

inline int flags_of(const reports::Counted& job) {
    return (job.is_return ? flag_return : 0) | (job.inspected ? flag_inspected : 0) |
           (job.inspection_failed ? flag_failed : 0) | (job.flagged_in_time ? flag_in_time : 0);
}

/// `T01|T02` apart.
inline std::vector<std::string> people_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t bar = text.find('|');
        out.emplace_back(text.substr(0, bar));
        text.remove_prefix(bar == std::string_view::npos ? text.size() : bar + 1);
    }
    return out;
}

}  // namespace baytime::store
