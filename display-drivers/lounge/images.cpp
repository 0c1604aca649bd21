// Logo through SDL_image (SVG is drawn large once and scaled down), QR code through libqrencode.
#include "display-drivers/lounge/images.hpp"

#include "display-drivers/lounge/embedded.hpp"

#include <SDL_image.h>
#include <qrencode.h>

#include <algorithm>

namespace baytime::lounge {

namespace {

/// Height at which an SVG logo is drawn before scaling.
constexpr int svg_height = 512;
/// Light modules around a QR code, on each side.
constexpr int quiet_modules = 2;

Surface as_argb(SDL_Surface* loaded, const std::string& what) {
    const Surface owned(loaded);
    if (!owned) throw std::runtime_error("cannot read the logo " + what + ": " + IMG_GetError());
    Surface converted(SDL_ConvertSurfaceFormat(owned.get(), SDL_PIXELFORMAT_ARGB8888, 0));
    if (!converted) fail_sdl("cannot convert the logo");
    return converted;
}

Surface load_svg(SDL_RWops* source, const std::string& what) {
    if (source == nullptr) throw std::runtime_error("cannot read the logo " + what + ": " + SDL_GetError());
    SDL_Surface* loaded = IMG_LoadSizedSVG_RW(source, 0, svg_height);
    SDL_RWclose(source);
    return as_argb(loaded, what);
}

/// Mean of the source pixels under each target pixel; alpha counts as weight.
Surface scaled_down(const SDL_Surface& from, int width, int height) {
    Surface to(SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888));
    if (!to) fail_sdl("cannot scale the logo");
    const auto* source = static_cast<const Uint32*>(from.pixels);
    auto* target = static_cast<Uint32*>(to->pixels);
    for (int y = 0; y < height; ++y) {
        const int y0 = y * from.h / height, y1 = std::max(y0 + 1, (y + 1) * from.h / height);
        for (int x = 0; x < width; ++x) {
            const int x0 = x * from.w / width, x1 = std::max(x0 + 1, (x + 1) * from.w / width);
            Uint64 a = 0, r = 0, g = 0, b = 0, count = 0;
            for (int sy = y0; sy < y1; ++sy) {
                for (int sx = x0; sx < x1; ++sx, ++count) {
                    const Uint32 pixel = source[sy * (from.pitch / 4) + sx];
                    const Uint64 alpha = pixel >> 24;
                    a += alpha;
                    r += alpha * ((pixel >> 16) & 255), g += alpha * ((pixel >> 8) & 255), b += alpha * (pixel & 255);
                }
            }
            const Uint64 weight = std::max<Uint64>(a, 1);
            target[y * (to->pitch / 4) + x] =
                static_cast<Uint32>(((a / count) << 24) | ((r / weight) << 16) | ((g / weight) << 8) | (b / weight));
        }
    }
    return to;
}

}  // namespace

Images::Images(const std::string& logo, const std::string& code) : code_(code) {
    if (!code.empty()) encode_code(code);  // fails here rather than at the first frame
    if (logo == "none") return;
    if (logo.empty()) {
        const auto svg = embedded::logo_svg();
        logo_ = load_svg(SDL_RWFromConstMem(svg.data(), static_cast<int>(svg.size())), "of Baytime");
    } else if (logo.ends_with(".svg")) {
        logo_ = load_svg(SDL_RWFromFile(logo.c_str(), "rb"), logo);
    } else {
        logo_ = as_argb(IMG_Load(logo.c_str()), logo);
    }
}

double Images::logo_aspect() const {
    return logo_ ? static_cast<double>(logo_->w) / logo_->h : 0;
}

Surface Images::make(Image image, int width, int height) const {
    if (image == Image::code) return make_code(std::min(width, height));
    return scaled_down(*logo_, std::max(1, width), std::max(1, height));
}

Surface Images::make_code(int size) const {
    const Code code = encode_code(code_);
    const int across = code.size + 2 * quiet_modules;
    Surface surface = make_surface(size, size);
    SDL_FillRect(surface.get(), nullptr, SDL_MapRGB(surface->format, 255, 255, 255));
    const auto edge = [&](int module) { return (module + quiet_modules) * size / across; };
    for (int y = 0; y < code.size; ++y) {
        for (int x = 0; x < code.size; ++x) {
            if (code.modules[static_cast<std::size_t>(y * code.size + x)] != '#') continue;
            const SDL_Rect at{edge(x), edge(y), edge(x + 1) - edge(x), edge(y + 1) - edge(y)};
            SDL_FillRect(surface.get(), &at, SDL_MapRGB(surface->format, 0, 0, 0));
        }
    }
    return surface;
}

Code encode_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L),
                                                               &QRcode_free);
    if (!made) throw std::runtime_error("the text of the QR code is too long: " + text);
    Code code{.size = made->width};
    const int count = made->width * made->width;
    for (int i = 0; i < count; ++i) code.modules += (made->data[i] & 1) != 0 ? '#' : ' ';
    return code;
}

}  // namespace baytime::lounge
