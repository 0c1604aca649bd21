// The colours of the board.
#pragma once

#include "display-drivers/lounge/scene.hpp"

namespace baytime::lounge {

struct Theme {
    Color ground{};       ///< behind everything
    Color stripe{};       ///< every second row
    Color line{};         ///< thin rules
    Color text{};         ///< what matters
    Color soft{};         ///< second lines, times already said
    Color faint{};        ///< labels
    Color done{};         ///< a step behind us
    Color current{};      ///< the step we are at
    Color open{};         ///< a step still to come
    Color good{};         ///< ready, on time
    Color good_ground{};  ///< behind a ready row
    Color moved{};        ///< a time that has moved
    Color glow{};         ///< the short light on a changed row
    Color banner{};       ///< behind `as of`
    Color banner_text{};
};

const Theme& dark_theme();
const Theme& light_theme();

}  // namespace baytime::lounge
