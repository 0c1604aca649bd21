// The working calendar of the configuration file: [shop.hours], [[shop.day]] and [shop.prediction].
#pragma once

#include "board/core/shop.hpp"
#include "config/reader.hpp"

namespace baytime::daemon {

/// Special days one file may hold: holidays for some years.
inline constexpr std::size_t max_special_days = 2000;

/// `08:00`, up to `24:00`: minutes since midnight; nothing for any other text.
std::optional<std::chrono::minutes> read_clock_time(std::string_view text);

/// Needs `shop.zone`, already checked. `table` is [shop].
void read_hours(const config::Table& table, Shop& shop);

/// What predictions count besides the work: [shop.prediction].
void read_prediction(const config::Table& table, PredictionSettings& prediction);

}  // namespace baytime::daemon
