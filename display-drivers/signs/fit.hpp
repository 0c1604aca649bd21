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
};
/// `rep`, `维修`; an unknown step comes back as it is.
std::string short_step_word(std::string_view step, SignLanguage language);
/// `25m`, `1:05`, `soon`; in Chinese `25分`, `1:05`, `马上`.
std::string short_left_words(int minutes, SignLanguage language);
/// The number of a bay where its label begins or ends with one: `3号工位` is `3号` or `3`, `Bay 12` is `12`.
std::string short_bay_word(std::string_view label, SignLanguage language);

/// Dots that a text takes on the glass.
using TextWidth = std::function<int(std::string_view)>;

/// The template with the first choice of words whose every line is at most `columns` wide. In order: all in full; the
/// time left short; the bay short; the step short; no time left; no bay; then plate and state in turn, each as long as
/// it fits. When nothing fits: the plate alone, which the sign lets run when it is too wide; without a plate everything
/// in full, running.
Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 int columns, const TextWidth& width);
/// The same for one sign, by its driver's own font. A driver that does not know its widths gets everything in full.
Page fitted_page(const Template& form, const SignFields& fields, const ShortWords& shorter, Meaning meaning,
                 const Driver& driver, const Setup& setup);

}  // namespace baytime::signs
