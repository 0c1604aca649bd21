// Which words of a text fit a glass: the long ones first, then shorter ones in a fixed order, and never a cut plate.
// Pure.
#pragma once

#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/template.hpp"

#include <functional>

namespace baytime::signs {

/// Shorter forms of some fields; an empty one is not used.
struct ShortWords {
    std::string bay{}, step{}, left{};
    std::string bay_number{};  ///< the shortest of the bay
};
/// `rep`, `维修`; an unknown step comes back as it is.
std::string short_step_word(std::string_view step, SignLanguage language);
/// `25m`, `1:05`, `soon`; in Chinese `25分`, `1:05`, `马上`.
std::string short_left_words(int minutes, SignLanguage language);
/// The number of a bay where its label begins or ends with one: `3号工位` is `3号` or `3`, `Bay 12` is `12`.
std::string short_bay_word(std::string_view label, SignLanguage language);
/// The number alone, in every language: `3`.
std::string bay_number(std::string_view label);

/// Dots that a text takes on the glass.
using TextWidth = std::function<int(std::string_view)>;

/// The place for a page.
struct Room {
    int columns = 80;
    int lines = 1;  ///< that stand on the glass at once
    /// Shows more than it holds: further lines in turn (or one behind the other), and a line too wide runs.
    bool turns = true;
    TextWidth width{};
};

/// The template with the first choice of words that fits, line by line: all in full; then one after another the time
/// left short, the bay short, the step short, the plate without its dot, the bay as its number, no blank before the
/// time. A text of one line that is still too wide takes a free line: the car above, its state below. A glass of one
/// line shows the two in turn, or each of their words; where one of these is too wide, or the text has words of its
/// own, it runs in full. No word is missing there. On several lines the bay goes where that makes a line fit; any other
/// line that is too wide runs in full. Where a sign may neither turn nor run words go, and as many as must: the time
/// left, then the bay. A plate is never cut: where a field of the sign cannot hold it, the rest is shown without it.
Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Room& room);
/// The same for one sign, by its driver's own font. A driver that does not know its widths gets everything in full.
Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Driver& driver, const Setup& setup);

}  // namespace baytime::signs
