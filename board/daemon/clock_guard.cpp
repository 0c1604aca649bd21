#include "board/daemon/clock_guard.hpp"

#include <algorithm>
#include <utility>

namespace baytime::daemon {

using std::chrono::milliseconds;

ClockGuard::ClockGuard(const ClockReading& first, Instant newest)
    : newest_(newest), journal_(newest), base_(newest), base_steady_(first.steady), last_system_(first.system) {
    const auto fault = fault_of(first, newest > Instant{});  // an empty journal says nothing
    if (fault != ClockDoubt::far_ahead) base_ = std::max(first.system, newest);
    if (fault != ClockDoubt::none) doubt(fault, base_);
    difference_ = first.system - base_;
}

bool ClockGuard::wrong_since_start() const {
    return doubt_ == ClockDoubt::before_program || doubt_ == ClockDoubt::behind_journal ||
           doubt_ == ClockDoubt::far_ahead;
}

ClockDoubt ClockGuard::fault_of(const ClockReading& reading, bool since_start) const {
    if (reading.system < program_made) return ClockDoubt::before_program;
    if (reading.system + clock_step < journal_) return ClockDoubt::behind_journal;
    if (since_start && !reading.synchronised && reading.system > newest_ + longest_rest) return ClockDoubt::far_ahead;
    return ClockDoubt::none;
}

void ClockGuard::doubt(ClockDoubt why, Instant from) {
    doubt_ = why;
    if (!since_) since_ = std::max(newest_, from);
}

void ClockGuard::follow(const ClockReading& reading) {
    if (since_) ended_ = Doubted{.from = *since_, .until = base_, .correction = reading.system - base_};
    since_.reset();
    doubt_ = ClockDoubt::none;
    base_ = reading.system;
    difference_ = {};
}

Instant ClockGuard::now(const ClockReading& reading) {
    const Instant before = base_;
    const auto passed = std::chrono::duration_cast<milliseconds>(reading.steady - base_steady_);
    base_steady_ += passed;
    const auto gap = reading.system - (base_ + passed);
    const bool ahead = gap < -clock_step;
    const auto moved = reading.system - last_system_ - passed;
    const bool step = moved > clock_step || moved < -clock_step;
    last_system_ = reading.system;
    if (step) ++steps_;
    // A shop whose time has run ahead waits for the real one while nobody works: then no work is measured too short.
    const bool waits = ahead && gap > -longest_stand &&
                       (reading.synchronised || doubt_ == ClockDoubt::behind_journal) && !reading.at_work;
    if (!waits) base_ += passed;
    difference_ = reading.system - base_;

    const bool was_wrong = wrong_since_start();
    // Entries older than the program were made by a clock that was wrong: they do not speak against one that is set
    // now.
    const bool since_start = doubt_ == ClockDoubt::far_ahead || (was_wrong && journal_ >= program_made);
    const auto fault = fault_of(reading, since_start);
    const bool agrees = std::chrono::abs(difference_) <= clock_step;
    // A clock known to be wrong that now shows a time that can be right was set; one that was right must say why.
    const bool mended = !ahead && (reading.synchronised || was_wrong);
    if (fault == ClockDoubt::none && (agrees || mended)) {
        follow(reading);
    } else {
        const bool same = ahead && was_wrong && doubt_ != ClockDoubt::far_ahead;
        doubt(fault != ClockDoubt::none ? fault : same ? doubt_ : ClockDoubt::jumped, before);
    }
    newest_ = std::max(newest_, base_);
    return newest_;
}

void ClockGuard::accept(const ClockReading& reading) {
    now(reading);
    const bool asks = doubt_ == ClockDoubt::jumped || doubt_ == ClockDoubt::far_ahead;
    if (asks && fault_of(reading, false) == ClockDoubt::none && reading.system >= base_) {
        follow(reading);
        newest_ = std::max(newest_, base_);
    }
    // A clock that shows less than the journal holds can not be taken over; the shop's time waits for it.
    if (doubt_ == ClockDoubt::jumped) doubt_ = ClockDoubt::behind_journal;
}

std::optional<ClockGuard::Doubted> ClockGuard::take_ended() {
    return std::exchange(ended_, std::nullopt);
}

}  // namespace baytime::daemon
