// Who is to be forgotten: by age, and the imported orders of a plate. The store does the erasing with the events.
#pragma once

#include "board/core/board.hpp"
#include "board/reports/order_file.hpp"
#include "board/store/journal.hpp"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace baytime::daemon {

/// Orders erased in one transaction by their age, so that commands are answered in between; the others follow at once.
inline constexpr std::size_t max_erased_at_once = 500;
/// Orders looked up at once. What is left is looked up anew.
inline constexpr std::size_t max_erased_listed = 100'000;
/// Imported orders of one plate that are erased with one word.
inline constexpr std::size_t max_erased_of_plate = 2000;

/// Closed orders whose last event lies over `after` back and that still tell who somebody was, imported ones too; at
/// most max_erased_listed. Throws std::runtime_error when the journal cannot be read.
std::vector<std::string> orders_to_erase(const Board& board, store::Journal& journal, Instant now,
                                         std::chrono::days after);
/// Erased events for these orders, numbered from `first`.
std::vector<Event> erased_events(std::span<const std::string> orders, std::uint64_t first, const std::string& who,
                                 Instant now);

}  // namespace baytime::daemon
