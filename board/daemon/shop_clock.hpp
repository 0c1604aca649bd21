// The shop's time: what the clock on its wall would show. Real time, except in demo and training, where it may start
// elsewhere, run faster or stand still. Also local time, through the time-zone library.
#pragma once

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

    /// The journal's newest event; a clock that was told to start elsewhere starts no earlier.
    void not_before(Instant newest);
    void use_zone(const std::string& zone) { zone_ = zone; }
    /// Never runs backwards within one run, even when the real clock does.
    Instant now();
    /// How long to wait in real time until the shop's time is `at`; nothing when the clock stands.
    std::optional<std::chrono::milliseconds> until(Instant at);
    double speed() const { return speed_; }
    /// The shop's distance from UTC now.
    int offset_minutes();
    /// For reading times in requests, at this moment.
    protocol::Clockwork clockwork();
    /// {"now", "speed", "offset_minutes"}, as every push carries it.
    protocol::json::object json();
    /// Local date of this moment, `2026-11-21`.
    std::string date(Instant at) const;

private:
    double speed_ = 1;
    bool real_ = true;  ///< follows the system's clock, also when that is set
    Instant start_{};
    Steady::time_point began_{};
    Instant newest_{};
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
