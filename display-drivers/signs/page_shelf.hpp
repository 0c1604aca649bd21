// The pages that want to be on one sign, at most one of each urgency, and which of them is shown. Pure.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <optional>

namespace baytime::signs {

/// A more urgent page shows for its hold time, then yields to the others.
enum class Urgency { idle, state, ready, alert };

/// A page and how long it is true. An expired page is never shown.
struct TimedPage {
    Page page{};
    Urgency urgency = Urgency::state;
    Moment held_until{};             ///< ready and alert only; idle and state hold until they expire
    Moment expires = Moment::max();  ///< whoever shows a page says how long it may be believed
};

class PageShelf {
public:
    /// Takes the place of the page of this urgency.
    void put(TimedPage page);
    void clear(Urgency urgency);
    const TimedPage* at(Urgency urgency) const;
    /// The most urgent page within its hold; with none, the most urgent that has not expired; or nothing.
    const TimedPage* top(Moment now) const;
    /// When top() may change by the passing of time alone.
    std::optional<Moment> next_change(Moment now) const;

private:
    static constexpr std::size_t count = 4;
    std::array<std::optional<TimedPage>, count> pages_;
};

}  // namespace baytime::signs
