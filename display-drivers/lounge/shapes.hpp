// Boxes, rings and strokes with smooth edges, drawn straight into a 32-bit surface.
#pragma once

#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/sdl.hpp"

namespace baytime::lounge {

/// `origin`: the panel position of the surface's corner.
void draw_box(SDL_Surface& surface, const Box& box, const Rect& origin);
void draw_stroke(SDL_Surface& surface, const Stroke& stroke, const Rect& origin);

}  // namespace baytime::lounge
