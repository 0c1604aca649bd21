// Collects what a bare scanner reads: a job, a badge and a card, in any order. Pure but for the times given.
#pragma once

#include "board/daemon/shop_clock.hpp"
#include "protocol/verbs.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace baytime::daemon {

/// The three codes of one act must come within this time of the first.
inline constexpr std::chrono::seconds scan_window{30};

class Scans {
public:
    /// Adds a code; one of the same kind replaces the earlier one. Codes older than the window are forgotten first.
    void add(const protocol::Scan& scan, Steady::time_point now);
    /// What is still missing, of `job`, `badge`, `card`.
    std::vector<std::string> missing() const;

    struct Complete {
        std::string order, badge, card;
    };
    /// The three codes when they are all there; then the next act begins.
    std::optional<Complete> take();

private:
    std::optional<std::string> job_, badge_, card_;
    Steady::time_point first_{};
};

}  // namespace baytime::daemon
