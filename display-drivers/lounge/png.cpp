// PNG through SDL_image.
#include "display-drivers/lounge/png.hpp"

#include <SDL_image.h>

#include <cstdio>

namespace baytime::lounge {

void write_png(SDL_Surface& surface, const std::string& path) {
    const std::string beside = path + ".part";
    if (IMG_SavePNG(&surface, beside.c_str()) != 0) fail_sdl("cannot write " + path);
    if (std::rename(beside.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path);
}

Surface read_png(const std::string& path) {
    const Surface loaded(IMG_Load(path.c_str()));
    if (!loaded) fail_sdl("cannot read " + path);
    Surface converted(SDL_ConvertSurfaceFormat(loaded.get(), SDL_PIXELFORMAT_RGB888, 0));
    if (!converted) fail_sdl("cannot convert " + path);
    return converted;
}

}  // namespace baytime::lounge
