// One car: in one line of columns on a landscape panel, in two lines on a portrait one.
#include "display-drivers/lounge/layout_parts.hpp"

#include <algorithm>
#include <cmath>

namespace baytime::lounge::parts {

namespace {

/// Space of the dot between `沪A` and the rest, and its size, in units of the font size.
constexpr double dot_space = 0.40;
constexpr double dot_size = 0.17;
/// A long model or work is set smaller down to this part of its size, then cut.
constexpr double least_text = 0.86;

/// Work and bay; when they are too long the work is cut, never the bay.
std::string detail_text(const Pen& pen, const RowText& text, Font font, int room) {
    if (text.bay.empty()) return pen.cut(text.work, font, room);
    const std::string bay = "·" + text.bay;
    const std::string work = pen.cut(text.work, font, room - pen.width(bay, font));
    return pen.cut(work.empty() || work == "…" ? text.bay : work + bay, font, room);
}

struct RowColors {
    Color ground, plate, text, soft, faint, note, step, passed, present;
};

/// Everything one row is drawn from.
struct RowPart {
    const Context& context;
    const Columns& columns;
    const RowText& text;
    const RowColors& colors;
    Pen& pen;
    Rect at;
    /// A length in units of the row.
    int s(double value) const { return static_cast<int>(std::lround(value * columns.size)); }
    Font font(double px, bool bold = false) const { return {bold, s(px)}; }
};

RowColors colors_of(const Context& context, const RowText& text, const ShownRow& shown, int index) {
    const Theme& theme = context.theme;
    const bool ready = text.tone == Tone::ready;
    const bool striped = index % 2 == 1;
    const Color plain = striped ? theme.stripe : theme.ground;
    const Color green = striped ? mix(theme.good_ground, theme.ground, 0.3) : theme.good_ground;
    const Color ground = mix(ready ? green : plain, theme.glow, 0.7 * shown.glow);
    const Color note = text.tone == Tone::moved ? theme.moved : text.call_soft ? theme.soft : theme.good;
    RowColors colors{.ground = ground,
                     .plate = ready ? theme.good : theme.text,
                     .text = theme.text,
                     .soft = theme.soft,
                     .faint = theme.faint,
                     .note = note,
                     .step = ready ? theme.good : theme.text,
                     .passed = ready ? theme.good : theme.done,
                     .present = ready                      ? theme.good
                                : text.tone == Tone::moved ? theme.moved
                                                           : theme.current};
    double away = 0;
    if (text.tone == Tone::delivered) {
        away = 0.42;
    }
    if (context.show.as_of) away = std::max(away, 0.45);
    for (Color* color : {&colors.plate, &colors.text, &colors.soft, &colors.faint, &colors.note, &colors.step,
                         &colors.passed, &colors.present}) {
        *color = mix(*color, ground, away);
    }
    return colors;
}

/// A plate is never cut: when it is too long it is set smaller.
void draw_plate(const RowPart& part, int middle) {
    const auto wide = [&](Font font) {
        const double dot = part.text.plate_head.empty() ? 0 : font.px * dot_space;
        return part.pen.width(part.text.plate_head, font) + static_cast<int>(dot) +
               part.pen.width(part.text.plate_tail, font);
    };
    Font font{true, part.context.grid.plate_px};
    while (font.px > 8 && wide(font) > part.columns.plate.w) --font.px;
    const int baseline = centred(middle, font);
    int x = part.columns.plate.x;
    if (!part.text.plate_head.empty()) {
        x += part.pen.left(x, baseline, part.text.plate_head, font, part.colors.plate);
        const int size = std::max(2, static_cast<int>(font.px * dot_size));
        const int space = static_cast<int>(font.px * dot_space);
        part.pen.add(Box{{x + (space - size) / 2, middle - size / 2, size, size}, part.colors.plate, size / 2});
        x += space;
    }
    part.pen.left(x, baseline, part.text.plate_tail, font, part.colors.plate);
}

void draw_step_words(const RowPart& part, int x, int room, int middle) {
    Font font = part.font(35);
    if (part.text.tone == Tone::ready) {
        const int size = part.s(36);
        draw_check(part.pen, x + size / 2, middle, size, part.colors.step, part.colors.ground);
        x += size + part.s(12);
        room -= size + part.s(12);
        font.bold = true;
    }
    font = part.pen.shrink(part.text.step_text, font, room, 0.72);
    part.pen.left(x, centred(middle, font), part.pen.cut(part.text.step_text, font, room), font, part.colors.step);
}

void draw_promise(const RowPart& part, int middle) {
    if (part.text.promise.empty()) return;
    const Column column = part.columns.promise;
    Font font = part.font(46);
    if (!part.text.promise_day.empty()) {
        const Font small = part.pen.shrink(part.text.promise_day, part.font(26), column.w, 0.6);
        part.pen.left(column.x, centred(middle - part.s(24), small), part.text.promise_day, small, part.colors.faint);
        middle += part.s(16);
        font = part.font(40);
    }
    const Color color = part.text.promise_struck ? part.colors.faint : part.colors.soft;
    const int wide = part.pen.left(column.x, centred(middle, font), part.text.promise, font, color);
    if (part.text.promise_struck) {
        const int over = part.s(3);
        part.pen.add(Stroke{column.x - over, middle, column.x + wide + over, middle, std::max(2, part.s(4)), color});
    }
}

/// Up to two lines of words, centred on `middle`.
void draw_words(const RowPart& part, const std::string& text, int x, int room, int middle, Font font) {
    const auto lines = part.pen.lines(text, font, room);
    Font fitting = font;
    for (const auto& line : lines) fitting = part.pen.shrink(line, fitting, room, 0.6);
    const int step = static_cast<int>(std::lround(fitting.px * 1.22));
    int y = middle - step * (static_cast<int>(lines.size()) - 1) / 2;
    for (const auto& line : lines) {
        part.pen.left(x, centred(y, fitting), part.pen.cut(line, fitting, room), fitting, part.colors.note);
        y += step;
    }
}

void draw_expected(const RowPart& part, int middle) {
    const Column column = part.columns.expected;
    if (part.text.expected.empty()) {
        const std::string& call = part.text.call;
        const Font large = part.font(40, !part.text.call_soft);
        const bool one_line = part.pen.lines(call, large, column.w).size() == 1;
        draw_words(part, call, column.x, column.w, middle, one_line ? large : part.font(35, large.bold));
        return;
    }
    const bool moved = part.text.tone == Tone::moved;
    const Font font = part.font(58, true);
    const int wide = part.pen.left(column.x, centred(middle, font), part.text.expected, font,
                                   moved ? part.colors.note : part.colors.text);
    const int gap = part.s(20);
    const bool two_lines = part.text.note.find('|') != std::string::npos;
    const int note_middle = two_lines ? middle : middle + part.s(7);  // one line stands on the time's own baseline
    draw_words(part, part.text.note, column.x + wide + gap, column.w - wide - gap, note_middle, part.font(29));
}

void draw_one_line(const RowPart& part) {
    const int middle = part.at.y + part.at.h / 2;
    const Column car = part.columns.car;
    const Column progress = part.columns.progress;
    draw_plate(part, middle);
    const Font model = part.pen.shrink(part.text.model, part.font(37), car.w, least_text);
    const Font detail = part.font(27);
    part.pen.left(car.x, centred(middle - part.s(19), model), part.pen.cut(part.text.model, model, car.w), model,
                  part.colors.text);
    part.pen.left(car.x, centred(middle + part.s(25), detail), detail_text(part.pen, part.text, detail, car.w), detail,
                  part.colors.soft);
    const Rect steps{progress.x, middle - part.s(35), progress.w, part.s(20)};
    draw_steps(part.pen, steps, part.text.step, part.text.tone == Tone::delivered, part.context.theme,
               part.colors.passed, part.colors.present);
    draw_step_words(part, progress.x, progress.w, middle + part.s(18));
    draw_promise(part, middle);
    draw_expected(part, middle);
}

/// Model, work and bay in one line. The bay stays whole, then comes the model; the work has what is left.
void draw_car_line(const RowPart& part, int middle) {
    const Column line = part.columns.plate;
    const Font font = part.font(29);
    const int gap = part.s(18);
    const int bay = part.text.bay.empty() ? 0 : part.pen.width(part.text.bay, font) + gap;
    const std::string model = part.pen.cut(part.text.model, font, line.w - bay);
    const int used = part.pen.left(line.x, centred(middle, font), model, font, part.colors.text) + gap;
    const std::string whole = part.text.work + (part.text.bay.empty() ? "" : "·" + part.text.bay);
    const Font fitting = part.pen.shrink(whole, font, line.w - used, least_text);
    const std::string detail = detail_text(part.pen, part.text, fitting, line.w - used);
    const Font shown = detail == part.text.bay ? font : fitting;
    if (detail != "…") part.pen.left(line.x + used, centred(middle, font), detail, shown, part.colors.soft);
}

void draw_two_lines(const RowPart& part) {
    const int upper = part.at.y + static_cast<int>(part.at.h * 0.34);
    const int lower = part.at.y + static_cast<int>(part.at.h * 0.79);
    draw_plate(part, upper);
    draw_promise(part, upper);
    draw_expected(part, upper);
    draw_car_line(part, lower);
    const Column progress = part.columns.progress;
    // English words are longer.
    const int wide = progress.w * (part.context.show.language == Language::english ? 36 : 46) / 100;
    const int height = part.s(20);
    draw_steps(part.pen, {progress.x, lower - height / 2, wide, height}, part.text.step,
               part.text.tone == Tone::delivered, part.context.theme, part.colors.passed, part.colors.present);
    draw_step_words(part, progress.x + wide + part.s(20), progress.w - wide - part.s(20), lower);
}

}  // namespace

Columns columns_of(const Context& context) {
    const Grid& grid = context.grid;
    const int left = grid.margin;
    const int right = grid.panel.width - grid.margin;
    const int row_height = grid.body.h / grid.rows;
    const int gap = context.u(grid.portrait ? 26 : 34);
    Columns columns{.plate = {left, grid.plate_width()}};
    const int begin = left + grid.plate_width() + gap;
    const int room = right - begin;
    const auto part = [&](double from, double to) {
        return Column{begin + static_cast<int>(room * from), static_cast<int>(room * (to - from))};
    };
    if (grid.portrait) {
        columns.size = std::min(row_height / 168.0, room / 520.0);
        columns.promise = part(0, 0.26);
        columns.expected = part(0.29, 1);
        columns.progress = part(0, 1);
        columns.car = columns.plate;
    } else {
        columns.size = std::min(row_height / 100.0, room / 1360.0);
        columns.car = part(0, 0.285);
        columns.progress = part(0.31, 0.59);
        columns.promise = part(0.62, 0.725);
        columns.expected = part(0.745, 1);
    }
    return columns;
}

Area car_row(const Context& context, const Columns& columns, int index) {
    const ShownRow& shown = context.show.rows[static_cast<std::size_t>(index)];
    const RowText text = row_text(shown.row, {.today = context.show.now.value_or(LocalTime{}),
                                              .offset = context.show.offset,
                                              .language = context.show.language,
                                              .stale = context.show.as_of.has_value()});
    const RowColors colors = colors_of(context, text, shown, index);
    Area area{.name = "row-" + std::to_string(index), .at = context.grid.row(index), .ground = colors.ground};
    Pen pen(area, context.ruler);
    if (text.tone == Tone::ready) {
        pen.add(Box{{0, area.at.y, context.u(12), area.at.h}, colors.plate});
    }
    const RowPart part{context, columns, text, colors, pen, area.at};
    if (context.grid.portrait) {
        draw_two_lines(part);
    } else {
        draw_one_line(part);
    }
    return area;
}

}  // namespace baytime::lounge::parts
