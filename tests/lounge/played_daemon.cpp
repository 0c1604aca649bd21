#include "tests/lounge/played_daemon.hpp"

#include "protocol/replies.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace baytime::lounge::support {

namespace {

constexpr int patience_ms = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();

}  // namespace

PlayedDaemon::PlayedDaemon() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(listener_, 4) == 0);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = std::to_string(ntohs(address.sin_port));
}

PlayedDaemon::~PlayedDaemon() {
    hang_up();
    close(listener_);
}

std::string PlayedDaemon::greet() {
    std::string first;
    while (first.empty()) {
        hang_up();
        pollfd ready{listener_, POLLIN, 0};
        REQUIRE(poll(&ready, 1, patience_ms) == 1);
        peer_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const std::string greeting = protocol::greeting("baytimed/test", "城西服务站", 1);
        send(peer_, greeting.data(), greeting.size(), MSG_NOSIGNAL);  // the program may have given up waiting
        first = line();
    }
    return first;
}

void PlayedDaemon::hang_up() {
    if (peer_ >= 0) close(peer_);
    peer_ = -1;
}

void PlayedDaemon::say(const std::string& text) {
    REQUIRE(send(peer_, text.data(), text.size(), MSG_NOSIGNAL) > 0);
}

void PlayedDaemon::push(const std::string& kind, std::uint64_t seq, const boost::json::value& data) {
    const boost::json::object clock{{"now", "2026-11-21T01:42:00Z"}, {"speed", 0.001}, {"offset_minutes", 480}};
    say(protocol::json_push({.view = "lounge", .kind = kind, .seq = seq, .clock = clock, .data = data}));
}

std::string PlayedDaemon::line() {
    std::string text;
    char letter = 0;
    pollfd ready{peer_, POLLIN, 0};
    while (poll(&ready, 1, patience_ms) == 1 && recv(peer_, &letter, 1, 0) == 1 && letter != '\n') text += letter;
    return text;
}

bool eventually(const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        if (is_so()) return true;
        poll(nullptr, 0, 10);
    }
    return is_so();
}

}  // namespace baytime::lounge::support
