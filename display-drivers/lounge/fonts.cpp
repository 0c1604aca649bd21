// Noto Sans CJK SC first: it is what the board was drawn with. Others keep the board readable.
#include "display-drivers/lounge/fonts.hpp"

#include <SDL_ttf.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>

namespace baytime::lounge {

namespace {

/// Text is measured at this size, in pixels.
constexpr int measure_px = 256;
/// Widths remembered for each weight.
constexpr std::size_t most_widths = 4096;

struct Pair {
    FontFile regular, bold;
};

const std::vector<Pair>& usual_places() {
    static const std::vector<Pair> places{
        {{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2},
         {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", 2}},
        {{"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2},
         {"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", 2}},
        {{"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2},
         {"/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", 2}},
        {{"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", ""},
         {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", ""}},
        {{"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", ""}, {"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", ""}},
        {{"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", ""},
         {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", ""}},
    };
    return places;
}

std::optional<Pair> find_fonts() {
    for (const auto& pair : usual_places()) {
        std::error_code ignored;
        if (!std::filesystem::exists(pair.regular.path, ignored)) continue;
        const bool bold = std::filesystem::exists(pair.bold.path, ignored);
        return Pair{pair.regular, bold ? pair.bold : pair.regular};
    }
    return std::nullopt;
}

TTF_Font* open_face(const FontFile& file) {
    constexpr int most_faces = 32;
    for (int look = -1; look < most_faces; ++look) {
        const int face = look < 0 ? file.likely : look;
        TTF_Font* font = TTF_OpenFontIndex(file.path.c_str(), measure_px, face);
        if (font == nullptr && look < 0) continue;
        if (font == nullptr) break;
        const char* family = TTF_FontFaceFamilyName(font);
        if (file.family.empty() || (family != nullptr && file.family == family)) {
            TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
            return font;
        }
        TTF_CloseFont(font);
    }
    throw std::runtime_error("cannot use the font " + file.path + ": " + TTF_GetError());
}

}  // namespace

Fonts::Fonts(const std::string& file) {
    if (TTF_Init() != 0) fail_sdl("cannot start SDL_ttf");
    const auto found = file.empty() ? find_fonts() : Pair{{file, ""}, {file, ""}};
    if (!found) {
        TTF_Quit();
        throw std::runtime_error(
            "no font with Chinese letters found; install the package fonts-noto-cjk "
            "(or name a font file with [screen] font)");
    }
    faces_[0] = {open_face(found->regular), measure_px};
    faces_[1] = {open_face(found->bold), measure_px};
    int least_x = 0, most_x = 0, least_y = 0, most_y = 0, advance = 0;
    TTF_GlyphMetrics32(faces_[1].handle, 'H', &least_x, &most_x, &least_y, &most_y, &advance);
    if (most_y > 0) cap_height_ = static_cast<double>(most_y) / measure_px;
}

Fonts::~Fonts() {
    for (const auto& face : faces_) TTF_CloseFont(face.handle);
    TTF_Quit();
}

_TTF_Font* Fonts::sized(Font font) {
    Face& face = faces_[font.bold ? 1 : 0];
    if (face.px != font.px) TTF_SetFontSize(face.handle, font.px);
    face.px = font.px;
    return face.handle;
}

int Fonts::width(std::string_view text, Font font) {
    auto& known = faces_[font.bold ? 1 : 0].widths;
    std::string key(text);
    auto found = known.find(key);
    if (found == known.end()) {
        if (known.size() >= most_widths) known.clear();
        int wide = 0, high = 0;
        if (TTF_SizeUTF8(sized({font.bold, measure_px}), key.c_str(), &wide, &high) != 0) wide = 0;
        found = known.emplace(std::move(key), wide).first;
    }
    return static_cast<int>(std::ceil(static_cast<double>(found->second) * font.px / measure_px));
}

Ruler Fonts::ruler() {
    return {.width = [this](std::string_view text, Font font) { return width(text, font); }, .cap_height = cap_height_};
}

Surface Fonts::render(const Text& text, int& ascent) {
    TTF_Font* font = sized(text.font);
    ascent = TTF_FontAscent(font);
    const SDL_Color color{text.color.r, text.color.g, text.color.b, 255};
    return Surface(TTF_RenderUTF8_Blended(font, text.text.c_str(), color));
}

}  // namespace baytime::lounge
