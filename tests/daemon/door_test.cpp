// The TCP door of a real daemon: limits, half-closed connections, group commit.
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

using namespace baytime;
using namespace baytime::support;

namespace {

/// A bare socket: no greeting is expected, and its ends can be closed one by one.
class Socket {
public:
    explicit Socket(const std::string& port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
    }
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(const std::string& text) const {
        REQUIRE(::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
    }
    void end_sending() const { ::shutdown(descriptor_, SHUT_WR); }
    /// Everything until the peer closes, or until a whole line when `one_line`; fails on the deadline.
    std::string read(bool one_line) const {
        std::string all;
        for (;;) {
            pollfd ready{.fd = descriptor_, .events = POLLIN, .revents = 0};
            REQUIRE(::poll(&ready, 1, 30'000) == 1);
            char chunk[4096];
            const auto count = ::recv(descriptor_, chunk, sizeof chunk, 0);
            if (count <= 0) return all;
            all.append(chunk, static_cast<std::size_t>(count));
            if (one_line && all.ends_with('\n')) return all;
        }
    }

private:
    int descriptor_;
};

std::string member(const std::string& reply, const std::string& name) {
    const auto at = reply.find(" " + name + "=");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 2;
    return reply.substr(from, reply.find(' ', from) - from);
}

/// Greetings of new connections until one is refused; the refusal is the last.
std::vector<Socket> connect_until_refused(const std::string& port, std::size_t most, std::string& refusal) {
    std::vector<Socket> all;
    while (all.size() < most) {
        Socket one(port);
        const auto line = one.read(true);
        if (!line.starts_with("BAYTIME ")) {
            refusal = line;
            break;
        }
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

TEST_CASE("a client that stops sending gets every answer, then the connection is closed", "[door]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    const Socket socket(daemon.port());
    socket.send("receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301\nshow R1\nwatch lounge\nping\n");
    socket.end_sending();
    const auto all = socket.read(false);
    CAPTURE(all);
    CHECK(all.starts_with("BAYTIME 1 "));
    CHECK(all.find("\nOK order=R1 state=waiting") != std::string::npos);
    CHECK(all.find("\nOK order=R1 plate=沪A12345") != std::string::npos);
    CHECK(all.find("\nOK now=") != std::string::npos);
    CHECK(all.find("\n! lounge snapshot") != std::string::npos);
}

TEST_CASE("commands that arrive together are committed together", "[door]") {
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    auto client = daemon.connect();
    REQUIRE(ask(client, "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301").starts_with("OK "));
    const auto before = std::stoi(member(ask(client, "health"), "commits"));
    std::string many;
    for (int i = 0; i < 100; ++i) many += "assign R1 " + std::to_string(1 + i % 2) + " as=201\n";
    client.send(many + "ping");
    for (int i = 0; i < 101; ++i) CHECK(client.wait_line(daemon_deadline).starts_with("OK "));
    const auto health = ask(client, "health");
    CHECK(member(health, "seq") == "101");
    CHECK(std::stoi(member(health, "commits")) - before <= 10);
}

TEST_CASE("one connection more than allowed is refused with a reason, and the others live on", "[door][limit]") {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t wanted = 1200;
    if (limit.rlim_max < wanted) {
        WARN("this machine allows too few file descriptors for this test");
        return;
    }
    limit.rlim_cur = std::max(limit.rlim_cur, wanted);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const TempDir directory;
    DaemonProcess daemon(write_shop(directory.path()));
    std::string refusal;
    auto all = connect_until_refused(daemon.port(), 1100, refusal);
    CHECK(all.size() == 1024);
    CHECK(refusal.starts_with("ERR too-many-connections this daemon serves 1024 connections"));
    all.front().send("ping\n");
    CHECK(all.front().read(true).starts_with("OK "));
    all.pop_back();
    // The daemon notices the free place when it reads the end of that connection; until then it refuses.
    std::string greeting;
    for (int i = 0; i < 1000 && !greeting.starts_with("BAYTIME "); ++i) greeting = Socket(daemon.port()).read(true);
    CHECK(greeting.starts_with("BAYTIME "));
    CHECK(daemon.stop() == 0);
}

TEST_CASE("when file descriptors run out, newcomers are refused and accepting goes on", "[door][limit]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    Process daemon({"/bin/sh", "-c", "ulimit -n 40; exec \"$0\" --config \"$1\"", DaemonProcess::program(), config}, {},
                   config + ".log");
    const auto line = daemon.line(daemon_deadline).value_or("");
    INFO(file_text(config + ".log"));
    REQUIRE(line.starts_with("listening on "));
    const auto port = line.substr(line.rfind(':') + 1);
    std::string refusal;
    auto all = connect_until_refused(port, 60, refusal);
    CHECK(all.size() >= 10);
    CHECK(all.size() < 40);
    CHECK(refusal.starts_with("ERR too-many-connections "));
    const auto served = std::to_string(all.size()) + " connections";
    CHECK_THAT(refusal,
               Catch::Contains("no file descriptor left") && Catch::Contains(served) && Catch::Contains("LimitNOFILE"));
    CHECK_THAT(refusal, !Catch::Contains("1024"));
    CHECK_THAT(Socket(port).read(true), Catch::Contains("no file descriptor left"));  // the next one hears the same
    CHECK_THAT(file_text(directory.path() / "audit.jsonl"), Catch::Contains("\"too-many-connections\""));
    all.front().send("receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=301\n");
    CHECK(all.front().read(true).starts_with("OK order=R1 "));
    all.pop_back();
    std::string greeting;
    for (int i = 0; i < 1000 && !greeting.starts_with("BAYTIME "); ++i) greeting = Socket(port).read(true);
    CHECK(greeting.starts_with("BAYTIME "));
    daemon.signal(SIGTERM);
    CHECK(daemon.wait(daemon_deadline) == 0);
}
