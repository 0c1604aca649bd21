// SDL's objects with owners, and its errors as exceptions.
#pragma once

#include <SDL.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace baytime::lounge {

struct SurfaceFree {
    void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};
using Surface = std::unique_ptr<SDL_Surface, SurfaceFree>;

/// Throws std::runtime_error with SDL's reason.
[[noreturn]] inline void fail_sdl(const std::string& what) {
    throw std::runtime_error(what + ": " + SDL_GetError());
}

/// An opaque surface of 32 bits a pixel. Throws when memory is short.
inline Surface make_surface(int width, int height) {
    Surface surface(SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_RGB888));
    if (!surface) fail_sdl("cannot make a surface");
    return surface;
}

}  // namespace baytime::lounge
