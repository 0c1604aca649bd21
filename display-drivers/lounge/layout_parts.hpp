// The parts a page is put together from. For the layout's own files only.
#pragma once

#include "display-drivers/lounge/layout.hpp"
#include "display-drivers/lounge/pen.hpp"
#include "display-drivers/lounge/row_text.hpp"

namespace baytime::lounge::parts {

/// All a part needs to know.
struct Context {
    const Show& show;
    const Grid& grid;
    const Style& style;
    const Ruler& ruler;
    const Theme& theme;
    const Translation& words;

    /// A length in units of the panel.
    int u(double value) const;
    Font font(double px, bool bold = false) const { return {bold, u(px)}; }
};

/// Where the columns of the cars page begin and how wide they are.
struct Column {
    int x = 0, w = 0;
};
struct Columns {
    Column plate{}, car{}, progress{}, promise{}, expected{};
    double size = 1;  ///< scale of everything in a row but the plate
};
Columns columns_of(const Context& context);

Area header(const Context& context);
Area labels(const Context& context, const Columns& columns);
Area footer(const Context& context);
Area car_row(const Context& context, const Columns& columns, int index);
/// Below the last car: empty, or what the steps mean.
Area rest_body(const Context& context, Rect at, bool explain);
Area welcome_body(const Context& context, Rect at);
Area notice_body(const Context& context, Rect at);

/// The six steps as segments: passed ones full, the present one taller, coming ones thin.
void draw_steps(Pen& pen, Rect at, int step, bool finished, const Theme& theme, Color passed, Color present);
/// A filled disc with a check mark.
void draw_check(Pen& pen, int x, int y, int size, Color disc, Color mark);
/// A clock face: a ring with two hands.
void draw_clock_face(Pen& pen, int x, int y, int size, Color color);

}  // namespace baytime::lounge::parts
