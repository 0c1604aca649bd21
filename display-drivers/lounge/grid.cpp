// The row rule: physical size of a pixel, then the plate, then the rows.
#include "display-drivers/lounge/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace baytime::lounge {

namespace {

/// A wide plate in units of its font size: `沪A·D1*338` with its dot.
constexpr double plate_em = 5.75;
/// Height of a row in units of the plate's font size.
constexpr double landscape_row_em = 1.30;
constexpr double portrait_row_em = 2.12;

int round_to_int(double value) {
    return static_cast<int>(std::lround(value));
}

void place_parts(Grid& grid) {
    const auto scaled = [&](double value) { return round_to_int(value * grid.unit); };
    const auto [width, height] = std::pair(grid.panel.width, grid.panel.height);
    const int header = scaled(grid.portrait ? 156 : 132);
    const int labels = scaled(46);
    const int footer = scaled(grid.portrait ? 120 : 96);
    grid.margin = scaled(grid.portrait ? 44 : 56);
    grid.header = {0, 0, width, header};
    grid.labels = {0, header, width, labels};
    grid.footer = {0, height - footer, width, footer};
    grid.body = {0, header + labels, width, height - header - labels - footer};
}

double row_em(const Grid& grid) {
    return grid.portrait ? portrait_row_em : landscape_row_em;
}

/// Largest plate that leaves room for the other columns.
int widest_plate_px(const Grid& grid) {
    const double share = grid.portrait ? 0.60 : 0.46;
    return static_cast<int>((grid.panel.width - 2 * grid.margin) * share / plate_em);
}

/// Plates may grow into spare height, but not push the other columns.
int roomy_plate_px(const Grid& grid, int row_height) {
    const double share = grid.portrait ? 0.46 : 0.245;
    const auto by_width = static_cast<int>((grid.panel.width - 2 * grid.margin) * share / plate_em);
    return std::min(static_cast<int>(row_height / row_em(grid)), by_width);
}

}  // namespace

Rect Grid::row(int index) const {
    const int top = body.y + body.h * index / rows;
    const int bottom = body.y + body.h * (index + 1) / rows;
    return {0, top, body.w, bottom - top};
}

int Grid::plate_width() const {
    return static_cast<int>(plate_px * plate_em) + 1;
}

Grid make_grid(const Panel& panel, double cap_height) {
    Grid grid{.panel = panel};
    grid.portrait = panel.height > panel.width;
    grid.unit = grid.portrait ? std::min(panel.width / 1080.0, panel.height / 1920.0)
                              : std::min(panel.width / 1920.0, panel.height / 1080.0);
    place_parts(grid);
    const double mm_per_pixel = panel.inches * 25.4 / std::hypot(panel.width, panel.height);
    const double needed_mm = cap_mm_per_metre * panel.distance_m;
    const int needed_px = static_cast<int>(std::ceil(needed_mm / mm_per_pixel / cap_height));
    const int fitting = static_cast<int>(grid.body.h / (needed_px * row_em(grid)));
    const bool possible = fitting >= 1 && needed_px <= widest_plate_px(grid);
    grid.rows = possible ? std::min(fitting, most_rows) : fewest_good_rows;
    const int roomy = roomy_plate_px(grid, grid.body.h / grid.rows);
    grid.plate_px = possible
                        ? std::max(needed_px, roomy)
                        : std::min(widest_plate_px(grid), static_cast<int>(grid.body.h / grid.rows / row_em(grid)));
    grid.cap_mm = grid.plate_px * cap_height * mm_per_pixel;
    if (!possible) {
        grid.warning = fmt::format(
            "plates cannot be read from {:.1f} m on a {:.0f} inch screen: that needs capitals of {:.0f} mm, "
            "{:.0f} mm is the largest that fits; use a larger screen or seats that are nearer",
            panel.distance_m, panel.inches, needed_mm, grid.cap_mm);
    } else if (grid.rows < fewest_good_rows) {
        grid.warning = fmt::format(
            "only {} row(s) fit on a {:.0f} inch screen read from {:.1f} m; a larger screen shows more cars at once",
            grid.rows, panel.inches, panel.distance_m);
    }
    return grid;
}

}  // namespace baytime::lounge
