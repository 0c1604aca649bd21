// Whose turn it is on a line with several signs. Pure.
#pragma once

#include "display-drivers/signs/page_shelf.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace baytime::signs {

/// Turns in a row that alerts may take while another sign waits.
inline constexpr int most_urgent_turns = 3;

/// A sign with something to send.
struct Waiting {
    std::uint64_t sign = 0;
    Urgency urgency = Urgency::state;
};

class LineTurns {
public:
    /// The sign to serve next: alerts first, otherwise whoever was served longest ago. `waiting` is not empty.
    std::uint64_t take(const std::vector<Waiting>& waiting);
    void forget(std::uint64_t sign) { served_.erase(sign); }

private:
    std::uint64_t longest_ago(const std::vector<Waiting>& waiting, bool alerts_only) const;

    std::map<std::uint64_t, std::uint64_t> served_;  ///< the number of its last turn
    std::uint64_t turn_ = 0;
    int urgent_turns_ = 0;
};

}  // namespace baytime::signs
