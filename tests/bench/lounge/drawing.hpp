// What is measured inside one process, with the video driver of its environment.
#pragma once

#include <string>

namespace baytime::bench {

/// Prints a line for each round: milliseconds of one full redraw, of one changed row, of copying one frame in memory.
/// Returns the exit code.
int time_drawing(const std::string& size, int rounds);

/// The least a board must do at its start: a window, two faces of the font, a line of text in each, one frame. Prints
/// `done`.
int start_bare(const std::string& size);

}  // namespace baytime::bench
