#include "tests/bench/plain_server.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>

namespace baytime::bench {

namespace {

/// As many as the daemon asks for.
constexpr int backlog = 4096;
constexpr std::string_view greeting = "BAYTIME 1 product=plain shop=\"x\" seq=1\n";
/// About as long as the answer to `ping`.
constexpr std::string_view answer = "OK now=2026-11-21T10:30:00Z speed=1 offset_minutes=480 seq=412\n";

void accept_all(int poll, int listening) {
    for (;;) {
        const int socket = ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
        ::epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
        ::send(socket, greeting.data(), greeting.size(), MSG_NOSIGNAL);
    }
}

void answer_lines(int socket) {
    std::array<char, 1024> chunk{};
    const auto count = ::recv(socket, chunk.data(), chunk.size(), 0);
    if (count <= 0) {
        ::close(socket);
        return;
    }
    const auto lines = std::count(chunk.begin(), chunk.begin() + count, '\n');
    for (std::ptrdiff_t i = 0; i < lines; ++i) ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
}

[[noreturn]] void serve(int listening) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {.fd = listening}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, listening, &event);
    std::array<epoll_event, 256> events{};
    for (;;) {
        const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int ready = events[static_cast<std::size_t>(i)].data.fd;
            if (ready == listening) {
                accept_all(poll, listening);
            } else {
                answer_lines(ready);
            }
        }
    }
}

}  // namespace

PlainServer::PlainServer() {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    if (::bind(listening, reinterpret_cast<const sockaddr*>(&place), size) != 0 || ::listen(listening, backlog) != 0)
        throw std::runtime_error("cannot listen on 127.0.0.1");
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
    child_ = ::fork();
    if (child_ == 0) serve(listening);
    ::close(listening);
    if (child_ < 0) throw std::runtime_error("cannot start a process");
}

PlainServer::~PlainServer() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

void raise_descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace baytime::bench
