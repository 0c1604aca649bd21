// Which copies of the journal are due and which are kept. Pure.
#pragma once

#include "board/daemon/settings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::daemon {

/// To the second, UTC: the time in a copy's name.
using CopyTime = std::chrono::sys_seconds;
/// Of the last 24 hours the newest copies are kept too, so many at most, however often a copy is asked for.
inline constexpr std::size_t fresh_copies_kept = 24;
inline constexpr std::chrono::hours fresh{24};

/// `journal-2026-11-21T023000Z.db`
std::string copy_name(CopyTime at);
/// Nothing for any other name.
std::optional<CopyTime> copy_time(std::string_view name);

/// A copy made within a second of another is named a little ahead; beyond this the clock was wrong.
inline constexpr std::chrono::minutes name_ahead{1};
/// The time in the name of a copy made now: later than those of all copies (in the order of their times) but such as
/// lie ahead, so that it is the newest and pushes none out that is newer. Nothing when copies were asked for so fast
/// that it would lie ahead itself.
std::optional<CopyTime> next_copy_time(const std::vector<CopyTime>& copies, CopyTime now);

/// The newest moment not after `now` at which a copy was due: today's or yesterday's time of day in the shop.
Instant last_due(const BackupSettings& settings, const std::string& zone, Instant now);

/// Of copies in the order of their times, those that go.
std::vector<CopyTime> surplus(const std::vector<CopyTime>& copies, const BackupSettings& settings,
                              const std::string& zone);

}  // namespace baytime::daemon
