// On time, late or excused (rule §4): a pure function of what is on record. No configuration enters, so changing a
// setting never changes a past verdict.
#pragma once

#include "board/core/event.hpp"

#include <chrono>
#include <optional>

namespace baytime {

/// The version of the rule below; stamped into every hand-over.
inline constexpr int verdict_rule = 1;
/// An excuse can be recorded from the arrival until this long after the hand-over: time to type in a paper form, and
/// soon enough for the daily table.
inline constexpr std::chrono::hours excuse_window{24};
/// A call-back counts as done when the first one came within this time of the hand-over (rule §7).
inline constexpr std::chrono::hours call_back_window{72};
/// How early a flag must come where no setting is on record: the rule's own figure (rule §5).
inline constexpr std::chrono::minutes usual_notice{30};

struct Ruling {
    Verdict verdict = Verdict::on_time;
    bool pending = false;  ///< excused, and the manager has not decided
    VerdictWhy why = VerdictWhy::kept;
    bool operator==(const Ruling&) const = default;
};

/// Rule §4. Minutes compare, never seconds; without a promise nothing can be late.
Ruling rule_on(Instant settled_at, const std::optional<Instant>& promise, const std::optional<Excuse>& excuse,
               const std::optional<CallBack>& call_back);
/// Rule §5, by the minute: in time when the flag comes at least `wanted` before the promise.
Notice notice_of(Instant flagged, Instant promise, std::chrono::minutes wanted);
/// How a delivered job stands now; nothing for any other.
std::optional<Ruling> ruling_of(const Job& job);
/// What the hand-over at `at` puts on record; the amount is added by who knows it.
Settlement settle(const Job& job, Instant at);
/// What was noted from `from` on, in the shop's time then, happened `by` later.
struct TimeCorrection {
    Instant from{};
    std::chrono::milliseconds by{0};
};
/// The verdict of a held hand-over, once the clock is confirmed. A promise given while the clock was in doubt is put
/// right as the hand-over is, so that what counts is how long the shop took.
VerdictStamped stamp_held(const Job& job, const TimeCorrection& correction);
/// Minutes after the effective promise, negative when early; nothing for a job that is not settled.
std::optional<std::chrono::minutes> minutes_late(const Job& job);
/// The first call-back came within call_back_window.
bool called_back_in_time(const Job& job);

}  // namespace baytime
