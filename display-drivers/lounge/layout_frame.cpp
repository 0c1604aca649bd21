// What frames the rows: header with clock or the `as of` banner, column labels, footer.
#include "display-drivers/lounge/layout_parts.hpp"

#include <algorithm>

namespace baytime::lounge::parts {

namespace {

/// Draws clock and date at the right edge, or that the time is being checked; returns where they begin.
int draw_clock(const Context& context, Pen& pen, int middle) {
    const int edge = context.grid.panel.width - context.grid.margin;
    if (!context.show.now) return edge;
    if (context.show.time_doubted) {
        const Font font = context.font(40);
        return edge -
               pen.right(edge, centred(middle, font), context.words["time_checking"], font, context.theme.faint) -
               context.u(32);
    }
    const Font big = context.font(78);
    const Font small = context.font(28);
    const int clock = pen.right(edge, centred(middle, big), clock_text(*context.show.now), big, context.theme.text);
    const int x = edge - clock - context.u(32);
    const auto language = context.show.language;
    const int date = pen.right(x, centred(middle - context.u(20), small), date_text(*context.show.now, language), small,
                               context.theme.faint);
    const int weekday = pen.right(x, centred(middle + context.u(20), small), weekday_text(*context.show.now, language),
                                  small, context.theme.faint);
    return x - std::max(date, weekday) - context.u(32);
}

void draw_title(const Context& context, Pen& pen, int middle, int end) {
    int x = context.grid.margin;
    if (context.style.logo_aspect > 0) {
        const int height = context.u(72);
        const int width = std::min(static_cast<int>(height * context.style.logo_aspect), context.u(260));
        pen.add(Picture{{x, middle - height / 2, width, height}, Image::logo});
        x += width + context.u(28);
    }
    const std::string title = context.style.title.empty() ? context.words["title"] : context.style.title;
    std::string second = context.words["subtitle"];
    if (!second.empty() && !context.show.shop.empty()) second += "·";
    second += context.show.shop;
    const Font big = context.font(context.grid.portrait ? 50 : 56, true);
    const Font small = context.font(30);
    if (context.grid.portrait) {
        pen.left(x, centred(middle - context.u(24), big), pen.cut(title, big, end - x), big, context.theme.text);
        pen.left(x, centred(middle + context.u(34), small), pen.cut(second, small, end - x), small,
                 context.theme.faint);
        return;
    }
    const int baseline = centred(middle, big);
    x += pen.left(x, baseline, pen.cut(title, big, end - x), big, context.theme.text) + context.u(32);
    if (end - x > context.u(120)) {
        pen.left(x, baseline - context.u(4), pen.cut(second, small, end - x), small, context.theme.faint);
    }
}

/// The large word that the rows are old, in place of the title.
void draw_as_of(const Context& context, Pen& pen, int middle, int end) {
    const Theme& theme = context.theme;
    const int height = context.u(context.grid.portrait ? 124 : 104);
    const Rect at{context.grid.margin, middle - height / 2, end - context.grid.margin, height};
    pen.add(Box{at, theme.banner, context.u(14)});
    const int icon = context.u(56);
    draw_clock_face(pen, at.x + context.u(24) + icon / 2, middle, icon, theme.banner_text);
    const int x = at.x + context.u(24) + icon + context.u(22);
    const int room = at.right() - context.u(24) - x;
    const std::string text = context.words.fill("as_of", {{"time", clock_text(*context.show.as_of)}});
    const std::string hint = context.words["as_of_hint"];
    const Font big = pen.shrink(text, context.font(60, true), room, 0.5);
    const Font small = context.font(27);
    const int used = pen.width(text, big) + context.u(30);
    if (room - used >= pen.width(hint, small)) {
        pen.left(x, centred(middle, big), text, big, theme.banner_text);
        pen.left(x + used, centred(middle, small), hint, small, theme.banner_text);
        return;
    }
    const Font fitting = pen.shrink(hint, small, room, 0.5);
    pen.left(x, centred(middle - context.u(20), big), text, big, theme.banner_text);
    pen.left(x, centred(middle + context.u(34), fitting), pen.cut(hint, fitting, room), fitting, theme.banner_text);
}

/// Discs and rings; returns where they begin.
int draw_pages(const Context& context, Pen& pen, int edge, int middle) {
    const Show& show = context.show;
    if (show.pages < 2) return edge;
    constexpr int most_dots = 8;
    int x = edge;
    const int size = context.u(22);
    if (show.pages <= most_dots) {
        x -= show.pages * size + (show.pages - 1) * context.u(10);
        for (int page = 0; page < show.pages; ++page) {
            const Rect at{x + page * (size + context.u(10)), middle - size / 2, size, size};
            const bool here = page == show.page;
            pen.add(Box{at, here ? context.theme.text : context.theme.faint, size / 2,
                        here ? 0 : std::max(1, context.u(2.5))});
        }
        x -= context.u(20);
    }
    const Font font = context.font(34);
    const std::string text = std::to_string(show.page + 1) + " / " + std::to_string(show.pages);
    return x - pen.right(x, centred(middle, font), text, font, context.theme.soft) - context.u(40);
}

/// The QR code with its words; returns where they begin.
int draw_code(const Context& context, Pen& pen, int edge, int middle) {
    if (!context.style.code) return edge;
    const Font font = context.font(26);
    const std::string text = context.words["scan"];
    const auto lines = pen.lines(text, font, 0);
    int wide = 0;
    for (const auto& line : lines) wide = std::max(wide, pen.width(line, font));
    int y = middle - context.u(17) * (static_cast<int>(lines.size()) - 1);
    for (const auto& line : lines) {
        pen.left(edge - wide, centred(y, font), line, font, context.theme.soft);
        y += context.u(34);
    }
    const int size = context.u(78);
    const int x = edge - wide - context.u(18) - size;
    pen.add(Picture{{x, middle - size / 2, size, size}, Image::code});
    return x - context.u(44);
}

/// The guests of this turn: as many as fit whole, the next ones with the next turn.
std::string guests_text(const Context& context, const Pen& pen, Font font, int room) {
    std::vector<std::string> groups;
    for (const auto& guest : context.show.welcomes) {
        const LocalTime at((guest.at + context.show.offset).time_since_epoch());
        const std::string entry = guest.address + " " + clock_text(at);
        const bool fits = !groups.empty() && pen.width(groups.back() + "·" + entry, font) <= room;
        if (fits) {
            groups.back() += "·" + entry;
        } else {
            groups.push_back(entry);
        }
    }
    return groups.empty() ? std::string() : groups[static_cast<std::size_t>(context.show.turn) % groups.size()];
}

void draw_guests(const Context& context, Pen& pen, int end, int middle) {
    const bool guests = !context.show.welcomes.empty() && context.show.page_kind == Show::Page::cars;
    const std::string head = context.words[guests ? "welcome_guests" : "welcome_text"];
    const Font font = context.font(32);
    const int x = context.grid.margin;
    const int room = end - x;
    if (!guests) {
        if (context.show.page_kind != Show::Page::cars) return;  // the page says it already
        const auto lines = pen.lines(head, font, room);
        int y = middle - context.u(21) * (static_cast<int>(lines.size()) - 1);
        for (const auto& line : lines) {
            const Font fitting = pen.shrink(line, font, room, 0.6);
            pen.left(x, centred(y, font), pen.cut(line, fitting, room), fitting, context.theme.soft);
            y += context.u(42);
        }
        return;
    }
    if (context.grid.portrait) {
        const Font small = context.font(27);
        pen.left(x, centred(middle - context.u(22), small), pen.cut(head, small, room), small, context.theme.faint);
        const std::string text = guests_text(context, pen, font, room);
        pen.left(x, centred(middle + context.u(20), font), pen.cut(text, font, room), font, context.theme.text);
        return;
    }
    const int used = pen.left(x, centred(middle, font), head, font, context.theme.soft) + context.u(28);
    const std::string text = guests_text(context, pen, font, room - used);
    pen.left(x + used, centred(middle, font), pen.cut(text, font, room - used), font, context.theme.text);
}

}  // namespace

Area header(const Context& context) {
    Area area{.name = "header", .at = context.grid.header, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int middle = area.at.y + area.at.h / 2 + context.u(2);
    const int end = draw_clock(context, pen, middle);
    if (context.show.as_of) {
        draw_as_of(context, pen, middle, end);
    } else {
        draw_title(context, pen, middle, end);
    }
    return area;
}

Area labels(const Context& context, const Columns& columns) {
    Area area{.name = "labels", .at = context.grid.labels, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int rule = std::max(1, context.u(2));
    const Font font = context.font(26);
    const int baseline = area.at.bottom() - context.u(16);
    const auto label = [&](Column column, const std::string& key) {
        pen.left(column.x, baseline, pen.cut(context.words[key], font, column.w), font, context.theme.faint);
    };
    label(columns.plate, "label_plate");
    if (!context.grid.portrait) {
        label(columns.car, "label_car");
        label(columns.progress, "label_progress");
    }
    label(columns.promise, "label_promise");
    label(columns.expected, "label_expected");
    pen.add(Box{{0, area.at.bottom() - rule, area.at.w, rule}, context.theme.line});
    return area;
}

Area footer(const Context& context) {
    Area area{.name = "footer", .at = context.grid.footer, .ground = context.theme.ground};
    Pen pen(area, context.ruler);
    const int rule = std::max(1, context.u(2));
    pen.add(Box{{0, area.at.y, area.at.w, rule}, context.theme.line});
    const int middle = area.at.y + area.at.h / 2;
    int end = draw_code(context, pen, area.at.right() - context.grid.margin, middle);
    end = draw_pages(context, pen, end, middle);
    if (!context.show.as_of) draw_guests(context, pen, end, middle);
    return area;
}

}  // namespace baytime::lounge::parts
