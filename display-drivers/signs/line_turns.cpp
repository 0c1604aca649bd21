#include "display-drivers/signs/line_turns.hpp"

#include <algorithm>
#include <cassert>

namespace baytime::signs {

std::uint64_t LineTurns::longest_ago(const std::vector<Waiting>& waiting, bool alerts_only) const {
    const Waiting* chosen = nullptr;
    std::uint64_t least = 0;
    for (const Waiting& one : waiting) {
        if (alerts_only && one.urgency != Urgency::alert) continue;
        const auto found = served_.find(one.sign);
        const std::uint64_t last = found == served_.end() ? 0 : found->second;
        if (chosen != nullptr && last >= least) continue;
        chosen = &one;
        least = last;
    }
    assert(chosen != nullptr);
    return chosen->sign;
}

std::uint64_t LineTurns::take(const std::vector<Waiting>& waiting) {
    const auto is_alert = [](const Waiting& one) { return one.urgency == Urgency::alert; };
    const bool urgent = urgent_turns_ < most_urgent_turns && std::ranges::any_of(waiting, is_alert);
    const auto sign = longest_ago(waiting, urgent);
    urgent_turns_ = urgent ? urgent_turns_ + 1 : 0;
    served_[sign] = ++turn_;
    return sign;
}

}  // namespace baytime::signs
