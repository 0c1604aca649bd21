// From what to say to where it stands: a show and a grid become a scene. Pure; knows no SDL and no rules.
#pragma once

#include "display-drivers/lounge/grid.hpp"
#include "display-drivers/lounge/scene.hpp"
#include "display-drivers/lounge/show.hpp"
#include "display-drivers/lounge/theme.hpp"

#include <string>

namespace baytime::lounge {

/// What the owner of the screen chose.
struct Style {
    Theme theme = dark_theme();
    std::string title{};     ///< empty: the translated `维修进度`
    double logo_aspect = 0;  ///< width by height of the shop's logo; 0: none in the header
    bool code = false;       ///< a QR code stands in the footer
};

/// The picture of this moment. Its areas do not overlap and cover the panel.
Scene make_scene(const Show& show, const Grid& grid, const Style& style, const Ruler& ruler);

}  // namespace baytime::lounge
