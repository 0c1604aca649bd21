// The TCP door: accepts connections, plain or encrypted, and carries bytes between sockets and conversations. Knows no
// verbs.
#pragma once

#include "board/daemon/door_places.hpp"
#include "board/daemon/house.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace baytime::daemon {

/// `health` tells for so long that somebody found no place.
inline constexpr std::chrono::minutes shortage_told{10};

/// Where to listen. `tls`: null for plain text.
struct DoorPlace {
    std::string address;
    std::uint16_t port = 0;
    std::shared_ptr<boost::asio::ssl::context> tls;
};

class TcpDoor {
public:
    /// Listens at once. Throws std::runtime_error with a sentence when an address cannot be had.
    TcpDoor(boost::asio::io_context& io, House& house, const std::vector<DoorPlace>& places);
    ~TcpDoor();
    TcpDoor(const TcpDoor&) = delete;
    TcpDoor& operator=(const TcpDoor&) = delete;

    /// `127.0.0.1:7420`, with the port really used, of each place.
    std::vector<std::string> listening_on() const;
    std::size_t connections() const;
    std::uint64_t refused() const;
    /// The newest, when somebody found no place within the last minutes.
    std::optional<Shortage> shortage() const;
    /// The ids of the devices that are connected now.
    std::set<std::string> devices() const;
    /// When the last connection of this device ended; nothing when none has since the start.
    std::optional<Steady::time_point> left_at(const std::string& device) const;
    /// Ends the conversations of devices that are no longer configured, or whose token was revoked.
    void dismiss_unwelcome();
    /// Accepts nothing more, writes what waits, closes every connection, then calls `done` once.
    void close(std::function<void()> done);

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace baytime::daemon
