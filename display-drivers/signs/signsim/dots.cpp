#include "display-drivers/signs/signsim/dots.hpp"

#include "display-drivers/signs/dots.hpp"

#include <algorithm>

namespace baytime::signs::sim {

using namespace std::chrono_literals;

namespace {

constexpr int letter_columns = 5, letter_rows = 7, letter_pitch = 6, line_pitch = 8;
constexpr auto screen_dwell = 3000ms;  ///< before the next lines are shown
constexpr auto column_time = 40ms;     ///< of text that runs
constexpr int gap_columns = 24;        ///< between the end of running text and its start

Colour colour_of(Meaning meaning, int brightness) {
    Colour full{255, 160, 10};  // amber
    if (meaning == Meaning::good) full = {40, 235, 60};
    if (meaning == Meaning::attention) full = {255, 95, 0};
    if (meaning == Meaning::alarm) full = {255, 25, 15};
    const auto dimmed = [&](int value) { return static_cast<std::uint8_t>(value * brightness / 100); };
    return {dimmed(full.red), dimmed(full.green), dimmed(full.blue)};
}

int width_of(const Line& line, Letters letters) {
    int width = 0;
    for (const Segment& segment : line) {
        width += letters == Letters::chinese ? dot_width(segment.text)
                                             : static_cast<int>(segment.text.size()) * letter_pitch;
    }
    return letters == Letters::latin && width > 0 ? width - 1 : width;
}

int pitch_of(Letters letters) {
    return letters == Letters::chinese ? dot_rows : line_pitch;
}

int lines_at_once(const Shape& shape, Letters letters) {
    return std::max(1, shape.rows / pitch_of(letters));
}

void light(Dots& dots, int column, int row, Colour colour) {
    if (column < 0 || column >= dots.columns || row < 0 || row >= dots.rows) return;
    dots.lit[static_cast<std::size_t>(row * dots.columns + column)] = colour;
}

void draw_letter(Dots& dots, char c, int left, int top, Colour colour) {
    const Letter& shape = letter(c);
    for (int y = 0; y < letter_rows; ++y) {
        for (int x = 0; x < letter_columns; ++x) {
            const bool on = (shape[static_cast<std::size_t>(y)] >> (letter_columns - 1 - x) & 1U) != 0;
            if (on) light(dots, left + x, top + y, colour);
        }
    }
}

void draw_picture(Dots& dots, const DotPicture& picture, int left, int top, Colour colour) {
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.columns; ++x) {
            if (picture.at(x, y)) light(dots, left + x, top + y, colour);
        }
    }
}

void draw_line(Dots& dots, const Line& line, int left, int top, int brightness, Letters letters) {
    for (const Segment& segment : line) {
        const Colour colour = colour_of(segment.meaning, brightness);
        if (letters == Letters::chinese) {
            draw_picture(dots, dots_of_text(segment.text), left, top, colour);
            left += dot_width(segment.text);
            continue;
        }
        for (const char c : segment.text) {
            draw_letter(dots, c, left, top, colour);
            left += letter_pitch;
        }
    }
}

}  // namespace

bool animated(const Glass& glass, const Shape& shape, Letters letters) {
    return glass.moves || static_cast<int>(glass.page.lines.size()) > lines_at_once(shape, letters);
}

Dots dots_of(const Glass& glass, const Shape& shape, std::chrono::milliseconds since, Letters letters) {
    Dots dots{.columns = shape.columns, .rows = shape.rows};
    dots.lit.resize(static_cast<std::size_t>(shape.columns * shape.rows));
    const auto& lines = glass.page.lines;
    if (lines.empty()) return dots;
    const auto per_screen = static_cast<std::size_t>(lines_at_once(shape, letters));
    const std::size_t screens = (lines.size() + per_screen - 1) / per_screen;
    const auto screen = static_cast<std::size_t>(since / screen_dwell) % screens;
    const std::size_t begin = screen * per_screen, end = std::min(begin + per_screen, lines.size());
    const int pitch = pitch_of(letters);
    const int height = static_cast<int>(end - begin) * pitch - (letters == Letters::latin ? 1 : 0);
    int top = std::max(0, (shape.rows - height) / 2);
    for (std::size_t i = begin; i < end; ++i, top += pitch) {
        const int width = width_of(lines[i], letters);
        int left = (shape.columns - width) / 2;
        if (width > shape.columns) {
            const int turn = width + gap_columns;
            left = -(static_cast<int>(since / column_time) % turn);
            draw_line(dots, lines[i], left + turn, top, glass.brightness, letters);
        }
        draw_line(dots, lines[i], left, top, glass.brightness, letters);
    }
    return dots;
}

}  // namespace baytime::signs::sim
