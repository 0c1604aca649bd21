#include "display-drivers/signs/dots.hpp"

#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <map>
#include <memory>

namespace baytime::signs {

namespace {

/// Glyphs remembered; all of GB2312 has 7,445.
constexpr std::size_t most_glyphs = 8192;
constexpr int narrow = 8, wide = 16;
constexpr char32_t unknown = U'_', broken = 0xFFFD;

/// Unifont is drawn on 16 rows; the others are legible there.
constexpr const char* usual_places[] = {
    "/usr/share/fonts/opentype/unifont/unifont.otf",
    "/usr/share/fonts/truetype/unifont/unifont.ttf",
    "/usr/share/fonts/unifont/unifont.otf",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
};

struct Library {
    Library() { ready = FT_Init_FreeType(&handle) == 0; }
    ~Library() {
        if (ready) FT_Done_FreeType(handle);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    FT_Library handle = nullptr;
    bool ready = false;
};

/// Chinese, kana and full-width forms take two cells, also where the font lacks the glyph.
bool takes_two_cells(char32_t code) {
    return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
           (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF01 && code <= 0xFF60);
}

class Font {
public:
    Font() {
        for (const char* path : usual_places) {
            if (!library_.ready || face_ != nullptr) break;
            FT_Face face = nullptr;
            if (FT_New_Face(library_.handle, path, 0, &face) != 0) continue;
            if (FT_Set_Pixel_Sizes(face, 0, dot_rows) == 0) {
                face_ = face;
            } else {
                FT_Done_Face(face);
            }
        }
        if (face_ == nullptr) {
            trouble_ = "the font for pictures of text is missing; install the package fonts-unifont";
        }
    }
    ~Font() {
        if (face_ != nullptr) FT_Done_Face(face_);
    }
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;

    const std::string& trouble() const { return trouble_; }

    int width(char32_t code) {
        if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return 0;
        if (takes_two_cells(code)) return wide;
        return code < 0x7F || face_ == nullptr ? narrow : glyph(code).columns;
    }

    const DotPicture& glyph(char32_t code) {
        const auto known = glyphs_.find(code);
        if (known != glyphs_.end()) return known->second;
        if (glyphs_.size() >= most_glyphs) glyphs_.clear();
        return glyphs_[code] = draw(code);
    }

    bool has(char32_t code) const { return face_ != nullptr && FT_Get_Char_Index(face_, code) != 0; }

private:
    DotPicture draw(char32_t code) const {
        if (!has(code) || code == broken) code = unknown;
        if (FT_Load_Char(face_, code, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO | FT_LOAD_MONOCHROME) != 0) return {};
        const FT_GlyphSlot slot = face_->glyph;
        const auto advance = static_cast<int>(slot->advance.x >> 6);  // 26.6 fixed point
        DotPicture out{.columns = advance > narrow || takes_two_cells(code) ? wide : narrow, .rows = dot_rows};
        out.lit.resize(static_cast<std::size_t>(out.columns * out.rows));
        const auto ascender = static_cast<int>(face_->size->metrics.ascender >> 6);
        const int top = std::min(ascender, dot_rows) - slot->bitmap_top;
        for (int y = 0; y < static_cast<int>(slot->bitmap.rows); ++y) {
            for (int x = 0; x < static_cast<int>(slot->bitmap.width); ++x) {
                const auto byte = slot->bitmap.buffer[y * slot->bitmap.pitch + x / 8];
                const int column = x + slot->bitmap_left, row = y + top;
                const bool inside = column >= 0 && column < out.columns && row >= 0 && row < out.rows;
                if (inside && ((byte >> (7 - x % 8)) & 1) != 0) {
                    out.lit[static_cast<std::size_t>(row * out.columns + column)] = 1;
                }
            }
        }
        return out;
    }

    Library library_;
    FT_Face face_ = nullptr;
    std::string trouble_;
    std::map<char32_t, DotPicture> glyphs_;
};

/// There is one thread.
Font& font() {
    static Font one;
    return one;
}

/// Glyphs by what they look like; of two that look alike the first stays.
const std::map<std::vector<std::uint8_t>, char32_t>& shapes() {
    static const auto all = [] {
        std::map<std::vector<std::uint8_t>, char32_t> out;
        const auto add = [&](char32_t from, char32_t to) {
            for (char32_t code = from; code <= to; ++code) {
                // Only what GB2312 has: reading all of Unicode takes a second.
                if (font().has(code) && exact_gbk(utf8(code), GlyphSet::gb2312))
                    out.emplace(font().glyph(code).lit, code);
            }
        };
        add(0x20, 0x7E);
        out.emplace(font().glyph(U'·').lit, U'·');
        add(0x4E00, 0x9FA5);
        add(0x3001, 0x3011);
        add(0xFF01, 0xFF5E);
        return out;
    }();
    return all;
}

}  // namespace

const std::string& dot_font_trouble() {
    return font().trouble();
}

int dot_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const auto character = first_character(text);
        width += font().width(code_point(character));
        text.remove_prefix(character.size());
    }
    return width;
}

DotPicture dots_of_text(std::string_view text) {
    DotPicture out{.columns = dot_width(text), .rows = dot_rows};
    if (!font().trouble().empty()) return {};
    out.lit.resize(static_cast<std::size_t>(out.columns * out.rows));
    int left = 0;
    while (!text.empty()) {
        const auto character = first_character(text);
        const char32_t code = code_point(character);
        text.remove_prefix(character.size());
        const int width = font().width(code);
        if (width == 0) continue;
        const DotPicture& glyph = font().glyph(code);
        for (int y = 0; y < dot_rows; ++y) {
            for (int x = 0; x < std::min(width, glyph.columns); ++x) {
                out.lit[static_cast<std::size_t>(y * out.columns + left + x)] = glyph.at(x, y) ? 1 : 0;
            }
        }
        left += width;
    }
    return out;
}

DotPicture cut_out(const DotPicture& picture, int left, int columns) {
    DotPicture out{.columns = columns, .rows = picture.rows};
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = left; x < left + columns; ++x) {
            out.lit.push_back(x >= 0 && x < picture.columns && picture.at(x, y) ? 1 : 0);
        }
    }
    return out;
}

std::optional<std::string> text_of_dots(const DotPicture& picture) {
    if (picture.rows != dot_rows || !font().trouble().empty()) return std::nullopt;
    std::string out;
    for (int left = 0; left < picture.columns;) {
        // Two cells first: the halves of some Chinese characters look like letters.
        const int both[] = {wide, narrow};
        const auto* fits = std::ranges::find_if(both, [&](int columns) {
            return left + columns <= picture.columns && shapes().contains(cut_out(picture, left, columns).lit);
        });
        if (fits == std::end(both)) return std::nullopt;
        out += utf8(shapes().at(cut_out(picture, left, *fits).lit));
        left += *fits;
    }
    return out;
}

}  // namespace baytime::signs
