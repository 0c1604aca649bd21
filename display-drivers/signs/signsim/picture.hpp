// The glass as a picture file and as text for a terminal.
#pragma once

#include "display-drivers/signs/signsim/dots.hpp"

namespace baytime::signs::sim {

/// RGBA pixels, row by row: round LEDs on black in a dark frame.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels{};
};
Picture picture_of(const Dots& dots);

/// Writes a PNG beside the path and moves it there. Throws std::runtime_error.
void write_png(const Picture& picture, const std::string& path);

/// Two rows of dots a line of text, as coloured half blocks.
std::string terminal_text(const Dots& dots);

}  // namespace baytime::signs::sim
