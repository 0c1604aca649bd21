// What a sign shows now: from the board to a page, by the sign's templates. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/time.hpp"
#include "board/daemon/settings.hpp"

#include <optional>

namespace baytime::daemon {

/// Cars one page of a list names; the sign shows them one after the other.
inline constexpr std::size_t max_cars_on_a_page = 12;

/// The page for this sign. A sign over a bay shows the car that holds the bay, or the one that still stands there for
/// its inspection or, ready without a wash, for its owner; a list shows the cars under way or ready.
signs::Page sign_page(const SignPlace& place, const Board& board, const Shop& shop, Instant now);
/// Something that takes over the glass for a while. The id tells it from the next one.
struct Notice {
    std::string id{};
    signs::Page page{};
    Instant since{};
};
/// The car that has become ready since `after` and belongs on this sign, or nothing.
std::optional<Notice> ready_notice(const SignPlace& place, const Board& board, const Shop& shop, Instant now,
                                   Instant after);
/// The newest alert of the sign's bay that nobody has acknowledged, for signs that show alerts.
std::optional<Notice> alert_notice(const SignPlace& place, const Board& board, const Shop& shop, Instant now);
/// Nothing on it is about a car.
bool is_idle(const SignPlace& place, const Board& board, const Shop& shop, Instant now);
/// What it shows when the daemon stops: never a car.
signs::Page neutral_page(const SignPlace& place, const Shop& shop);
/// What it shows while the record cannot be read.
signs::Page stale_page(const SignPlace& place, const Shop& shop);
/// The next moment at which one of these signs changes by the passing of time alone.
std::optional<Instant> next_sign_change(const std::vector<SignPlace>& places, const Board& board, const Shop& shop,
                                        Instant now);

}  // namespace baytime::daemon
