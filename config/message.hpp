// One fault of a configuration file as people read it: place, what is wrong, the line, a caret, what would do.
// Knows no TOML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

struct Fault {
    std::size_t line = 0;    ///< counts from 1; 0 when the fault is about the whole file
    std::size_t column = 0;  ///< counts characters (not bytes) from 1
    std::string what;
    std::string accepted;  ///< may be empty
    bool operator==(const Fault&) const = default;
};

/// The lines of a text, without their line ends.
std::vector<std::string> lines_of(std::string_view text);
/// `line` up to character `column`, as blanks of the same width on a terminal (Chinese: two each; tabs stay tabs).
std::string indent_to(std::string_view line, std::size_t column);
/// One to four lines, without a newline at the end. A line of the file that is very long is not shown.
std::string message(const std::string& file, const std::vector<std::string>& lines, const Fault& fault);

/// A message, or several, with the place and what is wrong, but without the lines that quote the file: one of them may
/// hold a token or a PIN, and logs and health are read by many.
std::string without_quotes(std::string_view messages);

/// The word that was probably meant, or empty when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& accepted);
/// `did you mean "port"? accepted here: address, port`
std::string suggestion(std::string_view word, const std::vector<std::string>& accepted);

}  // namespace baytime::config
