// Turns scenes into pixels. Keeps one opaque surface for each area and repaints only what changed in it.
#pragma once

#include "display-drivers/lounge/fonts.hpp"
#include "display-drivers/lounge/images.hpp"
#include "display-drivers/lounge/scene.hpp"

#include <map>
#include <string>
#include <vector>

namespace baytime::lounge {

/// How a whole picture is put on the glass.
struct Glass {
    int drift_x = 0, drift_y = 0;  ///< pixels the picture is moved, against burn-in
    double light = 1;              ///< 1 is day, less is night
    bool operator==(const Glass&) const = default;
};

class Painter {
public:
    Painter(Fonts& fonts, const Images& images) : fonts_(fonts), images_(images) {}

    /// Brings `target` from the last scene to this one; returns the parts that changed (empty: nothing did).
    /// `all`: the target's pixels are lost, put everything again.
    std::vector<Rect> paint(const Scene& scene, const Glass& glass, SDL_Surface& target, bool all);

private:
    struct Kept {
        Area area{};
        Surface surface{};
    };
    void draw(Kept& kept, const Rect& part);
    void draw_text(SDL_Surface& surface, const Text& text, const Rect& area);
    void draw_picture(SDL_Surface& surface, const Picture& picture, const Rect& area);

    Fonts& fonts_;
    const Images& images_;
    std::vector<Kept> kept_;  ///< in the order of the scene's areas
    Glass glass_;
    Color ground_;
};

}  // namespace baytime::lounge
