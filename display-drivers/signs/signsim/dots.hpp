// Which dots of a simulated glass are lit. Pure.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <optional>

namespace baytime::signs::sim {

using Letter = std::array<std::uint8_t, 7>;
/// A character that has no letter is drawn as a question mark.
const Letter& letter(char c);

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};

struct Dots {
    int columns = 0, rows = 0;
    std::vector<std::optional<Colour>> lit{};  ///< row by row
    bool operator==(const Dots&) const = default;
};

/// How a sign writes: in Latin letters 7 dots high, or with a Chinese font 16 dots high.
enum class Letters { latin, chinese };

/// What the glass shows `since` its page changed: lines beyond its rows alternate, wide text runs from right to left.
Dots dots_of(const Glass& glass, const Shape& shape, std::chrono::milliseconds since, Letters letters = Letters::latin);
/// Whether dots_of() changes by time alone.
bool animated(const Glass& glass, const Shape& shape, Letters letters = Letters::latin);

}  // namespace baytime::signs::sim
