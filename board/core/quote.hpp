// The earliest promise a shop can honestly give for work that is not on its board yet (rules §3, §6). Pure.
#pragma once

#include "board/core/decide.hpp"
#include "board/core/prediction.hpp"

namespace baytime {

/// Promises are told in steps of this.
inline constexpr std::chrono::minutes promise_step{5};

struct Quote {
    Prediction prediction{};  ///< as if the car came now, behind all that wait already
    Instant honest{};         ///< kept with `honest_chance` by the spread of past jobs; on a full step
};

/// `job`: type, items, wash, express, return_of, and appointment_at when the car comes later; then the queue of today
/// counts as far as it reaches to that time.
/// `kept`: Request::predictor.
Quote quote(const Board& board, const Shop& shop, Job job, Instant now, Predictor* kept = nullptr);

/// The same for items as the desk names them, by code or as name and minutes; refused as an intake would be.
std::variant<Quote, Rejection> quote_named(const Board& board, const Shop& shop, Job job, Instant now);

}  // namespace baytime
