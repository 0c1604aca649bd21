// Boxes, rings and strokes with smooth edges, drawn straight into a 32-bit surface.
#pragma once

#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/sdl.hpp"

namespace baytime::lounge {

/// The space a shape may colour, in panel coordinates; for text generously, whatever its letters.
Rect ink_of(const Shape& shape);

/// `origin`: the panel position of the surface's corner.
void draw_box(SDL_Surface& surface, const Box& box, const Rect& origin);
void draw_stroke(SDL_Surface& surface, const Stroke& stroke, const Rect& origin);

}  // namespace baytime::lounge
