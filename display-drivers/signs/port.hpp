// The wire to a sign: `serial:/dev/...`, `pty:/path` or `tcp://host:port`. Opens it; reading and writing are the
// link's business.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct termios;

namespace baytime::signs {

enum class PortKind { serial, pty, tcp };
enum class LineFormat { eight_none_one, seven_even_one };

struct PortSettings {
    PortKind kind = PortKind::pty;
    std::string path{};  ///< device or link; for tcp the host
    std::string tcp_port{};
    int baud = 9600;
    bool auto_baud = false;  ///< the speed at which the sign answers is used, whatever `baud` says
    LineFormat format = LineFormat::eight_none_one;
    bool operator==(const PortSettings&) const = default;
};

/// Reads `serial:...`, `pty:...`, `tcp://host:port` into kind, path and tcp_port; nothing when it is none of them.
std::optional<PortSettings> parse_port(std::string_view text);
/// As in the configuration: `serial:/dev/ttyUSB0`.
std::string port_name(const PortSettings& port);

/// what() is a sentence that names the port and what to do about it.
class PortError : public std::runtime_error {
public:
    PortError(std::string error_kind, const std::string& what)
        : std::runtime_error(what), kind(std::move(error_kind)) {}
    std::string kind{};  ///< `missing`, `busy`, `not-allowed`, `settings`, `open`
};

/// Makes these settings raw, with the port's speed and format.
void set_line(::termios& line, const PortSettings& port);

/// A non-blocking file descriptor with line settings made, DTR and RTS low, locked against a second program. The
/// caller closes it. For kinds serial and pty. Throws PortError.
int open_device(const PortSettings& port);
/// Changes the speed of an open serial line or pseudo-terminal. False when the device does not take it.
bool set_speed(int fd, int baud);

}  // namespace baytime::signs
