// Finds the file descriptor behind a window, so that an idle board can sleep in poll() and still hear its events.
#pragma once

struct SDL_Window;

namespace baytime::lounge {

/// The connection to X11 or Wayland; -1 for anything else.
int window_system_descriptor(SDL_Window* window);

}  // namespace baytime::lounge
