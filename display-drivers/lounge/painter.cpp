// Areas and their shapes are compared as values; equal ones are not touched.
#include "display-drivers/lounge/painter.hpp"

#include "display-drivers/lounge/shapes.hpp"

#include <algorithm>
#include <cmath>

namespace baytime::lounge {

namespace {

bool same_places(const std::vector<Area>& now, const auto& kept) {
    return std::equal(now.begin(), now.end(), kept.begin(), kept.end(),
                      [](const Area& area, const auto& old) { return area.at == old.area.at; });
}

Rect on_target(const Rect& at, const Glass& glass, const SDL_Surface& target) {
    const int left = std::clamp(at.x + glass.drift_x, 0, target.w);
    const int top = std::clamp(at.y + glass.drift_y, 0, target.h);
    const int right = std::clamp(at.right() + glass.drift_x, 0, target.w);
    const int bottom = std::clamp(at.bottom() + glass.drift_y, 0, target.h);
    return {left, top, right - left, bottom - top};
}

Rect common(const Rect& a, const Rect& b) {
    const int left = std::max(a.x, b.x), top = std::max(a.y, b.y);
    return {left, top, std::max(0, std::min(a.right(), b.right()) - left),
            std::max(0, std::min(a.bottom(), b.bottom()) - top)};
}

bool is_empty(const Rect& at) {
    return at.w <= 0 || at.h <= 0;
}

Rect around(const Rect& a, const Rect& b) {
    if (is_empty(a)) return b;
    const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
    return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

/// The part of the area that shapes of only one of the two colour.
Rect changed_part(const Area& before, const Area& now) {
    if (before.ground != now.ground || before.shapes.empty()) return now.at;
    Rect part{};
    const auto add_missing = [&](const Area& from, const Area& in) {
        for (const auto& shape : from.shapes) {
            const bool there = std::find(in.shapes.begin(), in.shapes.end(), shape) != in.shapes.end();
            if (!there) part = around(part, ink_of(shape));
        }
    };
    add_missing(before, now);
    add_missing(now, before);
    return is_empty(part) ? now.at : common(part, now.at);  // only their order differs
}

}  // namespace

std::vector<Rect> Painter::paint(const Scene& scene, const Glass& glass, SDL_Surface& target, bool all) {
    const bool moved = !same_places(scene.areas, kept_) || scene.ground != ground_;
    if (moved) {
        kept_.clear();
        for (const auto& area : scene.areas) kept_.push_back({{}, make_surface(area.at.w, area.at.h)});
    }
    all = all || moved || glass != glass_;
    glass_ = glass;
    ground_ = scene.ground;
    const bool uncovered = glass.drift_x != 0 || glass.drift_y != 0;  // else the areas cover the panel
    if (all && uncovered) {
        const Color ground = mix({}, scene.ground, glass.light);
        SDL_FillRect(&target, nullptr, SDL_MapRGB(target.format, ground.r, ground.g, ground.b));
    }
    const auto light = static_cast<Uint8>(std::lround(255 * glass.light));
    std::vector<Rect> changed;
    for (std::size_t i = 0; i < scene.areas.size(); ++i) {
        Kept& kept = kept_[i];
        const Area& area = scene.areas[i];
        Rect part = area.at;
        if (kept.area != area) {
            part = changed_part(kept.area, area);
            kept.area = area;
            draw(kept, part);
        } else if (!all) {
            continue;
        }
        if (all) part = area.at;
        SDL_SetSurfaceColorMod(kept.surface.get(), light, light, light);
        const SDL_Rect from{part.x - area.at.x, part.y - area.at.y, part.w, part.h};
        SDL_Rect to{part.x + glass.drift_x, part.y + glass.drift_y, 0, 0};
        SDL_BlitSurface(kept.surface.get(), &from, &target, &to);
        changed.push_back(on_target(part, glass, target));
    }
    if (all) return {{0, 0, target.w, target.h}};
    return changed;
}

void Painter::draw(Kept& kept, const Rect& part) {
    SDL_Surface& surface = *kept.surface;
    const Area& area = kept.area;
    const SDL_Rect clip{part.x - area.at.x, part.y - area.at.y, part.w, part.h};
    SDL_SetClipRect(&surface, &clip);
    SDL_FillRect(&surface, nullptr, SDL_MapRGB(surface.format, area.ground.r, area.ground.g, area.ground.b));
    for (const auto& shape : area.shapes) {
        if (is_empty(common(ink_of(shape), part))) continue;
        if (const auto* box = std::get_if<Box>(&shape)) draw_box(surface, *box, area.at);
        if (const auto* stroke = std::get_if<Stroke>(&shape)) draw_stroke(surface, *stroke, area.at);
        if (const auto* text = std::get_if<Text>(&shape)) draw_text(surface, *text, area.at);
        if (const auto* picture = std::get_if<Picture>(&shape)) draw_picture(surface, *picture, area.at);
    }
}

void Painter::draw_text(SDL_Surface& surface, const Text& text, const Rect& area) {
    int ascent = 0;
    const Surface letters = fonts_.render(text, ascent);
    if (!letters) return;  // the rest of the board is worth more than an end with a reason
    SDL_Rect to{text.at.x - area.x, text.baseline - ascent - area.y, 0, 0};
    SDL_BlitSurface(letters.get(), nullptr, &surface, &to);
}

void Painter::draw_picture(SDL_Surface& surface, const Picture& picture, const Rect& area) {
    const Surface made = images_.make(picture.image, picture.at.w, picture.at.h);
    SDL_Rect to{picture.at.x - area.x, picture.at.y - area.y, 0, 0};
    SDL_BlitSurface(made.get(), nullptr, &surface, &to);
}

}  // namespace baytime::lounge
