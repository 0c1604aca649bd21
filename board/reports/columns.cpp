#include "board/reports/columns.hpp"

#include <algorithm>
#include <array>

namespace baytime::reports {

namespace {

using Name = std::string_view;

constexpr Name daily[]{"order",     "plate",      "type",         "advisor",     "technicians", "original_promise",
                       "promise",   "settled_at", "minutes_late", "verdict",     "why",         "cause",
                       "return_of", "flagged_at", "notice",       "amount_cents"};
constexpr Name monthly[]{"key",
                         "name",
                         "settled",
                         "on_time",
                         "late",
                         "excused",
                         "rate_bp",
                         "strict_bp",
                         "target_bp",
                         "deduction",
                         "late_flagged_in_time",
                         "returns",
                         "inspection_failed"};
constexpr Name typed[]{"key",     "settled",           "on_time",   "late",          "excused",
                       "rate_bp", "strict_bp",         "target_bp", "deduction",     "late_flagged_in_time",
                       "returns", "inspection_failed", "visits",    "turnover_cents"};
constexpr Name allowance[]{"key",          "settled",           "late",          "rate_bp", "target_bp",
                           "allowed_late", "may_still_be_late", "on_time_needed"};
constexpr Name delays[]{"key", "count", "minutes", "share_bp", "running_bp"};
constexpr Name returns[]{"key", "count", "of", "rate_bp", "target_bp"};
constexpr Name visits[]{"month", "key", "visits", "turnover_cents"};
constexpr Name utilisation[]{"key", "name", "clocked_minutes", "attendance_minutes", "utilisation_bp", "target_bp"};
constexpr Name efficiency[]{"key", "name", "standard_minutes", "clocked_minutes", "efficiency_bp", "target_bp"};
constexpr Name bays[]{"key",          "name",       "cars", "working_days", "cars_a_day_x100", "occupied_minutes",
                      "open_minutes", "occupied_bp"};
constexpr Name standards[]{"key", "standard_minutes", "median_minutes", "p80_minutes", "count"};
constexpr Name contacts[]{"order", "plate", "advisor", "settled_at", "longest_wait_minutes"};
constexpr Name service_check[]{"key", "done", "of", "rate_bp"};
constexpr Name excuses[]{"order",        "plate", "type",      "advisor",    "promise",    "settled_at",
                         "minutes_late", "cause", "signature", "excused_at", "excused_by", "waiting_hours"};

struct Known {
    Name report;
    std::span<const Name> columns;
};
constexpr std::array known{Known{"daily", daily},
                           Known{"monthly", monthly},
                           Known{"allowance", allowance},
                           Known{"delays", delays},
                           Known{"returns", returns},
                           Known{"visits", visits},
                           Known{"utilisation", utilisation},
                           Known{"efficiency", efficiency},
                           Known{"bays", bays},
                           Known{"standards", standards},
                           Known{"contacts", contacts},
                           Known{"service_check", service_check},
                           Known{"excuses", excuses}};

}  // namespace

std::span<const std::string_view> columns_of(std::string_view report, std::string_view by) {
    if (report == "monthly" && (by == "department" || by == "repair_type")) return typed;
    const auto found = std::ranges::find(known, report, &Known::report);
    return found == known.end() ? std::span<const Name>{} : found->columns;
}

}  // namespace baytime::reports
