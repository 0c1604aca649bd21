// An open port: bytes out at the line's pace, bytes in as they come. Includes Asio, so only the line may include it.
#pragma once

#include "display-drivers/signs/port.hpp"
#include "display-drivers/signs/sign_link.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace baytime::signs {

/// Owned by a SharedLine, which outlives every coroutine below.
class LineWire {
public:
    using Clock = std::chrono::steady_clock;

    LineWire(boost::asio::io_context& io, PortSettings port, LinkTiming timing);

    /// Throws PortError.
    boost::asio::awaitable<void> open();
    bool is_open() const { return stream_ != nullptr; }
    void close();
    /// At the port's speed, unless another one was set.
    int speed() const { return speed_; }
    bool set_speed(int baud);
    const PortSettings& port() const { return port_; }

    /// Returns when the line has had time for the bytes; what is wrong, or nothing.
    boost::asio::awaitable<std::string> write(Bytes bytes);
    /// Until the deadline, or until something has happened: bytes came, or wake() was called.
    boost::asio::awaitable<void> wait_until(Clock::time_point deadline);
    void wake() { timer_.cancel(); }
    Clock::time_point in(Clock::duration time) const;

    using Stream = std::shared_ptr<boost::asio::posix::stream_descriptor>;
    const Stream& stream() const { return stream_; }

private:
    boost::asio::awaitable<int> connect();

    boost::asio::io_context& io_;
    PortSettings port_;
    LinkTiming timing_;
    boost::asio::steady_timer timer_;
    Stream stream_;
    int speed_ = 0;
};

}  // namespace baytime::signs
