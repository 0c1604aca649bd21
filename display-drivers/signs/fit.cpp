#include "display-drivers/signs/fit.hpp"

#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace baytime::signs {

namespace {

struct Word {
    std::string_view step, en, zh;
};
constexpr Word words_for_steps[] = {
    {"received", "in", "接车"},  {"dispatched", "next", "派工"}, {"repair", "rep", "维修"},  {"quality", "chk", "质检"},
    {"washing", "wash", "洗车"}, {"ready", "READY", "交车"},     {"paused", "wait", "等待"},
};

/// Stands where a plate has no room.
constexpr const char* no_room = "--";

constexpr std::string_view digits = "0123456789";

/// A shorter form, where there is one and the field is used at all.
void shorten(std::string& field, const std::string& shorter) {
    if (!field.empty() && !shorter.empty()) field = shorter;
}

std::string without_dot(std::string plate) {
    constexpr std::string_view dot = "·";
    if (const auto at = plate.find(dot); at != std::string::npos) plate.erase(at, dot.size());
    return plate;
}

/// What is done to the fields, one after another, until they fit.
using Shortening = void (*)(SignFields&, const ShortWords&);
constexpr Shortening shortenings[] = {
    [](SignFields&, const ShortWords&) {},
    [](SignFields& fields, const ShortWords& to) { shorten(fields.left, to.left); },
    [](SignFields& fields, const ShortWords& to) { shorten(fields.bay, to.bay); },
    [](SignFields& fields, const ShortWords& to) { shorten(fields.step, to.step); },
    [](SignFields& fields, const ShortWords&) { fields.plate = without_dot(fields.plate); },
    [](SignFields& fields, const ShortWords& to) { shorten(fields.bay, to.bay_number); },
};
void drop_time(SignFields& fields) {
    fields.left.clear();
}

/// The plate says more than the bay, and a sign over a bay hangs there.
void drop_bay(SignFields& fields) {
    if (!fields.plate.empty()) fields.bay.clear();
}

std::string joined(const Line& line) {
    std::string out;
    for (const Segment& segment : line) out += segment.text;
    return out;
}

/// `质检 25分` as `质检25分`: between a Chinese letter and a digit no blank is missed.
Page tight(Page page) {
    constexpr char not_ascii = '\x80';
    for (Line& line : page.lines) {
        const std::string all = joined(line);
        std::size_t at = 0;
        for (Segment& segment : line) {
            std::string out;
            for (const char c : segment.text) {
                const bool between = c == ' ' && at > 0 && (all[at - 1] & not_ascii) != 0 && at + 1 < all.size() &&
                                     digits.find(all[at + 1]) != std::string_view::npos;
                if (!between) out += c;
                ++at;
            }
            segment.text = std::move(out);
        }
    }
    return page;
}

/// A template with what is to be filled in.
struct Words {
    const Template& form;
    SignFields fields;
    const ShortWords& shorter;
    Meaning meaning;
    Page render() const { return form.render(fields, meaning); }
};

bool fits(const Page& page, const Room& room) {
    return !page.lines.empty() &&
           std::ranges::all_of(page.lines, [&](const Line& line) { return room.width(joined(line)) <= room.columns; });
}

/// In the longest words that fit; nothing when the shortest do not.
std::optional<Page> shortened(Words words, const Room& room) {
    for (const Shortening step : shortenings) {
        step(words.fields, words.shorter);
        if (Page page = words.render(); fits(page, room)) return page;
    }
    if (Page page = tight(words.render()); fits(page, room)) return page;
    return std::nullopt;
}

/// The same, and when that does not fit without the time, then without the bay. Of what can run only the bay goes, and
/// that from a glass of several lines.
std::optional<Page> shortened_or_fewer(Words words, const Room& room) {
    auto page = shortened(words, room);
    if (!page && !room.turns) {
        drop_time(words.fields);
        page = shortened(words, room);
    }
    if (!page && (!room.turns || room.lines > 1)) {
        drop_bay(words.fields);
        page = shortened(words, room);
    }
    return page;
}

/// One line of the template, whatever its width.
Page line_of(const Words& words, const Room& room) {
    if (auto page = shortened_or_fewer(words, room)) return *std::move(page);
    Page full = words.render();
    const std::string& plate = words.fields.plate;
    if (room.turns || plate.empty() || text_of(full).find(plate) == std::string::npos) return full;
    for (const std::string& whole : {plate, without_dot(plate)}) {
        if (room.width(whole) != never_fits) return page_of(whole, words.meaning);
    }
    // A field that would cut the plate shows the rest: half a plate is another car's.
    Words rest = words;
    rest.fields.plate.clear();
    auto page = shortened_or_fewer(rest, room);
    return page ? *std::move(page) : page_of(no_room, words.meaning);
}

std::vector<Template> lines_of(const Template& form) {
    std::vector<Template> out;
    std::string_view rest = form.source();
    for (bool more = true; more;) {
        const auto end = std::min(rest.find('\n'), rest.size());
        // Part of a text that has been read already, so that it is sound.
        out.push_back(std::get<Template>(Template::parse(rest.substr(0, end))));
        more = end < rest.size();
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

using Field = std::string SignFields::*;
constexpr Field of_car[] = {&SignFields::bay, &SignFields::plate, &SignFields::model, &SignFields::order,
                            &SignFields::shop};
constexpr Field of_state[] = {&SignFields::step, &SignFields::left, &SignFields::minutes, &SignFields::promise,
                              &SignFields::count};

Words only(std::span<const Field> fields, const Words& words) {
    Words out = words;
    out.fields = {};
    for (const Field field : fields) out.fields.*field = words.fields.*field;
    return out;
}

/// A form with words of its own would be torn apart.
bool only_fields(const Template& form) {
    return form.render({}).lines.empty();
}

void append(Page& page, Page more) {
    for (Line& line : more.lines) page.lines.push_back(std::move(line));
}

/// The car on one line and how it stands on the next. Nothing when one of the two says nothing.
std::optional<Page> car_and_state(const Words& words, const Room& room) {
    if (!only_fields(words.form) || words.fields.plate.empty()) return std::nullopt;
    if (room.width(without_dot(words.fields.plate)) == never_fits) return std::nullopt;
    const Words car = only(of_car, words), state = only(of_state, words);
    if (car.render().lines.empty() || state.render().lines.empty()) return std::nullopt;
    Page page = line_of(car, room);
    append(page, line_of(state, room));
    return page;
}

/// Each field on a line of its own; nothing when one does not fit.
std::optional<Page> field_by_field(const Words& words, std::span<const Field> fields, const Room& room) {
    Page page;
    for (const Field& field : fields) {
        const Words one = only({&field, 1}, words);
        if (one.render().lines.empty()) continue;
        auto line = shortened(one, room);
        if (!line) return std::nullopt;
        append(page, *std::move(line));
    }
    return page;
}

/// For a glass of one line: car and state one after the other, with all of their words.
std::optional<Page> in_turn(const Words& words, const Room& room) {
    if (!only_fields(words.form)) return std::nullopt;
    Page page;
    for (const std::span<const Field> fields : {std::span<const Field>(of_car), std::span<const Field>(of_state)}) {
        auto part = shortened(only(fields, words), room);
        if (!part) part = field_by_field(words, fields, room);
        if (!part) return std::nullopt;
        append(page, *std::move(part));
    }
    return page;
}

Page only_line(const Words& words, const Room& room) {
    if (auto page = shortened(words, room)) return *std::move(page);
    auto more = room.lines > 1 ? car_and_state(words, room) : room.turns ? in_turn(words, room) : std::nullopt;
    return more ? *std::move(more) : line_of(words, room);
}

}  // namespace

std::string short_step_word(std::string_view step, SignLanguage language) {
    const auto* word = std::ranges::find(words_for_steps, step, &Word::step);
    if (word == std::end(words_for_steps)) return std::string(step);
    return std::string(language == SignLanguage::zh ? word->zh : word->en);
}

std::string short_left_words(int minutes, SignLanguage language) {
    constexpr int minutes_per_hour = 60;
    const bool zh = language == SignLanguage::zh;
    if (minutes <= 0) return zh ? "马上" : "soon";
    if (minutes < minutes_per_hour) return std::to_string(minutes) + (zh ? "分" : "m");
    const int rest = minutes % minutes_per_hour;
    return std::to_string(minutes / minutes_per_hour) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

std::string bay_number(std::string_view label) {
    auto number = label.substr(0, std::min(label.find_first_not_of(digits), label.size()));
    if (number.empty() && !label.empty()) number = label.substr(label.find_last_not_of(digits) + 1);
    return std::string(number.empty() ? label : number);
}

std::string short_bay_word(std::string_view label, SignLanguage language) {
    const std::string number = bay_number(label);
    const bool numbered = !number.empty() && number.find_first_not_of(digits) == std::string::npos;
    return number + (numbered && language == SignLanguage::zh ? "号" : "");
}

Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Room& room) {
    const auto lines = lines_of(form);
    if (lines.size() == 1) return only_line({form, fields, shorter, meaning}, room);
    Page page;
    for (const Template& line : lines) append(page, line_of({line, fields, shorter, meaning}, room));
    return page;
}

Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Driver& driver, const Setup& setup) {
    if (driver.width == nullptr) return form.render(fields, meaning);
    return fitted_page(form, fields, shorter, meaning,
                       {.columns = setup.shape.columns,
                        .lines = text_lines(driver, setup),
                        // Registers and templates have one field for each line, and nobody knows what a glass behind
                        // them does with more.
                        .turns = !setup.registers && !setup.raw,
                        .width = [&](std::string_view text) { return driver.width(text, setup); }});
}

}  // namespace baytime::signs
