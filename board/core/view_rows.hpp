// What views are made of, row by row, for who keeps a view as the board changes (the daemon's live views). Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/views.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace baytime::views {

/// Where a car stands on the lounge board: ready ones first, then by promise, the delivered last. No two are alike.
using LoungePlace = std::tuple<int, std::optional<Instant>, std::optional<Instant>, std::uint64_t>;
LoungePlace lounge_place(const Job& job);
/// Cars that are here, and for a while those that were handed over.
bool in_lounge(const Job& job, const Shop& shop, Instant now);
/// With the whole plate: how much of it is shown depends on the other cars (masked_plates()).
LoungeRow lounge_row(const Board& board, const Job& job, const Shop& shop, const Predictions& predictions, Instant now);
/// The guest of this booking, while guests are welcomed.
std::optional<Welcome> welcome_of(const Job& job, Instant now);
/// When time alone changes what the lounge view says of this job, predictions aside; nothing when it never does.
std::optional<Instant> next_lounge_moment(const Job& job, const Shop& shop, Instant now);

JobRow job_row(const Board& board, const Job& job, const Shop& shop, const Predictions& predictions, Instant now);
BayRow bay_row(const Board& board, const Bay& bay);
/// The orders of board.waiting: returns, then appointments, then the earliest promise, then arrival (rule §2).
std::vector<std::string> dispatch_order(const Board& board);
/// When time alone changes the row of this job, predictions aside.
std::optional<Instant> next_job_moment(const Job& job, const Shop& shop, Instant now);

/// Not acknowledged first, then the oldest first.
using AlertPlace = std::tuple<bool, Instant, std::string>;
AlertPlace alert_place(const Alert& alert);
Alert alert_row(const Board& board, const RaisedAlert& alert);

}  // namespace baytime::views
