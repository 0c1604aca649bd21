#include "display-drivers/signs/fit.hpp"

#include <algorithm>

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

/// What is done to the fields, one after another, until they fit.
using Shortening = void (*)(SignFields&, const ShortWords&);

/// A shorter form, where there is one and the field is used at all.
void shorten(std::string& field, const std::string& shorter) {
    if (!field.empty() && !shorter.empty()) field = shorter;
}

constexpr Shortening shortenings[] = {
    [](SignFields&, const ShortWords&) {},
    [](SignFields& fields, const ShortWords& to) { shorten(fields.left, to.left); },
    [](SignFields& fields, const ShortWords& to) { shorten(fields.bay, to.bay); },
    [](SignFields& fields, const ShortWords& to) { shorten(fields.step, to.step); },
    [](SignFields& fields, const ShortWords&) { fields.left.clear(); },
    // The plate says more than the bay, and a sign over a bay hangs there.
    [](SignFields& fields, const ShortWords&) {
        if (!fields.plate.empty()) fields.bay.clear();
    },
};

bool fits(const Page& page, int columns, const TextWidth& width) {
    return std::ranges::all_of(page.lines, [&](const Line& line) {
        std::string text;
        for (const Segment& segment : line) text += segment.text;
        return width(text) <= columns;
    });
}

/// The car on one glassful and how it stands on the next: the sign shows lines that it has no rows for in turn.
/// Nothing for a form with words of its own, which would be torn apart.
Page in_turn(const Template& form, const SignFields& fields, Meaning meaning) {
    if (!form.render({}).lines.empty() || fields.plate.empty() || fields.step.empty()) return {};
    Page page = form.render({.plate = fields.plate}, meaning);
    SignFields state = fields;
    state.bay.clear();
    state.plate.clear();
    for (Line& line : form.render(state, meaning).lines) page.lines.push_back(std::move(line));
    return page;
}

/// Whether the plate stands in the page whole: a template need not name it.
bool shows(const Page& page, const std::string& text) {
    return !text.empty() && text_of(page).find(text) != std::string::npos;
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

std::string short_bay_word(std::string_view label, SignLanguage language) {
    constexpr std::string_view digits = "0123456789";
    auto number = label.substr(0, std::min(label.find_first_not_of(digits), label.size()));
    if (number.empty() && !label.empty()) number = label.substr(label.find_last_not_of(digits) + 1);
    if (number.empty()) return std::string(label);
    return std::string(number) + (language == SignLanguage::zh ? "号" : "");
}

Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 int columns, const TextWidth& width) {
    const Page full = form.render(fields, meaning);
    SignFields words = fields;
    for (const Shortening step : shortenings) {
        step(words, shorter);
        Page page = form.render(words, meaning);
        if (!page.lines.empty() && fits(page, columns, width)) return page;
    }
    words = fields;
    for (const Shortening step : shortenings) {
        step(words, shorter);
        Page page = in_turn(form, words, meaning);
        if (page.lines.size() == 2 && fits(page, columns, width)) return page;
    }
    if (!shows(full, fields.plate)) return full;
    if (width(fields.plate) != never_fits) return page_of(fields.plate, meaning);
    // A field that would cut the plate shows the rest: half a plate is another car's.
    words = fields;
    words.plate.clear();
    Page page;
    for (const Shortening step : shortenings) {
        step(words, shorter);
        page = form.render(words, meaning);
        if (!page.lines.empty() && fits(page, columns, width)) return page;
    }
    return page.lines.empty() ? page_of(no_room, meaning) : page;
}

Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Driver& driver, const Setup& setup) {
    if (driver.width == nullptr) return form.render(fields, meaning);
    return fitted_page(form, fields, shorter, meaning, setup.shape.columns,
                       [&](std::string_view text) { return driver.width(text, setup); });
}

}  // namespace baytime::signs
