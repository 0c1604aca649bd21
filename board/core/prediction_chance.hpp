// How likely a promise is kept, from the spread of what work took before against its standard time. Pure.
#pragma once

#include "board/core/prediction.hpp"

#include <span>

namespace baytime {

/// Share of the promises that the earliest honest one keeps, in percent.
inline constexpr int honest_chance = 80;

/// Sorted ratios, actual against standard in thousandths, that speak for this job: of its longest item when the shop
/// has finished enough of it, else of all jobs, else what workshops usually see.
std::span<const int> spread_of(const Board& board, const Shop& shop, const Job& job);

/// Minutes until ready if all of it takes `ratio` thousandths of its standard time. `other`: queue and steps.
int minutes_at(int ratio, const OwnWork& work, int other);
/// Percent of the spread that is done within `available` minutes, given what has been clocked already; between 1 and
/// 99 unless there is no time left.
int chance_of(std::span<const int> spread, const OwnWork& work, int other, int available);
/// Minutes within which `percent` of the spread is done.
int minutes_for(std::span<const int> spread, const OwnWork& work, int other, int percent);

}  // namespace baytime
