// Cutting a line of plain words, as people type them and as replies print them.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::protocol {

/// `bay=3` has a name, `R1023` has none; `quoted` says that the value stood in double quotes.
struct Word {
    std::string name;
    std::string value;
    bool quoted = false;
    bool named = false;
    bool operator==(const Word&) const = default;
};

/// The words of a line, or a sentence that says why it cannot be cut. Blanks and tabs separate; a value in double
/// quotes may hold blanks, and `\"`, `\\`, `\n` inside them.
std::variant<std::vector<Word>, std::string> split_words(std::string_view line);

}  // namespace baytime::protocol
