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

}  // namespace baytime::lounge
