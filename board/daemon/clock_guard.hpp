// The real time as the shop believes it. Between looks it goes by the steady clock, so that a computer's clock that is
// set by hours changes no duration; the system's clock is followed while the two agree, and doubted when they do not.
// Pure.
#pragma once

#include "board/core/time.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <optional>

namespace baytime::daemon {

/// A difference that is no step: slewing by time synchronisation, and the waits between two looks.
inline constexpr std::chrono::seconds clock_step{60};
/// A clock further behind the shop's time than this is itself wrong; nobody's time stands still for it.
inline constexpr std::chrono::hours longest_stand{24};
/// Longer than any holiday: a clock that at the start is further ahead of the newest entry than this is right only when
/// a time server or a person says so.
inline constexpr std::chrono::days longest_rest{35};
/// No clock that is right shows an earlier time than this: the program did not exist.
inline constexpr Instant program_made{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}};

/// What the clocks of the computer say at one moment.
struct ClockReading {
    Instant system{};
    std::chrono::steady_clock::time_point steady{};
    bool synchronised = false;  ///< the kernel says that a time server steers it
    bool at_work = true;        ///< somebody is clocked on: time must not be stretched
};

/// Why the system's clock is not believed.
enum class ClockDoubt {
    none,
    before_program,  ///< it shows a time before program_made
    behind_journal,  ///< it shows a time before the newest entry of the journal
    far_ahead,       ///< since the start it shows a time longest_rest after the newest entry, and nobody vouches for it
    jumped           ///< it was set by more than clock_step while the daemon ran
};
BOOST_DESCRIBE_ENUM(ClockDoubt, none, before_program, behind_journal, far_ahead, jumped)

class ClockGuard {
public:
    ClockGuard() = default;
    /// `newest`: of the journal.
    ClockGuard(const ClockReading& first, Instant newest);

    /// The shop's time; never runs backwards.
    Instant now(const ClockReading& reading);
    /// A person says that the system's clock is right. It is taken over unless it shows less than the shop's time,
    /// which cannot go back.
    void accept(const ClockReading& reading);

    ClockDoubt doubt() const { return doubt_; }
    /// What the system's clock should show now.
    Instant expects(std::chrono::steady_clock::time_point steady) const {
        return base_ + std::chrono::duration_cast<std::chrono::milliseconds>(steady - base_steady_);
    }
    /// System minus shop at the last look.
    std::chrono::milliseconds difference() const { return difference_; }
    /// Since when the clock is in doubt, in the shop's time then; and, once that has passed, how far the shop's time
    /// was put right.
    struct Doubted {
        Instant from{}, until{};
        std::chrono::milliseconds correction{};
        bool operator==(const Doubted&) const = default;
    };
    std::optional<Instant> doubted_since() const { return since_; }
    /// The stretch of doubt that has just ended, once.
    std::optional<Doubted> take_ended();
    std::uint64_t steps() const { return steps_; }

private:
    bool wrong_since_start() const;
    ClockDoubt fault_of(const ClockReading& reading, bool since_start) const;
    void follow(const ClockReading& reading);
    void doubt(ClockDoubt why, Instant from);

    Instant newest_{};  ///< the last time said, and the floor of the next
    Instant journal_{};
    Instant base_{};  ///< the shop's time at base_steady_
    std::chrono::steady_clock::time_point base_steady_{};
    Instant last_system_{};
    ClockDoubt doubt_ = ClockDoubt::none;
    std::chrono::milliseconds difference_{};
    std::optional<Instant> since_{};
    std::optional<Doubted> ended_{};
    std::uint64_t steps_ = 0;
};

}  // namespace baytime::daemon
