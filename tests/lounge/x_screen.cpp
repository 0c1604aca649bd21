// Xlib's macros and names stay in this file.
#include "tests/lounge/x_screen.hpp"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xfixes.h>
#include <X11/extensions/Xrandr.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace baytime::lounge::support {

namespace {

using Image = std::unique_ptr<XImage, int (*)(XImage*)>;

int destroy(XImage* image) {
    return XDestroyImage(image);
}

}  // namespace

XServer::XServer(const std::string& size)
    : process_({"/usr/bin/Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0", size + "x24"}, {},
               "/dev/null") {
    const auto number = process_.line();
    if (!number) throw std::runtime_error("Xvfb does not start; is the package xvfb installed?");
    number_ = *number;
}

std::vector<std::string> XServer::environment() const {
    return {"SDL_VIDEODRIVER=x11", "SDL_AUDIODRIVER=dummy", "DISPLAY=" + display()};
}

namespace {

/// Windows come and go while the test looks: one that has just gone is no reason to end the test program, which is what
/// Xlib does by default. Its attributes and its picture are then empty.
int bear_with_vanished_windows(Display* display, XErrorEvent* error) {
    if (error->error_code == BadWindow || error->error_code == BadDrawable || error->error_code == BadMatch) return 0;
    char text[128] = "";
    XGetErrorText(display, error->error_code, text, static_cast<int>(sizeof text));
    std::fprintf(stderr, "X error: %s\n", text);
    std::abort();
}

}  // namespace

struct XScreen::Connection {
    explicit Connection(const std::string& name) : display(XOpenDisplay(name.c_str())) {
        XSetErrorHandler(bear_with_vanished_windows);
        if (display == nullptr) throw std::runtime_error("cannot open the display " + name);
        root = DefaultRootWindow(display);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { XCloseDisplay(display); }

    XWindowAttributes look(Window window) const {
        XWindowAttributes found{};
        XGetWindowAttributes(display, window, &found);
        return found;
    }
    Image image(int x, int y, int width, int height) const {
        return {XGetImage(display, root, x, y, static_cast<unsigned>(width), static_cast<unsigned>(height), AllPlanes,
                          ZPixmap),
                destroy};
    }
    RRMode mode_of(XRRScreenResources* resources, int width, int height) const {
        const std::string name = std::to_string(width) + "x" + std::to_string(height);
        for (int i = 0; i < resources->nmode; ++i) {
            if (resources->modes[i].name == name) return resources->modes[i].id;
        }
        XRRModeInfo* mode = XRRAllocModeInfo(name.c_str(), static_cast<int>(name.size()));
        mode->width = mode->hTotal = static_cast<unsigned>(width);
        mode->height = mode->vTotal = static_cast<unsigned>(height);
        mode->dotClock = 60UL * mode->width * mode->height;
        const RRMode made = XRRCreateMode(display, root, mode);
        XRRAddOutputMode(display, resources->outputs[0], made);
        XRRFreeModeInfo(mode);
        return made;
    }
    void set(XRRScreenResources* resources, RRMode mode) const {
        RROutput* output = mode == None ? nullptr : resources->outputs;
        XRRSetCrtcConfig(display, resources, resources->crtcs[0], CurrentTime, 0, 0, mode, RR_Rotate_0, output,
                         output == nullptr ? 0 : 1);
    }

    Display* display;
    Window root = 0;
};

XScreen::XScreen(const std::string& display) : connection_(std::make_unique<Connection>(display)) {}

XScreen::~XScreen() = default;

Surface XScreen::picture() const {
    const auto root = connection_->look(connection_->root);
    const Image image = connection_->image(0, 0, root.width, root.height);
    Surface surface = make_surface(root.width, root.height);
    for (int y = 0; image && y < root.height; ++y) {
        std::memcpy(static_cast<char*>(surface->pixels) + y * surface->pitch, image->data + y * image->bytes_per_line,
                    static_cast<std::size_t>(root.width) * sizeof(Uint32));
    }
    return surface;
}

Uint32 XScreen::pixel(int x, int y) const {
    return static_cast<Uint32>(XGetPixel(connection_->image(x, y, 1, 1).get(), 0, 0)) & 0xffffff;
}

std::vector<SDL_Rect> XScreen::windows() const {
    Window root = 0, parent = 0;
    Window* children = nullptr;
    unsigned count = 0;
    XQueryTree(connection_->display, connection_->root, &root, &parent, &children, &count);
    std::vector<SDL_Rect> places;
    for (unsigned i = 0; i < count; ++i) {
        const auto found = connection_->look(children[i]);
        if (found.map_state == IsViewable) places.push_back({found.x, found.y, found.width, found.height});
    }
    if (children != nullptr) XFree(children);
    return places;
}

bool XScreen::pointer_is_visible() const {
    XFixesCursorImage* cursor = XFixesGetCursorImage(connection_->display);
    const unsigned long* pixels = cursor->pixels;  // ARGB, one in each long
    const bool visible = std::any_of(pixels, pixels + cursor->width * cursor->height,
                                     [](unsigned long pixel) { return (pixel >> 24 & 255) != 0; });
    XFree(cursor);
    return visible;
}

void XScreen::set_mode(int width, int height) {
    XRRScreenResources* resources = XRRGetScreenResources(connection_->display, connection_->root);
    const RRMode mode = connection_->mode_of(resources, width, height);
    connection_->set(resources, None);
    XRRSetScreenSize(connection_->display, connection_->root, width, height, width / 4, height / 4);
    connection_->set(resources, mode);
    XRRFreeScreenResources(resources);
    XSync(connection_->display, False);
}

void XScreen::switch_off() {
    XRRScreenResources* resources = XRRGetScreenResources(connection_->display, connection_->root);
    connection_->set(resources, None);
    XRRFreeScreenResources(resources);
    XSync(connection_->display, False);
}

}  // namespace baytime::lounge::support
