// Preloaded by a test: lets libserialport 0.1.1 open a pseudo-terminal as if it were a serial port. It answers what a
// pseudo-terminal lacks: a place below /sys/class/tty, and the modem lines.
#include <dlfcn.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <string_view>

namespace {

int modem_lines = TIOCM_DTR | TIOCM_RTS;  // as a port has them when it is opened

bool is_place(const char* path) {
    return std::string_view(path).starts_with("/sys/class/tty/pts/");
}

/// The function that this one stands before.
template <class F>
F behind(const char* name) {
    return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

/// lstat() as libraries built for an older C library call it.
int __lxstat(int version, const char* path, struct stat* out) noexcept {
    static const auto next = behind<int (*)(int, const char*, struct stat*)>("__lxstat");
    if (!is_place(path)) return next(version, path, out);
    *out = {};
    out->st_mode = S_IFLNK | 0777;
    return 0;
}

ssize_t readlink(const char* path, char* out, size_t size) noexcept {
    static const auto next = behind<ssize_t (*)(const char*, char*, size_t)>("readlink");
    if (!is_place(path)) return next(path, out, size);
    constexpr std::string_view target = "../../devices/platform/serial8250/tty/ttyS0";
    const auto length = std::min(size, target.size());
    std::copy_n(target.begin(), length, out);
    return static_cast<ssize_t>(length);
}

int ioctl(int fd, unsigned long request, ...) noexcept {
    static const auto next = behind<int (*)(int, unsigned long, void*)>("ioctl");
    va_list more;
    va_start(more, request);
    void* const argument = va_arg(more, void*);
    va_end(more);
    auto* const lines = static_cast<int*>(argument);
    switch (request) {
        case TIOCMGET: *lines = modem_lines; return 0;
        case TIOCMSET: modem_lines = *lines; return 0;
        case TIOCMBIS: modem_lines |= *lines; return 0;
        case TIOCMBIC: modem_lines &= ~*lines; return 0;
        default: return next(fd, request, argument);
    }
}

}  // extern "C"
