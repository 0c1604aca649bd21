// Boards to draw and pictures to compare, for the lounge's tests.
#pragma once

#include "display-drivers/lounge/layout.hpp"
#include "display-drivers/lounge/model.hpp"
#include "display-drivers/lounge/painter.hpp"

#include <string>

namespace baytime::lounge::support {

/// 21 November 2026, in a shop eight hours ahead of UTC.
Instant at(int hour, int minute);
ShopClock clock_at(int hour, int minute, Moment taken = {});

/// The eight cars of the design picture, or so.
LoungeView eight_cars();
/// `count` cars in every state, made from the number alone.
LoungeView many_cars(int count);
LoungeView long_names();

struct Case {
    LoungeView view = eight_cars();
    Panel panel{};
    LanguageChoice language = LanguageChoice::chinese;
    bool light = false;
    bool stale = false;
    int page = 0;
    int hour = 9, minute = 42;
    Hours closed{};
    bool code = true;
    double glass_light = 1;
};

/// Draws the case as the program would.
Surface draw(const Case& what);

/// Compares with tests/golden/lounge/NAME.png, block by block for pictures that are kept smaller. On a difference
/// writes actual and difference beside each other and returns where; empty when equal.
/// BAYTIME_GOLDEN_UPDATE=1 rewrites the golden picture instead.
std::string compare(SDL_Surface& actual, const std::string& name, int shrink = 1);

}  // namespace baytime::lounge::support
