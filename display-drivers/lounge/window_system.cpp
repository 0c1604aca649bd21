// SDL has loaded these libraries already; asking them directly needs no link of our own.
#include "display-drivers/lounge/window_system.hpp"

#include <SDL.h>
#include <SDL_syswm.h>
#include <dlfcn.h>

namespace baytime::lounge {

namespace {

template <class Function>
Function loaded_function(const char* library, const char* name) {
    void* handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    if (handle == nullptr) return nullptr;
    return reinterpret_cast<Function>(dlsym(handle, name));
}

}  // namespace

int window_system_descriptor(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) == SDL_FALSE) return -1;
    if (info.subsystem == SDL_SYSWM_X11) {
        const auto ask = loaded_function<int (*)(void*)>("libX11.so.6", "XConnectionNumber");
        return ask == nullptr ? -1 : ask(info.info.x11.display);
    }
    if (info.subsystem == SDL_SYSWM_WAYLAND) {
        const auto ask = loaded_function<int (*)(void*)>("libwayland-client.so.0", "wl_display_get_fd");
        return ask == nullptr ? -1 : ask(info.info.wl.display);
    }
    return -1;
}

std::optional<std::pair<int, int>> screen_size(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) == SDL_FALSE || info.subsystem != SDL_SYSWM_X11) return std::nullopt;
    // XGetGeometry(display, drawable, root, x, y, width, height, border, depth); 0 when it fails.
    using Ask = int (*)(void*, unsigned long, unsigned long*, int*, int*, unsigned*, unsigned*, unsigned*, unsigned*);
    static const auto ask = loaded_function<Ask>("libX11.so.6", "XGetGeometry");
    unsigned long root = 0;
    int x = 0, y = 0;
    unsigned width = 0, height = 0, border = 0, depth = 0;
    const auto look = [&](unsigned long at) {
        return ask(info.info.x11.display, at, &root, &x, &y, &width, &height, &border, &depth) != 0;
    };
    if (ask == nullptr || !look(info.info.x11.window) || !look(root)) return std::nullopt;
    return std::pair(static_cast<int>(width), static_cast<int>(height));
}

}  // namespace baytime::lounge
