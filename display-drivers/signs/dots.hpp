// Text as dots, 16 rows high, for signs that draw pictures but have no Chinese font. The dots are those of a bitmap
// font (GNU Unifont: letters 8 dots wide, Chinese 16), read through FreeType once a glyph.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs {

inline constexpr int dot_rows = 16;

struct DotPicture {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> lit{};  ///< row by row, 1 is on
    bool at(int column, int row) const { return lit[static_cast<std::size_t>(row * columns + column)] != 0; }
    bool operator==(const DotPicture&) const = default;
};

/// Why no text can be drawn, as a sentence; empty when the font is there.
const std::string& dot_font_trouble();
/// Columns of the text, without drawing it: 8 or 16 a character; control characters take none.
int dot_width(std::string_view utf8);
/// The whole text in one picture, dot_rows high; without the font an empty picture. A character that the font lacks
/// is drawn as `_`.
DotPicture dots_of_text(std::string_view utf8);
/// Part of a picture: `columns` from column `left` on, dark beyond its edge.
DotPicture cut_out(const DotPicture& picture, int left, int columns);
/// The text that dots_of_text() drew so (ASCII and Chinese characters), or nothing. For simulated signs.
std::optional<std::string> text_of_dots(const DotPicture& picture);

}  // namespace baytime::signs
