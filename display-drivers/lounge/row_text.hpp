// What one row says, in words: from a row of the view to the texts of its columns. Pure.
#pragma once

#include "board/core/views.hpp"
#include "display-drivers/lounge/shop_clock.hpp"
#include "display-drivers/lounge/translations.hpp"

#include <string>

namespace baytime::lounge {

/// How a row looks. Each tone also has its own words and shapes, so nothing is said by colour alone.
enum class Tone { calm, ready, moved, delivered };

struct RowText {
    Tone tone = Tone::calm;
    std::string plate_head{};  ///< `沪A`; empty when the plate has no dot
    std::string plate_tail{};  ///< `7**K8`
    std::string model{};
    std::string work{}, bay{};  ///< `bay` may be empty
    int step = 0;               ///< 0..5; 5 is ready
    std::string step_text{};
    std::string promise_day{}, promise{};  ///< the day only when it is not today
    bool promise_struck = false;
    std::string expected{};  ///< a time; empty when `call` speaks instead
    std::string call{};      ///< large words in place of a time; `|` marks a line break
    bool call_soft = false;  ///< nothing to act on: said quietly
    std::string note{};      ///< small words beside the time; `|` marks a line break
};

struct RowContext {
    LocalTime today{};  ///< the shop's local now
    std::chrono::minutes offset{0};
    Language language = Language::chinese;
    bool stale = false;  ///< say nothing about the present
};

RowText row_text(const LoungeRow& row, const RowContext& context);

/// `09:05`
std::string clock_text(LocalTime time);
/// `11月21日`, `21 Nov`
std::string date_text(LocalTime time, Language language);
std::string weekday_text(LocalTime time, Language language);

}  // namespace baytime::lounge
