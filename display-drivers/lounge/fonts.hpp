// Finds the fonts, measures text and makes it into pixels (SDL_ttf).
#pragma once

#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/sdl.hpp"

#include <string>
#include <unordered_map>

struct _TTF_Font;

namespace baytime::lounge {

/// Where a font may be, best first; each with the family to take from a collection.
struct FontFile {
    std::string path;
    std::string family;  ///< empty: the first face
    int likely = 0;      ///< the face that has this family, in the files we know; looking at each takes 10 ms
};

class Fonts {
public:
    /// `file`: a font the owner chose, for both weights; empty: search the usual places.
    /// Throws std::runtime_error that names the package to install when there is none.
    explicit Fonts(const std::string& file = {});
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;
    ~Fonts();

    /// Measures with a scale of one large size, so that widths are exactly proportional to sizes.
    Ruler ruler();
    /// Height of a bold capital, as part of the font size.
    double cap_height() const { return cap_height_; }
    /// The text as a surface with alpha, and how far its baseline lies below its top. Null when nothing of it can be
    /// drawn: letters of no width, or more of them than a surface is wide.
    Surface render(const Text& text, int& ascent);

private:
    /// One opened face for each weight: a face of a Chinese font takes 3 MB, and rasterizing again is cheap.
    struct Face {
        _TTF_Font* handle = nullptr;
        int px = 0;
        std::unordered_map<std::string, int> widths{};
    };
    _TTF_Font* sized(Font font);
    int width(std::string_view text, Font font);

    double cap_height_ = 0.733;
    Face faces_[2];  ///< regular, bold
};

}  // namespace baytime::lounge
