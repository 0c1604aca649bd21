#include "display-drivers/signs/signsim/dots.hpp"

#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs::sim {

using namespace std::chrono_literals;

namespace {

constexpr int letter_columns = 5, letter_rows = 7, letter_pitch = 6, line_pitch = 8;
constexpr int tall_pitch = dot_rows;   ///< of a line that the letters above cannot write: Chinese, pictures
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

/// What is drawn at once: a letter of 5 by 7 dots, or a picture.
struct Glyph {
    const Letter* letter = nullptr;
    DotPicture picture{};
    Colour colour{};
    int pitch() const { return letter != nullptr ? letter_pitch : picture.columns; }
};

struct Row {
    std::vector<Glyph> glyphs{};
    int pitch = line_pitch;
    int width = 0;
};

DotPicture picture_of(std::string_view character, const Glass& glass) {
    const char32_t code = code_point(character);
    if (code >= first_picture && code < first_picture + glass.pictures.size())
        return glass.pictures[code - first_picture];
    return dots_of_text(character);
}

/// A sign with a Chinese font has all of its letters tall. Else letters are small where they can be, and a line with
/// anything else is drawn in the dot font where there is room.
Row row_of(const Line& line, const Glass& glass, const Shape& shape, Letters letters) {
    const bool small =
        letters == Letters::latin && std::ranges::all_of(line, [](const Segment& segment) {
            return std::ranges::all_of(segment.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        });
    const bool tall = !small && shape.rows >= tall_pitch && dot_font_trouble().empty();
    Row out{.pitch = tall ? tall_pitch : line_pitch};
    for (const Segment& segment : line) {
        std::string_view rest = segment.text;
        while (!rest.empty()) {
            const auto character = first_character(rest);
            rest.remove_prefix(character.size());
            Glyph glyph{.colour = colour_of(segment.meaning, glass.brightness)};
            if (tall) {
                glyph.picture = picture_of(character, glass);
            } else {
                glyph.letter = &letter(character.size() == 1 ? character[0] : '?');
            }
            out.width += glyph.pitch();
            out.glyphs.push_back(std::move(glyph));
        }
    }
    if (!tall && out.width > 0) --out.width;  // the gap behind the last letter
    return out;
}

/// The rows of the page by glassful.
std::vector<std::vector<Row>> screens_of(const Glass& glass, const Shape& shape, Letters letters) {
    std::vector<std::vector<Row>> out;
    int room = 0;
    for (const Line& line : glass.page.lines) {
        Row row = row_of(line, glass, shape, letters);
        if (out.empty() || row.pitch > room) {
            out.emplace_back();
            room = std::max(line_pitch, shape.rows);
        }
        room -= row.pitch;
        out.back().push_back(std::move(row));
    }
    return out;
}

bool is_lit(const Glyph& glyph, int x, int y) {
    if (glyph.letter == nullptr) return x < glyph.picture.columns && y < glyph.picture.rows && glyph.picture.at(x, y);
    return x < letter_columns && y < letter_rows &&
           ((*glyph.letter)[static_cast<std::size_t>(y)] >> (letter_columns - 1 - x) & 1U) != 0;
}

void draw_row(Dots& dots, const Row& line, int left, int top) {
    for (const Glyph& glyph : line.glyphs) {
        for (int y = 0; y < line.pitch; ++y) {
            for (int x = 0; x < glyph.pitch(); ++x) {
                const int column = left + x, row = top + y;
                const bool inside = column >= 0 && column < dots.columns && row >= 0 && row < dots.rows;
                if (!inside || !is_lit(glyph, x, y)) continue;
                dots.lit[static_cast<std::size_t>(row * dots.columns + column)] = glyph.colour;
            }
        }
        left += glyph.pitch();
    }
}

}  // namespace

bool animated(const Glass& glass, const Shape& shape, Letters letters) {
    return glass.moves || screens_of(glass, shape, letters).size() > 1;
}

Dots dots_of(const Glass& glass, const Shape& shape, std::chrono::milliseconds since, Letters letters) {
    Dots dots{.columns = shape.columns, .rows = shape.rows};
    dots.lit.resize(static_cast<std::size_t>(shape.columns * shape.rows));
    const auto screens = screens_of(glass, shape, letters);
    if (screens.empty()) return dots;
    const auto& screen = screens[static_cast<std::size_t>(since / screen_dwell) % screens.size()];
    int height = 0;
    for (const Row& row : screen) height += row.pitch;
    if (screen.back().pitch == line_pitch) height -= line_pitch - letter_rows;
    int top = std::max(0, (shape.rows - height) / 2);
    for (const Row& row : screen) {
        int left = (shape.columns - row.width) / 2;
        if (row.width > shape.columns) {
            const int turn = row.width + gap_columns;
            left = -(static_cast<int>(since / column_time) % turn);
            draw_row(dots, row, left + turn, top);
        }
        draw_row(dots, row, left, top);
        top += row.pitch;
    }
    return dots;
}

}  // namespace baytime::signs::sim
