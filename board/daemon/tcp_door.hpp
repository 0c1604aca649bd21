// The TCP door: accepts connections and carries bytes between sockets and conversations. Knows no verbs.
#pragma once

#include "board/daemon/house.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

inline constexpr std::size_t max_connections = 1024;

class TcpDoor {
public:
    /// Listens at once. Throws std::runtime_error with a sentence when the address cannot be had.
    TcpDoor(boost::asio::io_context& io, House& house, const std::string& address, std::uint16_t port);
    ~TcpDoor();
    TcpDoor(const TcpDoor&) = delete;
    TcpDoor& operator=(const TcpDoor&) = delete;

    /// `127.0.0.1:7420`, with the port really used.
    std::string listening_on() const;
    std::size_t connections() const;
    std::uint64_t refused() const;
    /// The ids of the devices that are connected now.
    std::set<std::string> devices() const;
    /// When the last connection of this device ended; nothing when none has since the start.
    std::optional<Steady::time_point> left_at(const std::string& device) const;
    /// Output that waits to be read, over all connections, in bytes.
    std::size_t output_unread() const;
    /// After a reload: ends the conversations of devices that are no longer configured.
    void dismiss_unwelcome();
    /// Accepts nothing more, writes what waits, closes every connection, then calls `done` once.
    void close(std::function<void()> done);

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace baytime::daemon
