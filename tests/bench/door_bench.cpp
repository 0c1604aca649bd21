// The door: questions that need no disk from 50 and 1,000 connections, and 10,000 connections at once, beside the least
// a server of lines can do.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/plain_server.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <vector>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 5, rushes = 3, in_rush = 10'000;
constexpr std::chrono::milliseconds load_time{700};

double rate_of(std::uint16_t port, int clients) {
    const auto result =
        run({.port = port, .clients = clients, .time = load_time, .greets = true, .request = [](int, int) {
                 return std::string("ping\n");
             }});
    if (result.refused > 0) throw std::runtime_error("a ping was refused");
    return result.rate();
}

void measure_questions(std::uint16_t ours, std::uint16_t plain) {
    for (const auto& [clients, goal] : {std::pair(50, 0.85), std::pair(1000, 0.70)}) {
        Row row{.name = "ping, " + std::to_string(clients) + " connections",
                .unit = "/s",
                .reference = "plain epoll, one answer to every line",
                .goal = {.limit = goal, .side = Goal::Side::at_least}};
        for (int round = 0; round < rounds; ++round) {
            row.ours.push_back(rate_of(ours, clients));
            row.theirs.push_back(rate_of(plain, clients));
        }
        print(row);
    }
}

/// Connects, waits for nothing, and leaves no trace in the kernel's list of old connections.
int begin_connecting(const sockaddr_in& place) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) throw std::runtime_error("this machine allows too few file descriptors");
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0 && errno != EINPROGRESS)
        throw std::runtime_error("cannot connect");
    return socket;
}

/// Milliseconds until each of so many that come at once has heard a line: a greeting, or why not.
double rush(std::uint16_t port) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<int> sockets;
    const auto begin = Clock::now();
    for (int i = 0; i < in_rush; ++i) {
        sockets.push_back(begin_connecting(place));
        epoll_event event{.events = EPOLLIN | EPOLLONESHOT, .data = {.fd = sockets.back()}};
        ::epoll_ctl(poll, EPOLL_CTL_ADD, sockets.back(), &event);
    }
    std::array<epoll_event, 512> events{};
    for (int heard = 0; heard < in_rush;) {
        const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 60'000);
        if (count <= 0) throw std::runtime_error("some of the rush were never answered");
        for (int i = 0; i < count; ++i) {
            std::array<char, 512> line{};
            if (::recv(events[static_cast<std::size_t>(i)].data.fd, line.data(), line.size(), 0) <= 0)
                throw std::runtime_error("one of the rush was dropped without a word");
        }
        heard += count;
    }
    const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    for (const int socket : sockets) ::close(socket);
    ::close(poll);
    return took;
}

void measure_rush(std::uint16_t ours, std::uint16_t plain) {
    Row row{.name = "10,000 connections at once: until the last is answered",
            .unit = "ms",
            .reference = "plain epoll that takes all",
            .goal = {.limit = 2}};
    for (int round = 0; round < rushes; ++round) {
        row.ours.push_back(rush(ours));
        row.theirs.push_back(rush(plain));
    }
    print(row);
}

}  // namespace

int main() {
    try {
        raise_descriptor_limit();
        const PlainServer plain;
        const support::TempDir directory;
        const support::DaemonProcess daemon(write_house((directory.path() / "ours").string(), {}));
        const auto port = static_cast<std::uint16_t>(std::stoi(daemon.port()));
        print_head();
        measure_questions(port, plain.port());
        measure_rush(port, plain.port());
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "door: %s\n", failure.what());
        return 1;
    }
}
