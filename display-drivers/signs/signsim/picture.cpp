#include "display-drivers/signs/signsim/picture.hpp"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace baytime::signs::sim {

namespace {

constexpr int pitch = 12;   ///< pixels from LED to LED
constexpr int margin = 12;  ///< black glass around the LEDs
constexpr int frame = 16;   ///< width of the frame around the glass
constexpr double led_radius = 4.4, halo_radius = 15.0, halo_strength = 0.30, core_strength = 0.30;
constexpr double corner_radius = 14.0;

struct Light {
    double red = 0, green = 0, blue = 0;
    void add(const Colour& colour, double share) {
        red += colour.red * share, green += colour.green * share, blue += colour.blue * share;
    }
};

/// 1 inside, 0 outside, a soft edge of one pixel.
double disc(double distance, double radius) {
    return std::clamp(radius - distance + 0.5, 0.0, 1.0);
}

/// How far a point lies outside a rounded rectangle around the picture.
double outside(const Picture& picture, double x, double y, double inset, double radius) {
    const double edge = std::min({x, y, picture.width - x, picture.height - y});
    if (edge > inset + radius) return -radius;
    const double dx = std::max({inset + radius - x, x - (picture.width - inset - radius), 0.0});
    const double dy = std::max({inset + radius - y, y - (picture.height - inset - radius), 0.0});
    return std::hypot(dx, dy) - radius;
}

/// How much of an LED's light reaches a pixel, by the pixel's place in the three by three cells around the LED.
struct Reach {
    double led = 0, halo = 0, core = 0;
};
constexpr int reach_side = 3 * pitch;
static_assert(margin <= pitch, "a pixel of the margin is looked up like one of a cell");

const std::array<Reach, reach_side * reach_side>& reach() {
    static const auto table = [] {
        std::array<Reach, reach_side * reach_side> out{};
        for (int y = 0; y < reach_side; ++y) {
            for (int x = 0; x < reach_side; ++x) {
                const double distance = std::hypot(x + 0.5 - 1.5 * pitch, y + 0.5 - 1.5 * pitch);
                const double near = std::max(0.0, 1.0 - distance / halo_radius);
                out[static_cast<std::size_t>(y * reach_side + x)] = {disc(distance, led_radius),
                                                                     halo_strength * near * near,
                                                                     core_strength * disc(distance, led_radius * 0.45)};
            }
        }
        return out;
    }();
    return table;
}

/// The glass at a pixel counted from the first LED's cell; may lie in the margin.
Light glass_at(const Dots& dots, int x, int y) {
    Light light{7, 7, 8};
    constexpr Colour off{30, 26, 24};
    const int column = (x + pitch) / pitch - 1, row = (y + pitch) / pitch - 1;
    for (int r = std::max(0, row - 1); r <= std::min(dots.rows - 1, row + 1); ++r) {
        for (int c = std::max(0, column - 1); c <= std::min(dots.columns - 1, column + 1); ++c) {
            const int at = (y - (r - 1) * pitch) * reach_side + x - (c - 1) * pitch;
            const Reach& there = reach()[static_cast<std::size_t>(at)];
            const auto& lit = dots.lit[static_cast<std::size_t>(r * dots.columns + c)];
            light.add(lit.value_or(off), there.led);
            if (!lit) continue;
            light.add(*lit, there.halo);
            light.add({255, 255, 255}, there.core * lit->red / 255.0);
        }
    }
    return light;
}

std::uint8_t byte(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

}  // namespace

Picture picture_of(const Dots& dots) {
    Picture out{.width = dots.columns * pitch + 2 * (margin + frame),
                .height = dots.rows * pitch + 2 * (margin + frame)};
    out.pixels.reserve(static_cast<std::size_t>(out.width * out.height * 4));
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            const double px = x + 0.5, py = y + 0.5;
            const double inside = std::clamp(0.5 - outside(out, px, py, 0, corner_radius), 0.0, 1.0);
            const double in_glass = std::clamp(0.5 - outside(out, px, py, frame, corner_radius / 2), 0.0, 1.0);
            const double shade = 58.0 - 22.0 * py / out.height;  // light from above
            Light light{shade, shade, shade * 1.06};
            if (in_glass > 0) {
                const Light glass = glass_at(dots, x - margin - frame, y - margin - frame);
                light.red += (glass.red - light.red) * in_glass;
                light.green += (glass.green - light.green) * in_glass;
                light.blue += (glass.blue - light.blue) * in_glass;
            }
            for (const double value : {light.red, light.green, light.blue, 255.0 * inside}) {
                out.pixels.push_back(byte(value));
            }
        }
    }
    return out;
}

void write_png(const Picture& picture, const std::string& path) {
    Picture copy = picture;  // SDL wants to be able to write
    SDL_Surface* surface = SDL_CreateRGBSurfaceWithFormatFrom(copy.pixels.data(), copy.width, copy.height, 32,
                                                              copy.width * 4, SDL_PIXELFORMAT_RGBA32);
    const std::string beside = path + ".new";
    const bool written = surface != nullptr && IMG_SavePNG(surface, beside.c_str()) == 0;
    SDL_FreeSurface(surface);
    if (!written || std::rename(beside.c_str(), path.c_str()) != 0) {
        throw std::runtime_error("cannot write the picture " + path);
    }
}

std::string terminal_text(const Dots& dots) {
    constexpr Colour off{24, 20, 18};
    const auto at = [&](int row, int column) {
        if (row >= dots.rows) return Colour{};
        return dots.lit[static_cast<std::size_t>(row * dots.columns + column)].value_or(off);
    };
    const auto code = [](const char* layer, const Colour& c) {
        return std::string(layer) + std::to_string(c.red) + ';' + std::to_string(c.green) + ';' +
               std::to_string(c.blue);
    };
    std::string out;
    for (int row = 0; row < dots.rows; row += 2) {
        std::string last;
        for (int column = 0; column < dots.columns; ++column) {
            const auto now = "\x1b[" + code("38;2;", at(row, column)) + ';' + code("48;2;", at(row + 1, column)) + 'm';
            if (now != last) out += now;
            last = now;
            out += "▀";
        }
        out += "\x1b[0m\n";
    }
    return out;
}

}  // namespace baytime::signs::sim
