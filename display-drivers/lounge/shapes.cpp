// Coverage of a pixel is taken from its centre's distance to the shape's edge.
#include "display-drivers/lounge/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace baytime::lounge {

namespace {

void blend(SDL_Surface& surface, int x, int y, Color color, double cover) {
    if (cover <= 0) return;
    auto* row = reinterpret_cast<Uint32*>(static_cast<Uint8*>(surface.pixels) + y * surface.pitch);
    const Uint32 old = row[x];
    const Color below{static_cast<std::uint8_t>(old >> 16), static_cast<std::uint8_t>(old >> 8),
                      static_cast<std::uint8_t>(old)};
    const Color now = mix(below, color, cover);
    row[x] = (static_cast<Uint32>(now.r) << 16) | (static_cast<Uint32>(now.g) << 8) | now.b;
}

/// Calls `distance` (below 0 inside) for each pixel centre of the part of `at` that the surface's clip allows.
template <class Distance>
void fill(SDL_Surface& surface, const Rect& at, Color color, Distance distance) {
    const SDL_Rect& clip = surface.clip_rect;
    const int left = std::max(clip.x, at.x), right = std::min(clip.x + clip.w, at.right());
    const int top = std::max(clip.y, at.y), bottom = std::min(clip.y + clip.h, at.bottom());
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            blend(surface, x, y, color, std::clamp(0.5 - distance(x + 0.5, y + 0.5), 0.0, 1.0));
        }
    }
}

}  // namespace

Rect ink_of(const Shape& shape) {
    if (const auto* box = std::get_if<Box>(&shape)) return box->at;
    if (const auto* picture = std::get_if<Picture>(&shape)) return picture->at;
    if (const auto* stroke = std::get_if<Stroke>(&shape)) {
        const int reach = stroke->width / 2 + 2;
        const int left = std::min(stroke->from_x, stroke->to_x) - reach;
        const int top = std::min(stroke->from_y, stroke->to_y) - reach;
        return {left, top, std::abs(stroke->to_x - stroke->from_x) + 2 * reach,
                std::abs(stroke->to_y - stroke->from_y) + 2 * reach};
    }
    const auto& text = std::get<Text>(shape);
    const int side = text.font.px / 4 + 1, above = text.font.px * 5 / 4 + 1, below = text.font.px / 2;
    return {text.at.x - side, text.baseline - above, text.at.w + 2 * side, above + below};
}

void draw_box(SDL_Surface& surface, const Box& box, const Rect& origin) {
    const Rect at{box.at.x - origin.x, box.at.y - origin.y, box.at.w, box.at.h};
    if (box.radius == 0 && box.border == 0) {
        const SDL_Rect plain{at.x, at.y, at.w, at.h};
        SDL_FillRect(&surface, &plain, SDL_MapRGB(surface.format, box.color.r, box.color.g, box.color.b));
        return;
    }
    const double half_w = at.w / 2.0, half_h = at.h / 2.0;
    const double radius = std::min({static_cast<double>(box.radius), half_w, half_h});
    const double middle_x = at.x + half_w, middle_y = at.y + half_h;
    fill(surface, at, box.color, [&](double x, double y) {
        const double dx = std::abs(x - middle_x) - (half_w - radius);
        const double dy = std::abs(y - middle_y) - (half_h - radius);
        const double outside = std::hypot(std::max(dx, 0.0), std::max(dy, 0.0));
        const double edge = outside + std::min(std::max(dx, dy), 0.0) - radius;
        return box.border == 0 ? edge : std::max(edge, -edge - box.border);
    });
}

void draw_stroke(SDL_Surface& surface, const Stroke& stroke, const Rect& origin) {
    const double ax = stroke.from_x - origin.x, ay = stroke.from_y - origin.y;
    const double bx = stroke.to_x - origin.x, by = stroke.to_y - origin.y;
    const double radius = stroke.width / 2.0;
    Rect around = ink_of(stroke);
    around.x -= origin.x;
    around.y -= origin.y;
    const double length = std::max(1e-9, (bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    fill(surface, around, stroke.color, [&](double x, double y) {
        const double part = std::clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0.0, 1.0);
        return std::hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)) - radius;
    });
}

}  // namespace baytime::lounge
