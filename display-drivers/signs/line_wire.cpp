#include "display-drivers/signs/line_wire.hpp"

#include <boost/asio.hpp>

#include <csignal>

namespace baytime::signs {

namespace asio = boost::asio;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t bits_per_byte = 10;  ///< start and stop bit included

}  // namespace

LineWire::LineWire(asio::io_context& io, PortSettings port, LinkTiming timing)
    : io_(io), port_(std::move(port)), timing_(timing), timer_(io) {}

LineWire::Clock::time_point LineWire::in(Clock::duration time) const {
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(time * timing_.scale);
}

asio::awaitable<void> LineWire::open() {
    int fd = -1;
    if (port_.kind == PortKind::tcp) {
        fd = co_await connect();
    } else {
        fd = open_device(port_);
    }
    stream_ = std::make_shared<asio::posix::stream_descriptor>(io_, fd);
    speed_ = port_.baud;
}

asio::awaitable<int> LineWire::connect() {
    using asio::ip::tcp;
    // Writing to a connection the other side has closed must be an error, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    const PortSettings port = port_;
    const auto resolver = std::make_shared<tcp::resolver>(io_);
    const auto socket = std::make_shared<tcp::socket>(io_);
    asio::steady_timer limit(io_, in(timing_.connect));
    const auto give_up = [resolver, socket](boost::system::error_code cancelled) {
        if (cancelled) return;
        resolver->cancel();
        boost::system::error_code ignored;
        socket->close(ignored);
    };
    limit.async_wait(give_up);
    const auto [unknown, places] = co_await resolver->async_resolve(port.path, port.tcp_port, quiet);
    if (unknown) throw PortError("missing", port_name(port) + " is not known: " + unknown.message());
    const auto [failed, place] = co_await asio::async_connect(*socket, places, quiet);
    if (failed) throw PortError("missing", port_name(port) + " does not answer: " + failed.message());
    boost::system::error_code ignored;
    socket->set_option(tcp::no_delay(true), ignored);
    socket->set_option(asio::socket_base::keep_alive(true), ignored);
    co_return socket->release();
}

void LineWire::close() {
    if (!stream_) return;
    boost::system::error_code ignored;
    stream_->close(ignored);
    stream_.reset();
}

bool LineWire::set_speed(int baud) {
    if (!stream_ || port_.kind == PortKind::tcp || !signs::set_speed(stream_->native_handle(), baud)) return false;
    speed_ = baud;
    return true;
}

asio::awaitable<std::string> LineWire::write(Bytes bytes) {
    const auto stream = stream_;
    asio::steady_timer limit(io_, in(timing_.write));
    const auto give_up = [stream](boost::system::error_code cancelled) {
        boost::system::error_code ignored;
        if (!cancelled) stream->cancel(ignored);
    };
    limit.async_wait(give_up);
    const auto [failed, count] = co_await asio::async_write(*stream, asio::buffer(bytes), quiet);
    limit.cancel();
    if (failed) co_return "writing failed: " + failed.message();
    const auto baud = static_cast<std::size_t>(speed_);
    const auto deadline = in(std::chrono::microseconds(count * bits_per_byte * 1'000'000 / baud));
    while (stream_ == stream && Clock::now() < deadline) co_await wait_until(deadline);
    co_return std::string();
}

asio::awaitable<void> LineWire::wait_until(Clock::time_point deadline) {
    timer_.expires_at(deadline);
    co_await timer_.async_wait(quiet);
}

}  // namespace baytime::signs
