// What SDL does not tell of a window's system: the file descriptor behind it, so that an idle board can sleep in poll()
// and still hear its events, and the size of the screen it stands on.
#pragma once

#include <optional>
#include <utility>

struct SDL_Window;

namespace baytime::lounge {

/// The connection to X11 or Wayland; -1 for anything else.
int window_system_descriptor(SDL_Window* window);
/// Width and height of the window's X11 screen at this moment. Nothing elsewhere: Wayland resizes windows itself.
std::optional<std::pair<int, int>> screen_size(SDL_Window* window);

}  // namespace baytime::lounge
