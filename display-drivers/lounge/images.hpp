// The pictures a scene may name: the shop's logo and the QR code, made at the size asked for.
#pragma once

#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/sdl.hpp"

#include <string>

namespace baytime::lounge {

class Images {
public:
    /// `logo`: a PNG, JPEG or SVG file; `none` for no logo, empty for the built-in one.
    /// `code`: text of the QR code, or empty. Throws std::runtime_error when a picture cannot be read.
    Images(const std::string& logo, const std::string& code);

    double logo_aspect() const;  ///< width by height; 0 when there is no logo
    bool has_code() const { return !code_.empty(); }
    /// A surface of at most this size, with alpha.
    Surface make(Image image, int width, int height) const;

private:
    Surface make_code(int size) const;

    Surface logo_;
    std::string code_;
};

/// The modules of a QR code, row by row; `size` of them in each row.
struct Code {
    int size = 0;
    std::string modules{};  ///< '#' dark, ' ' light
};
/// Throws std::runtime_error when the text is too long.
Code encode_code(const std::string& text);

}  // namespace baytime::lounge
