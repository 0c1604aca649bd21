// One settled job as the reports see it, and the verdict on it (rules §3 to §5). Pure; knows no table, file or clock.
#pragma once

#include "board/core/imported.hpp"
#include "board/core/job.hpp"
#include "board/core/verdict.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace baytime::reports {

/// What became of an excuse; `none`: the customer had no part in it, or did not sign.
enum class ExcuseState { none, pending, accepted, rejected };
BOOST_DESCRIBE_ENUM(ExcuseState, none, pending, accepted, rejected)

/// What the customer said on the phone; `none`: nobody called yet.
enum class Call { none, on_time, late };
BOOST_DESCRIBE_ENUM(Call, none, on_time, late)

/// A day of the shop's calendar.
using Day = std::chrono::local_days;

struct SettledJob {
    std::uint64_t id = 0;  ///< seq of the event that began its record
    std::string order{}, plate{};
    RepairType type = RepairType::maintenance;
    std::string advisor{};
    std::vector<std::string> technicians{};  ///< each once, sorted
    Instant received{}, original_promise{}, promise{}, settled{};
    Day day{};  ///< of `settled`, in the shop's zone
    ExcuseState excuse = ExcuseState::none;
    std::string cause{};  ///< reference to the customer's signature
    Call call = Call::none;
    bool called_in_time = false;  ///< within call_back_window (rule §7); what a file says was
    bool inspected = false, inspection_failed = false;
    std::string return_of{};
    std::optional<std::int64_t> amount{};          ///< cents
    std::optional<Instant> flagged{};              ///< the first delay flag
    std::optional<Notice> notice{};                ///< how early it came before `promise` (rule §5)
    std::optional<std::int64_t> notice_minutes{};  ///< from it to `promise`, negative when after that
    int delay_minutes = 0;
    std::optional<DelayReason> delay_reason{};
    bool imported = false;
    bool words = false;  ///< of an imported order: what was said about it here holds a free text (privacy)
    bool operator==(const SettledJob&) const = default;
};

/// Rule §4, by the rule of the core. settled = on_time + late + excused.
Ruling ruling(const SettledJob& job);
inline Verdict verdict(const SettledJob& job) {
    return ruling(job).verdict;
}
/// Minutes after the promise, negative when early; whole minutes of the clock, as rule §4 compares.
std::int64_t minutes_late(const SettledJob& job);

/// The row of an imported order as it stands; `day` is the day of its settling in the shop's zone.
SettledJob settled_job(const ImportedOrder& order, Day day);
/// The row of a delivered job. Asserts that it was delivered.
SettledJob settled_job(const Job& job, Day day);

}  // namespace baytime::reports
