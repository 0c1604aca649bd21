// What is on the glass at one moment, as plain values: areas that tile the panel, each with its shapes.
// Knows nothing of SDL; made by the layout, drawn by the painter, compared by tests.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::lounge {

/// Pixels; the right and bottom edges are not part of it.
struct Rect {
    int x = 0, y = 0, w = 0, h = 0;
    int right() const { return x + w; }
    int bottom() const { return y + h; }
    bool operator==(const Rect&) const = default;
};

struct Color {
    std::uint8_t r = 0, g = 0, b = 0;
    bool operator==(const Color&) const = default;
};

/// `part` of 0 gives `from`, 1 gives `to`.
Color mix(Color from, Color to, double part);

/// Size is that of the em square, in pixels.
struct Font {
    bool bold = false;
    int px = 0;
    bool operator==(const Font&) const = default;
};

/// A filled box, or a ring along its edge when `border` > 0.
struct Box {
    Rect at{};
    Color color{};
    int radius = 0;
    int border = 0;
    bool operator==(const Box&) const = default;
};

/// A straight stroke with round ends.
struct Stroke {
    int from_x = 0, from_y = 0, to_x = 0, to_y = 0;
    int width = 1;
    Color color{};
    bool operator==(const Stroke&) const = default;
};

/// One line of text. `at` is the space its ink needs; it starts at at.x and stands on `baseline`.
struct Text {
    Rect at{};
    int baseline = 0;
    std::string text{};
    Font font{};
    Color color{};
    bool operator==(const Text&) const = default;
};

enum class Image { logo, code };

/// A picture the painter holds, scaled into `at`.
struct Picture {
    Rect at{};
    Image image = Image::logo;
    bool operator==(const Picture&) const = default;
};

using Shape = std::variant<Box, Stroke, Text, Picture>;

/// A part of the panel that is drawn and updated as a whole. Shapes are placed in panel coordinates.
struct Area {
    std::string name{};  ///< stable: `header`, `row-0`
    Rect at{};
    Color ground{};
    std::vector<Shape> shapes{};
    bool operator==(const Area&) const = default;
};

struct Scene {
    int width = 0, height = 0;
    Color ground{};
    std::vector<Area> areas{};
    bool operator==(const Scene&) const = default;
};

/// What the layout must know of the fonts.
struct Ruler {
    std::function<int(std::string_view text, Font font)> width;  ///< pixels the text advances
    double cap_height = 0.733;  ///< height of a capital letter, as part of the font size
};

}  // namespace baytime::lounge
