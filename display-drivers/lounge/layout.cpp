// Chooses the parts of the page and stacks them.
#include "display-drivers/lounge/layout.hpp"

#include "display-drivers/lounge/layout_parts.hpp"

#include <algorithm>
#include <cmath>

namespace baytime::lounge {

int parts::Context::u(double value) const {
    return static_cast<int>(std::lround(value * grid.unit));
}

namespace {

/// Few cars leave room to say what the steps mean.
bool has_room_below(const parts::Context& context, const Rect& rest) {
    return rest.h >= context.u(260);
}

void add_cars(const parts::Context& context, Scene& scene) {
    const auto columns = parts::columns_of(context);
    scene.areas.push_back(parts::labels(context, columns));
    const int used = std::min(context.grid.rows, static_cast<int>(context.show.rows.size()));
    for (int index = 0; index < used; ++index) scene.areas.push_back(parts::car_row(context, columns, index));
    if (used == context.grid.rows) return;
    const int top = context.grid.row(used).y;
    const Rect rest{0, top, scene.width, context.grid.body.bottom() - top};
    scene.areas.push_back(parts::rest_body(context, rest, has_room_below(context, rest)));
}

}  // namespace

Scene make_scene(const Show& show, const Grid& grid, const Style& style, const Ruler& ruler) {
    const parts::Context context{show, grid, style, ruler, style.theme, translation(show.language)};
    Scene scene{.width = grid.panel.width, .height = grid.panel.height, .ground = style.theme.ground};
    if (show.page_kind == Show::Page::closed || show.page_kind == Show::Page::connecting) {
        scene.areas.push_back(parts::notice_body(context, {0, 0, scene.width, scene.height}));
        return scene;
    }
    scene.areas.push_back(parts::header(context));
    if (show.page_kind == Show::Page::cars) {
        add_cars(context, scene);
    } else {
        const Rect rest{0, grid.labels.y, scene.width, grid.footer.y - grid.labels.y};
        scene.areas.push_back(parts::welcome_body(context, rest));
    }
    scene.areas.push_back(parts::footer(context));
    return scene;
}

}  // namespace baytime::lounge
