// Two palettes with the same roles; contrast of `text`, `soft`, `good` and `moved` to their ground is above 4.5.
#include "display-drivers/lounge/theme.hpp"

#include <algorithm>
#include <cmath>

namespace baytime::lounge {

Color mix(Color from, Color to, double part) {
    const auto one = [part](std::uint8_t a, std::uint8_t b) {
        const double value = a + (b - a) * std::clamp(part, 0.0, 1.0);
        return static_cast<std::uint8_t>(std::lround(value));
    };
    return {one(from.r, to.r), one(from.g, to.g), one(from.b, to.b)};
}

const Theme& dark_theme() {
    static const Theme theme{.ground = {11, 18, 32},
                             .stripe = {17, 28, 48},
                             .line = {38, 52, 80},
                             .text = {244, 247, 252},
                             .soft = {172, 188, 214},
                             .faint = {138, 157, 190},
                             .done = {59, 108, 184},
                             .current = {96, 168, 255},
                             .open = {44, 58, 88},
                             .good = {62, 210, 118},
                             .good_ground = {16, 43, 34},
                             .moved = {250, 182, 52},
                             .glow = {58, 92, 150},
                             .banner = {250, 182, 52},
                             .banner_text = {28, 20, 2}};
    return theme;
}

const Theme& light_theme() {
    static const Theme theme{.ground = {250, 251, 253},
                             .stripe = {237, 242, 249},
                             .line = {206, 215, 228},
                             .text = {16, 26, 44},
                             .soft = {66, 82, 110},
                             .faint = {92, 108, 136},
                             .done = {110, 156, 222},
                             .current = {20, 92, 200},
                             .open = {208, 216, 229},
                             .good = {8, 120, 60},
                             .good_ground = {220, 244, 229},
                             .moved = {166, 88, 0},
                             .glow = {170, 205, 255},
                             .banner = {255, 196, 72},
                             .banner_text = {40, 28, 0}};
    return theme;
}

}  // namespace baytime::lounge
