// Puts address and options into a sign's Setup, checked against what its driver understands. For the configuration,
// the command line and the simulator.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>

namespace baytime::signs {

struct SetupFault {
    std::string what{};      ///< a sentence
    std::string accepted{};  ///< what would do
};

/// The setup of a sign of which nothing is said but its driver.
Setup usual_setup(const Driver& driver);
std::optional<SetupFault> set_address(Setup& setup, const Driver& driver, std::string_view value);
std::optional<SetupFault> set_option(Setup& setup, const Driver& driver, std::string_view name, std::string_view value);
/// The option's value, or what counts when it is left out.
std::string option(const Setup& setup, std::span<const OptionForm> forms, std::string_view name);
/// Lines of text that stand on the glass at once: as its registers or frames say, else by the height of its letters.
int text_lines(const Driver& driver, const Setup& setup);
/// Where the maker does not say how wide letters are: six dots on a low glass, eight on a tall one. Chinese twice that.
int usual_letter_columns(const Setup& setup);
/// Whether this sign can draw Chinese.
bool draws_chinese(const Driver& driver, const Setup& setup);
/// A word, a plate and a bay in different meanings, for a sign that is being hung up.
Page test_page(bool chinese);

}  // namespace baytime::signs
