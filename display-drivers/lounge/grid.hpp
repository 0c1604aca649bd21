// How a panel is divided: which rows fit so that a plate can be read from the seats. Pure arithmetic.
#pragma once

#include "display-drivers/lounge/scene.hpp"

#include <string>

namespace baytime::lounge {

/// A plate's capitals must be at least this high for each metre between seat and panel.
inline constexpr double cap_mm_per_metre = 5.8;
/// Fewer rows than this make a poor board; it is said in the log.
inline constexpr int fewest_good_rows = 4;
/// More rows than this are hard to search, however large the panel.
inline constexpr int most_rows = 12;

struct Panel {
    int width = 1920, height = 1080;  ///< pixels
    double inches = 55;               ///< diagonal of the picture
    double distance_m = 6;            ///< from the farthest seat
    bool operator==(const Panel&) const = default;
};

struct Grid {
    Panel panel{};
    bool portrait = false;
    double unit = 1;  ///< size of header and footer things; 1 at 1920x1080 and 1080x1920
    int margin = 0;
    Rect header{}, labels{}, body{}, footer{};
    int rows = 0;
    int plate_px = 0;       ///< font size of plates
    double cap_mm = 0;      ///< height of a plate's capitals on the glass
    std::string warning{};  ///< empty when plates can be read from the seats and enough rows fit
    /// Row `index` from 0; rows fill the body without gaps.
    Rect row(int index) const;
    /// Space a plate may take; longer ones are set smaller.
    int plate_width() const;
};

/// `cap_height`: of the bold font, as part of its size.
Grid make_grid(const Panel& panel, double cap_height);

}  // namespace baytime::lounge
