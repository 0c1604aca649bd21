// Writes what is on a surface as a PNG file.
#pragma once

#include "display-drivers/lounge/sdl.hpp"

#include <string>

namespace baytime::lounge {

/// Writes beside the file and renames, so that a reader never sees half a picture. Throws std::runtime_error.
void write_png(SDL_Surface& surface, const std::string& path);
/// Throws std::runtime_error when there is no such picture.
Surface read_png(const std::string& path);

}  // namespace baytime::lounge
