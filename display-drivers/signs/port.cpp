#include "display-drivers/signs/port.hpp"

#include <fcntl.h>
#include <libserialport.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace baytime::signs {

namespace {

struct Speed {
    int baud;
    speed_t code;
};
constexpr std::array<Speed, 8> speeds{{{1200, B1200},
                                       {2400, B2400},
                                       {4800, B4800},
                                       {9600, B9600},
                                       {19200, B19200},
                                       {38400, B38400},
                                       {57600, B57600},
                                       {115200, B115200}}};

/// Closes unless released.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

PortError open_error(const PortSettings& port, int error) {
    const std::string name = port_name(port);
    switch (error) {
        case ENOENT:
        case ENODEV:
        case ENXIO: return {"missing", name + " is not there; is the sign's cable plugged in?"};
        case EACCES:
        case EPERM:
            return {"not-allowed", name + " may not be opened by this user; adding it to the group dialout helps"};
        case EBUSY: return {"busy", name + " is in use by another program"};
        default: return {"open", name + " cannot be opened: " + std::strerror(error)};
    }
}

/// A second program that writes into a frame would spoil it.
void lock(int fd, const PortSettings& port) {
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) throw open_error(port, errno == EWOULDBLOCK ? EBUSY : errno);
}

int open_pty(const PortSettings& port) {
    Descriptor fd(::open(port.path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (fd.get() < 0) throw open_error(port, errno);
    termios line{};
    if (::tcgetattr(fd.get(), &line) != 0) throw PortError("settings", port_name(port) + " is no terminal");
    lock(fd.get(), port);
    set_line(line, port);
    if (::tcsetattr(fd.get(), TCSANOW, &line) != 0) {
        throw PortError("settings", port_name(port) + " does not take the line settings: " + std::strerror(errno));
    }
    return fd.release();
}

void require(sp_return result, const PortSettings& port, const char* what) {
    if (result >= SP_OK) return;
    const std::unique_ptr<char, void (*)(char*)> said(sp_last_error_message(), sp_free_error_message);
    throw PortError("settings",
                    port_name(port) + " does not take " + what + (said ? ": " + std::string(said.get()) : ""));
}

void set_device(sp_port* device, const PortSettings& port) {
    const bool even = port.format == LineFormat::seven_even_one;
    require(sp_set_baudrate(device, port.baud), port, "this baud rate");
    require(sp_set_bits(device, even ? 7 : 8), port, "this number of data bits");
    require(sp_set_parity(device, even ? SP_PARITY_EVEN : SP_PARITY_NONE), port, "this parity");
    require(sp_set_stopbits(device, 1), port, "one stop bit");
    require(sp_set_flowcontrol(device, SP_FLOWCONTROL_NONE), port, "running without flow control");
    // Converters that feed on these lines, or signs that take them as a reset, want them low. Some have none.
    sp_set_dtr(device, SP_DTR_OFF);
    sp_set_rts(device, SP_RTS_OFF);
}

/// The library makes reads return nothing when there is nothing, which would look like the end of the line.
void wait_for_bytes(int fd, const PortSettings& port) {
    termios line{};
    const bool known = ::tcgetattr(fd, &line) == 0;
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
    if (!known || ::tcsetattr(fd, TCSANOW, &line) != 0) {
        throw PortError("settings", port_name(port) + " does not take the line settings: " + std::strerror(errno));
    }
}

int open_serial(const PortSettings& port) {
    struct stat found {};
    if (::stat(port.path.c_str(), &found) != 0) throw open_error(port, errno);
    // libserialport knows devices by the name the kernel gave them, not by the links under by-id.
    const std::unique_ptr<char, void (*)(void*)> real(::realpath(port.path.c_str(), nullptr), ::free);
    sp_port* raw = nullptr;
    if (sp_get_port_by_name(real ? real.get() : port.path.c_str(), &raw) != SP_OK) {
        throw PortError("open", port_name(port) + " is no serial port");
    }
    const std::unique_ptr<sp_port, void (*)(sp_port*)> device(raw, sp_free_port);
    if (sp_open(device.get(), SP_MODE_READ_WRITE) != SP_OK) throw open_error(port, sp_last_error_code());
    const std::unique_ptr<sp_port, void (*)(sp_port*)> closer(device.get(), [](sp_port* p) { sp_close(p); });
    set_device(device.get(), port);
    int fd = -1;
    require(sp_get_port_handle(device.get(), &fd), port, "a request for its handle");
    // Closing the library's handle leaves ours open, with the settings made.
    Descriptor own(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    if (own.get() < 0) throw open_error(port, errno);
    lock(own.get(), port);
    wait_for_bytes(own.get(), port);
    ::fcntl(own.get(), F_SETFL, ::fcntl(own.get(), F_GETFL) | O_NONBLOCK);
    return own.release();
}

}  // namespace

std::optional<PortSettings> parse_port(std::string_view text) {
    constexpr std::string_view serial = "serial:", pty = "pty:", tcp = "tcp://";
    PortSettings port;
    if (text.starts_with(tcp)) {
        const auto rest = text.substr(tcp.size());
        const auto colon = rest.rfind(':');
        if (colon == std::string_view::npos || colon == 0) return std::nullopt;
        port.kind = PortKind::tcp;
        port.path = std::string(rest.substr(0, colon));
        port.tcp_port = std::string(rest.substr(colon + 1));
        const bool number = std::ranges::all_of(port.tcp_port, [](char c) { return c >= '0' && c <= '9'; });
        if (!number || port.tcp_port.empty() || port.tcp_port.size() > 5) return std::nullopt;
        if (std::stoi(port.tcp_port) > 65535) return std::nullopt;
        return port;
    }
    port.kind = text.starts_with(serial) ? PortKind::serial : PortKind::pty;
    const auto prefix = port.kind == PortKind::serial ? serial : pty;
    if (!text.starts_with(prefix) || text.size() == prefix.size()) return std::nullopt;
    port.path = std::string(text.substr(prefix.size()));
    return port;
}

std::string port_name(const PortSettings& port) {
    switch (port.kind) {
        case PortKind::serial: return "serial:" + port.path;
        case PortKind::pty: return "pty:" + port.path;
        case PortKind::tcp: break;
    }
    return "tcp://" + port.path + ":" + port.tcp_port;
}

void set_line(::termios& line, const PortSettings& port) {
    ::cfmakeraw(&line);
    const auto speed = std::ranges::find(speeds, port.baud, &Speed::baud);
    if (speed != speeds.end()) ::cfsetspeed(&line, speed->code);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARODD);
    if (port.format == LineFormat::seven_even_one) {
        line.c_cflag = (line.c_cflag & ~static_cast<tcflag_t>(CSIZE)) | CS7 | PARENB;
    }
}

bool set_speed(int fd, int baud) {
    termios line{};
    const auto speed = std::ranges::find(speeds, baud, &Speed::baud);
    if (speed == speeds.end() || ::tcgetattr(fd, &line) != 0 || ::cfsetspeed(&line, speed->code) != 0) return false;
    return ::tcsetattr(fd, TCSANOW, &line) == 0;
}

int open_device(const PortSettings& port) {
    return port.kind == PortKind::serial ? open_serial(port) : open_pty(port);
}

}  // namespace baytime::signs
