#include "display-drivers/signs/wire.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace baytime::signs {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto longest_connect = 5s, longest_write = 10s;

int left_until(Moment until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

/// Nothing when this address does not answer.
std::optional<int> connect_to(const addrinfo& place) {
    const int fd = ::socket(place.ai_family, place.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, place.ai_protocol);
    if (fd < 0) return std::nullopt;
    int failed = ::connect(fd, place.ai_addr, place.ai_addrlen) == 0 ? 0 : errno;
    if (failed == EINPROGRESS) {
        pollfd end{fd, POLLOUT, 0};
        socklen_t size = sizeof failed;
        const bool ready = ::poll(&end, 1, left_until(Clock::now() + longest_connect)) == 1;
        if (!ready || ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size) != 0) failed = ETIMEDOUT;
    }
    if (failed == 0) return fd;
    ::close(fd);
    errno = failed;
    return std::nullopt;
}

int open_tcp(const PortSettings& port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(port.path.c_str(), port.tcp_port.c_str(), &wanted, &found); error != 0) {
        throw PortError("missing", port_name(port) + " is not known: " + ::gai_strerror(error));
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> places(found, ::freeaddrinfo);
    for (const addrinfo* place = found; place != nullptr; place = place->ai_next) {
        const auto fd = connect_to(*place);
        if (!fd) continue;
        const int yes = 1;
        ::setsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        return *fd;
    }
    throw PortError("missing", port_name(port) + " does not answer: " + std::strerror(errno));
}

}  // namespace

Wire::Wire(const PortSettings& port)
    : port_(port), fd_(port.kind == PortKind::tcp ? open_tcp(port) : open_device(port)) {}

Wire::~Wire() {
    ::close(fd_);
}

void Wire::write(const Bytes& bytes) {
    const auto deadline = Clock::now() + longest_write;
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::send(fd_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        const auto sent =
            count < 0 && errno == ENOTSOCK ? ::write(fd_, bytes.data() + done, bytes.size() - done) : count;
        if (sent > 0) {
            done += static_cast<std::size_t>(sent);
            continue;
        }
        const int error = errno;
        if (sent < 0 && error != EAGAIN && error != EINTR) {
            throw PortError("write", port_name(port_) + " does not take bytes: " + std::strerror(error));
        }
        pollfd end{fd_, POLLOUT, 0};
        if (Clock::now() >= deadline) throw PortError("write", port_name(port_) + " takes no more bytes");
        ::poll(&end, 1, left_until(deadline));
    }
    if (port_.kind == PortKind::serial) ::tcdrain(fd_);
}

Bytes Wire::read(Moment until) {
    std::array<std::uint8_t, 512> chunk{};
    while (true) {
        pollfd end{fd_, POLLIN, 0};
        const int ready = ::poll(&end, 1, left_until(until));
        if (ready > 0) {
            const auto count = ::read(fd_, chunk.data(), chunk.size());
            if (count > 0) return {chunk.begin(), chunk.begin() + count};
            if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
                throw PortError("lost", port_name(port_) + " was unplugged or closed");
            }
        }
        if (Clock::now() >= until) return {};
    }
}

}  // namespace baytime::signs
