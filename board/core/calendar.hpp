// The working calendar: when the shop is open. Predictions and figures count working time only (rules §5, §7).
// Pure: the zone comes as values. Every call costs a few binary searches, over a week as over ten years.
#pragma once

#include "board/core/zone.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace baytime {

/// The calendar knows these years. Outside them a shop with hours counts as closed, and no time is found.
inline constexpr std::chrono::year calendar_first_year{2000};
inline constexpr std::chrono::year calendar_last_year{2099};
/// Openings of one day; breaks lie between them.
inline constexpr std::size_t max_openings_a_day = 12;

/// Open from `from` to `to`, in minutes since local midnight, `from` < `to` <= 24:00.
struct Opening {
    std::chrono::minutes from{0}, to{0};
    bool operator==(const Opening&) const = default;
};
using DayHours = std::vector<Opening>;  ///< in order, not touching each other's inside; empty: closed

struct OpeningHours {
    std::array<DayHours, 7> weekdays{};                     ///< Sunday first, as std::chrono::weekday counts
    std::map<std::chrono::local_days, DayHours> special{};  ///< holidays and special days, which replace the weekday
    bool operator==(const OpeningHours&) const = default;
};

/// A stretch of time in which the shop is open.
struct OpenStretch {
    Instant from{}, to{};
    bool operator==(const OpenStretch&) const = default;
};

class Calendar {
public:
    /// Open always, in UTC.
    Calendar() = default;
    /// Open always, with local days: for a shop without configured hours.
    explicit Calendar(Zone zone);
    Calendar(Zone zone, const OpeningHours& hours);

    bool always_open() const { return !days_; }
    bool is_open(Instant at) const;
    /// Open time between the two, exact; zero when `to` lies before `from`.
    std::chrono::milliseconds working_time(Instant from, Instant to) const;
    /// The same in whole minutes, rounded down.
    std::chrono::minutes working_minutes(Instant from, Instant to) const;
    /// The first moment at which `amount` of open time has passed since `from`. Nothing of it: `from` itself, so that
    /// what is done stays done overnight. The end of the calendar when it never comes.
    Instant plus_working(Instant from, std::chrono::milliseconds amount) const;
    /// `at` when the shop is open then, else the next opening; the end of the calendar when it never opens.
    Instant next_open(Instant at) const;
    /// The next moment after `at` at which the shop opens or closes; nothing when none comes within a year.
    std::optional<Instant> next_change(Instant at) const;
    std::chrono::minutes open_minutes_of_day(std::chrono::local_days day) const;
    std::chrono::minutes open_minutes_of_month(std::chrono::year_month month) const;
    /// The stretches of one local day, in order.
    std::vector<OpenStretch> stretches(std::chrono::local_days day) const;
    const Zone& zone() const { return zone_; }

private:
    struct Days;  ///< the hours with the open minutes of all days, summed up
    std::int64_t day_index(Instant at) const;
    std::chrono::milliseconds worked_until(Instant at) const;

    Zone zone_{};
    std::shared_ptr<const Days> days_{};  ///< nothing: always open
};

}  // namespace baytime
