// What the shop's clocks show.
#pragma once

#include "board/core/time.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace baytime::cli {

/// What to add to UTC to get the shop's local time; by default nothing.
class Offset {
public:
    Offset() = default;
    /// Always the same.
    explicit Offset(int minutes) : now_(minutes) {}
    /// By the rules of an IANA zone, so that a time beyond a clock change is right too; where this computer does not
    /// know the zone, `minutes` always.
    Offset(const std::string& zone, int minutes);
    std::chrono::minutes at(Instant moment) const { return rules_ ? rules_(moment) : now_; }

private:
    std::chrono::minutes now_{0};
    std::function<std::chrono::minutes(Instant)> rules_{};
};

}  // namespace baytime::cli
