// A real X server without a monitor (Xvfb), and a look at what stands on its screens. Knows no Catch: benchmarks use
// it.
#pragma once

#include "display-drivers/lounge/sdl.hpp"
#include "tests/support/process.hpp"

#include <memory>
#include <string>
#include <vector>

namespace baytime::lounge::support {

class XServer {
public:
    /// `size`: of its screen, like `1920x1080`, the largest it can ever be. The server chooses a free display number.
    /// Throws std::runtime_error when it does not start.
    explicit XServer(const std::string& size);
    std::string display() const { return ":" + number_; }
    /// For a program's environment.
    std::vector<std::string> environment() const;
    void end() { process_.signal(15); }

private:
    baytime::support::Process process_;
    std::string number_;
};

/// Must not outlive its server: Xlib ends the process then.
class XScreen {
public:
    explicit XScreen(const std::string& display);
    XScreen(const XScreen&) = delete;
    XScreen& operator=(const XScreen&) = delete;
    ~XScreen();

    /// What a person would see, without the pointer.
    Surface picture() const;
    Uint32 pixel(int x, int y) const;
    /// Where windows stand, lowest first.
    std::vector<SDL_Rect> windows() const;
    bool pointer_is_visible() const;
    /// What `xrandr --newmode, --addmode, --output --mode` do: another resolution of the television.
    void set_mode(int width, int height);
    /// What `xrandr --output --off` does.
    void switch_off();

private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace baytime::lounge::support
