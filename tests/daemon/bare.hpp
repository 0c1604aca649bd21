// Connections of an attacker, many of them.
#pragma once

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace baytime::support {

/// A socket of an attacker: connects without waiting, from any address of this computer.
class Bare {
public:
    explicit Bare(const std::string& port, const char* from = nullptr)
        : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        REQUIRE(descriptor_ >= 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        if (from != nullptr) {
            ::inet_pton(AF_INET, from, &place.sin_addr);
            REQUIRE(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
        }
        const int at_once = 1;  // what is sent goes out by itself, not with the next piece
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        place.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        static_cast<void>(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&place), sizeof place));
    }
    ~Bare() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Bare(Bare&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
            REQUIRE(::poll(&ready, 1, 30'000) == 1);
            const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;  // the daemon has hung up
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    /// The first line, or whatever came before the end.
    std::string line() const { return read(true); }
    std::string rest() const { return read(false); }

private:
    std::string read(bool one_line) const {
        std::string all;
        for (char one = 0;;) {
            pollfd ready{.fd = descriptor_, .events = POLLIN, .revents = 0};
            if (::poll(&ready, 1, 60'000) != 1) return all + "(nothing more)";
            if (::recv(descriptor_, &one, 1, 0) != 1) return all;
            if (one == '\n' && one_line) return all;
            all += one;
        }
    }
    int descriptor_;
};

/// So many descriptors for this test, or as many as the machine allows.
inline std::size_t descriptors(rlim_t wanted) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, wanted));
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

}  // namespace baytime::support
