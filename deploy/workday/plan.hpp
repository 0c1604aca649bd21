// What will happen on a day: sixty visits with their troubles. Pure; the same seed gives the same day.
#pragma once

#include "board/core/words.hpp"

#include <optional>
#include <string>
#include <vector>

namespace baytime::workday {

inline constexpr int visits_a_day = 60;
/// The first cars came this long before the shop opens its books; the player catches up with them at once.
inline constexpr int minutes_before_opening = 55;

struct AddedWork {
    std::string name{}, code{};
    int minutes = 0;
    bool declined = false;
    bool counts = false;  ///< confirmed in time, so the new promise replaces the old one
};

/// One visit. Minutes count from the opening of the day.
struct Visit {
    std::string order{};
    std::string plate{}, model{}, customer{}, phone{}, advisor{};
    RepairType type = RepairType::maintenance;
    BayKind kind = BayKind::general;
    std::vector<std::string> items{};  ///< codes of the standard times
    bool express = false, waiting = false, wash = true;
    int arrives = 0;
    bool booked = false;
    int standard = 0;  ///< minutes of the items
    int work = 0;      ///< minutes it will really take
    int promised = 0;  ///< minutes after arrival

    // Troubles. Percent of the work after which they happen; 0: they do not.
    bool no_show = false;
    bool cancelled = false;      ///< the customer cannot wait
    bool moved_booking = false;  ///< the promise of the booking is set by phone
    int parts_after = 0;         ///< waits for parts
    int late_after = 0;          ///< the technician says it takes longer
    int late_minutes = 0;
    bool new_time_without_added_work = false;  ///< a re-promise that does not count
    bool lead_estimates = false;
    std::optional<AddedWork> added{};
    std::string fails_for{};         ///< the inspection finds this, once
    bool slip = false;               ///< finish pressed too early, and taken back
    bool wrong_model = false;        ///< corrected a little later
    std::optional<int> return_of{};  ///< index of the visit it comes back from
    std::string excuse{};            ///< the customer's own cause for a late hand-over, signed
    bool call_back = false;
    bool says_late = false;  ///< what the customer says on the call-back
};

/// `number`: of the first order, `R<number>`.
std::vector<Visit> make_day(unsigned seed, int number);

}  // namespace baytime::workday
