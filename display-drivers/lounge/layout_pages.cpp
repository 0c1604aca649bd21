// Pages without cars: welcome, closed, connecting. And the small drawings all pages share.
#include "display-drivers/lounge/layout_parts.hpp"

#include <algorithm>

namespace baytime::lounge::parts {

namespace {

constexpr int steps = 6;

void draw_guest_list(const Context& context, Pen& pen, Rect at) {
    const auto& guests = context.show.welcomes;
    if (guests.empty() || context.show.as_of) return;
    const int middle = at.x + at.w / 2;
    const Font small = context.font(30);
    pen.center(middle, at.y + context.u(30), context.words["appointments_today"], small, context.theme.faint);
    const int columns = context.grid.portrait ? 1 : 3;
    const int most_lines = context.grid.portrait ? 6 : 2;
    const auto per_turn = static_cast<std::size_t>(columns * most_lines);
    const std::size_t turns = (guests.size() + per_turn - 1) / per_turn;
    const std::size_t first = static_cast<std::size_t>(context.show.turn) % turns * per_turn;
    const std::size_t last = std::min(guests.size(), first + per_turn);
    const int across = std::min<int>(columns, static_cast<int>(last - first));
    const int wide = context.u(context.grid.portrait ? 700 : 400);
    const Font font = context.font(44);
    for (std::size_t i = first; i < last; ++i) {
        const int place = static_cast<int>(i - first);
        const int x = middle + (2 * (place % across) - across + 1) * wide / 2;
        const int baseline = at.y + context.u(100) + place / across * context.u(72);
        const LocalTime time((guests[i].at + context.show.offset).time_since_epoch());
        const std::string text = clock_text(time) + "  " + guests[i].address;
        pen.center(x, baseline, pen.cut(text, font, wide - context.u(24)), font, context.theme.text);
    }
}

/// The six steps with their words, so that a guest knows what the board will say.
void draw_way(const Context& context, Pen& pen, Rect at) {
    static constexpr const char* keys[steps] = {"step_received", "step_dispatched", "step_repair",
                                                "step_quality",  "step_washing",    "step_ready"};
    const int middle = at.x + at.w / 2;
    const Font small = context.font(28);
    pen.center(middle, at.y + context.u(24), context.words["how_it_works"], small, context.theme.faint);
    const int wide = (at.w - 2 * context.grid.margin) / steps;
    const int y = at.y + context.u(84);
    const int disc = context.u(34);
    const int thick = std::max(2, context.u(6));
    const Font font = context.font(context.grid.portrait ? 27 : 32);
    for (int i = 0; i < steps; ++i) {
        const int x = context.grid.margin + wide * i + wide / 2;
        const bool last = i == steps - 1;
        if (!last) {
            const int gap = disc / 2 + context.u(14);
            pen.add(Stroke{x + gap, y, x + wide - gap, y, thick, context.theme.open});
        }
        if (last) {
            draw_check(pen, x, y, disc, context.theme.good, context.theme.ground);
        } else {
            pen.add(Box{{x - disc / 2, y - disc / 2, disc, disc}, context.theme.current, disc / 2, thick});
        }
        const std::string text = context.words[keys[i]];
        const Font fitting = pen.shrink(text, font, wide - context.u(12), 0.6);
        pen.center(x, y + context.u(74), text, fitting, last ? context.theme.good : context.theme.soft);
    }
}

}  // namespace

Area welcome_body(const Context& context, Rect at) {
    Area area{.name = "page", .at = at, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int middle = at.x + at.w / 2;
    const bool guests = !context.show.welcomes.empty() && !context.show.as_of;
    const int way = context.u(190);
    const int above = at.h - way;
    const int lines = context.grid.portrait ? std::min(6, static_cast<int>(context.show.welcomes.size())) : 2;
    const int block = context.u(guests ? 380 + 72 * lines : 300);
    int y = at.y + std::max(0, (above - block) / 2) + context.u(110);
    const int room = at.w - 2 * context.grid.margin;
    const Font title = pen.shrink(context.words["welcome_title"], context.font(128, true), room, 0.4);
    pen.center(middle, y, context.words["welcome_title"], title, context.theme.text);
    y += context.u(92);
    const Font shop = context.font(52);
    pen.center(middle, y, pen.cut(context.show.shop, shop, room), shop, context.theme.current);
    y += context.u(70);
    for (const auto& line : pen.lines(context.words["welcome_text"], context.font(36), room)) {
        const Font soft = pen.shrink(line, context.font(36), room, 0.5);
        pen.center(middle, y, line, soft, context.theme.soft);
        y += context.u(48);
    }
    y -= context.u(48);
    draw_guest_list(context, pen, {at.x, y + context.u(50), at.w, context.u(200)});
    draw_way(context, pen, {at.x, at.bottom() - way, at.w, way});
    return area;
}

Area rest_body(const Context& context, Rect at, bool explain) {
    Area area{.name = "rest", .at = at, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int way = context.u(190);
    if (explain) draw_way(context, pen, {at.x, at.bottom() - way, at.w, way});
    return area;
}

Area notice_body(const Context& context, Rect at) {
    const bool closed = context.show.page_kind == Show::Page::closed;
    Area area{.name = "page", .at = at, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int middle = at.x + at.w / 2;
    const int room = at.w - 2 * context.grid.margin;
    int y = at.y + at.h / 2 - context.u(90);
    const auto line = [&](const std::string& text, double px, bool bold, Color color, double below) {
        const Font font = pen.shrink(text, context.font(px, bold), room, 0.4);
        pen.center(middle, y, pen.cut(text, font, room), font, color);
        y += context.u(below);
    };
    if (!context.show.shop.empty()) {
        y -= context.u(40);
        line(context.show.shop, 44, false, context.theme.current, 110);
    }
    line(context.words[closed ? "closed_title" : "connecting_title"], 84, true, context.theme.text, 84);
    line(context.words[closed ? "closed_text" : "connecting_text"], 38, false, context.theme.soft, 96);
    if (closed) {
        line(context.words.fill("closed_hours", {{"opens", context.show.opens}, {"closes", context.show.closes}}), 44,
             false, context.theme.text, 110);
    }
    const Show& show = context.show;
    const std::string clock = show.time_doubted ? context.words["time_checking"]
                              : show.now        ? clock_text(*show.now)
                                                : "";
    if (!clock.empty()) line(clock, 44, false, context.theme.faint, 0);
    return area;
}

void draw_steps(Pen& pen, Rect at, int step, bool finished, const Theme& theme, Color passed, Color present) {
    const int gap = std::max(2, at.h * 4 / 10);
    const int whole = at.w + gap;
    for (int i = 0; i < steps; ++i) {
        const int x = at.x + whole * i / steps;
        const int wide = at.x + whole * (i + 1) / steps - gap - x;
        const bool here = i == step && !finished;
        const bool behind = i < step || finished;
        const int height = std::max(2, here ? at.h : behind ? at.h * 13 / 20 : at.h * 7 / 20);
        const Color color = here ? present : behind ? passed : theme.open;
        pen.add(Box{{x, at.y + (at.h - height) / 2, wide, height}, color, height / 2});
    }
}

void draw_check(Pen& pen, int x, int y, int size, Color disc, Color mark) {
    pen.add(Box{{x - size / 2, y - size / 2, size, size}, disc, size / 2});
    const int width = std::max(2, size / 9);
    pen.add(Stroke{x - size * 22 / 100, y + size * 2 / 100, x - size * 5 / 100, y + size * 19 / 100, width, mark});
    pen.add(Stroke{x - size * 5 / 100, y + size * 19 / 100, x + size * 24 / 100, y - size * 16 / 100, width, mark});
}

void draw_clock_face(Pen& pen, int x, int y, int size, Color color) {
    const int width = std::max(2, size / 9);
    pen.add(Box{{x - size / 2, y - size / 2, size, size}, color, size / 2, width});
    pen.add(Stroke{x, y - size * 28 / 100, x, y, width, color});
    pen.add(Stroke{x, y, x + size * 20 / 100, y + size * 12 / 100, width, color});
}

}  // namespace baytime::lounge::parts
