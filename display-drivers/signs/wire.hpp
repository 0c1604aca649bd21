// A port used directly, one program with one sign, for bring-up: blocking calls with deadlines. The daemon's signs have
// sign_link.hpp instead.
#pragma once

#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/port.hpp"

#include <optional>
#include <string>
#include <vector>

namespace baytime::signs {

class Wire {
public:
    /// Opens the port, or connects within five seconds. Throws PortError.
    explicit Wire(const PortSettings& port);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// Until all is written and the line has carried it. Throws PortError when it does not go.
    void write(const Bytes& bytes);
    /// What has come until `until`, or sooner as soon as something has. Throws PortError when the port is gone.
    Bytes read(Moment until);

private:
    PortSettings port_;
    int fd_ = -1;
};

/// A serial port of this computer.
struct SerialPort {
    std::string device{};       ///< `/dev/ttyUSB0`
    std::string by_id{};        ///< `/dev/serial/by-id/...`, the name to configure; empty when there is none
    std::string description{};  ///< as the system describes it
    std::string maker{}, product{}, serial{};
    std::optional<int> usb_maker{}, usb_product{};  ///< USB ids
};

/// Sorted by device.
std::vector<SerialPort> serial_ports();

}  // namespace baytime::signs
