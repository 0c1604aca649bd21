// The words of `baytime top` in both languages.
#pragma once

#include "board/core/words.hpp"

#include <string>

namespace baytime::cli {

struct TopWords {
    const char *bay, *order, *plate, *model, *state, *people, *promise, *expected, *left;
    const char *free, *waiting, *assigned, *inspection, *washing, *ready, *booked, *next, *late, *nobody_late, *alerts,
        *no_alerts;
    const char *away, *quit, *more, *minutes, *inspection_level;
};
const TopWords& top_words(bool chinese);

/// `维修中`, `in repair`; a pause with its reason.
std::string state_word(JobState state, std::optional<PauseReason> paused_for, bool chinese);
/// What an alert kind means, in a few words.
std::string alert_word(const std::string& kind, bool chinese);

}  // namespace baytime::cli
