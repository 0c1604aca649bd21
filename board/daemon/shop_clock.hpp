// The shop's time: what the clock on its wall would show. Real time, except in demo and training, where it may start
// elsewhere, run faster or stand still. Also local time, through the time-zone library.
#pragma once

#include "board/daemon/clock_guard.hpp"
#include "board/daemon/settings.hpp"
#include "protocol/verbs.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace baytime::daemon {

using Steady = std::chrono::steady_clock;
using SteadyClock = std::function<Steady::time_point()>;

class ShopClock {
public:
    ShopClock(const ClockSettings& settings, const std::string& zone);

    /// The journal's newest event: no earlier time is believed, and a clock that was told to start elsewhere starts no
    /// earlier.
    void not_before(Instant newest);
    /// Says whether somebody is clocked on; until then nobody is.
    void ask_whether_at_work(std::function<bool()> at_work) { at_work_ = std::move(at_work); }
    void use_zone(const std::string& zone) { zone_ = zone; }
    /// Never runs backwards within one run, even when the real clock does.
    Instant now();
    /// How long to wait in real time until the shop's time is `at`; nothing when the clock stands.
    std::optional<std::chrono::milliseconds> until(Instant at);
    double speed() const { return speed_; }
    /// Follows the computer's clock: no demonstration, no training.
    bool real() const { return real_; }
    /// Whether the computer's clock is believed, at the last look. In a demonstration always.
    const ClockGuard& guard() const { return guard_; }
    bool trusted() const { return !real_ || guard_.doubt() == ClockDoubt::none; }
    /// A person says that the computer's clock is right now.
    void accept();
    /// The stretch of doubt that has just ended, once.
    std::optional<ClockGuard::Doubted> take_ended() { return guard_.take_ended(); }
    /// A time server steers the computer's clock; nothing when the kernel does not say.
    static bool synchronised();
    /// The shop's distance from UTC now.
    int offset_minutes();
    /// For reading times in requests, at this moment.
    protocol::Clockwork clockwork();
    /// {"now", "speed", "offset_minutes"}, as every push carries it; and "trusted": false while the time is in doubt.
    protocol::json::object json();
    /// Local date of this moment, `2026-11-21`.
    std::string date(Instant at) const;

private:
    ClockReading look() const;

    double speed_ = 1;
    bool real_ = true;
    Instant start_{};
    Steady::time_point began_{};
    Instant newest_{};
    std::function<bool()> at_work_ = [] { return false; };
    ClockGuard guard_;
    std::string zone_;
};

/// True when the time-zone library knows this IANA name.
bool is_zone(const std::string& name);
/// UTC of a local time in this zone; the earlier one where a clock change makes it ambiguous.
Instant to_utc(const std::string& zone, std::chrono::local_time<std::chrono::minutes> local);
std::chrono::local_time<std::chrono::minutes> to_local(const std::string& zone, Instant at);

/// `2026-11-21T08:00` local, or ISO with Z or an offset; nothing for anything else.
std::optional<Instant> read_moment(const std::string& text, const std::string& zone);

}  // namespace baytime::daemon
