// The client against a real socket on loopback, with a server the test plays by hand.
#include "board/client/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <stdexcept>
#include <thread>

using baytime::client::Client;
using namespace std::chrono_literals;

namespace {

/// Longer than any machine needs; no test waits for it.
constexpr auto patience = 20s;

/// A listening socket on a free port, and one accepted connection.
class Server {
public:
    Server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(listener_, 4) == 0);
        socklen_t size = sizeof address;
        REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
    }
    ~Server() {
        hang_up();
        ::close(listener_);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string port() const { return std::to_string(port_); }

    /// Connects a client; the greeting is sent before it asks.
    Client meet(const std::string& greeting) {
        std::thread door([this, &greeting] {
            accepted_ = ::accept(listener_, nullptr, nullptr);
            say(greeting);
        });
        try {
            Client client = Client::connect("127.0.0.1", port(), patience);
            door.join();
            return client;
        } catch (...) {
            door.join();
            throw;
        }
    }
    void say(const std::string& bytes) {
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const ssize_t count = ::send(accepted_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) return;
            sent += static_cast<std::size_t>(count);
        }
    }
    std::string hear(std::size_t bytes) {
        std::string out(bytes, '\0');
        std::size_t got = 0;
        while (got < bytes) {
            const ssize_t count = ::recv(accepted_, out.data() + got, bytes - got, 0);
            if (count <= 0) break;
            got += static_cast<std::size_t>(count);
        }
        out.resize(got);
        return out;
    }
    void hang_up() {
        if (accepted_ >= 0) ::close(accepted_);
        accepted_ = -1;
    }

private:
    int listener_ = -1;
    int accepted_ = -1;
    std::uint16_t port_ = 0;
};

const std::string greeting = "BAYTIME 1 product=test/1 shop=\"城西\" seq=0\n";

void wait_readable(const Client& client) {
    pollfd asked{.fd = client.descriptor(), .events = POLLIN, .revents = 0};
    REQUIRE(::poll(&asked, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) == 1);
}

}  // namespace

TEST_CASE("the client reads the greeting and talks in lines", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    CHECK(client.greeting() == "BAYTIME 1 product=test/1 shop=\"城西\" seq=0");
    client.send("ping");
    CHECK(server.hear(5) == "ping\n");
    server.say("OK seq=0\r\n- a=1\nOK");
    CHECK(client.wait_line(patience) == "OK seq=0");
    CHECK(client.wait_line(patience) == "- a=1");
    server.say(" done\n");
    CHECK(client.wait_line(patience) == "OK done");
}

TEST_CASE("lines that are there are taken without waiting", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    CHECK_FALSE(client.take_line());
    server.say("one\ntwo\nthr");
    wait_readable(client);
    CHECK(client.take_line() == "one");
    CHECK(client.take_line() == "two");
    CHECK_FALSE(client.take_line());
    server.say("ee\n");
    wait_readable(client);
    CHECK(client.take_line() == "three");
}

TEST_CASE("a long snapshot comes whole, and lines cross in both directions", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    const std::string snapshot(3 * 1024 * 1024, 'x');
    std::thread peer([&] {
        server.say(snapshot + "\n");
        CHECK(server.hear(snapshot.size() + 1) == snapshot + "\n");
    });
    client.send(snapshot);
    CHECK(client.wait_line(patience) == snapshot);
    peer.join();
}

TEST_CASE("what was said before the peer left can still be read, then it is gone", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    server.say("last words\nhalf a li");
    server.hang_up();
    CHECK(client.wait_line(patience) == "last words");
    CHECK_THROWS_WITH(client.wait_line(patience), Catch::Contains("closed the connection"));
    CHECK_THROWS_AS(client.take_line(), std::runtime_error);
}

TEST_CASE("sending to a peer that has left fails", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    server.hang_up();
    const auto talk_on = [&client] {
        for (int i = 0; i < 100'000; ++i) client.send("ping");
    };
    CHECK_THROWS_AS(talk_on(), std::runtime_error);
}

TEST_CASE("a deadline that passes is an error in plain words", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    CHECK_THROWS_WITH(client.wait_line(1ms), Catch::Contains("no answer within 1 ms"));
    server.say("late\n");
    CHECK(client.wait_line(patience) == "late");
}

TEST_CASE("a line without end is given up", "[client]") {
    Server server;
    Client client = server.meet(greeting);
    std::thread peer([&] { server.say(std::string(baytime::client::max_line_bytes + 200'000, 'x')); });
    CHECK_THROWS_WITH(client.wait_line(patience), Catch::Contains("longer than"));
    { const Client gone = std::move(client); }
    peer.join();
}

TEST_CASE("who does not answer as Baytime is no server of ours", "[client]") {
    Server server;
    CHECK_THROWS_WITH(server.meet("SSH-2.0-OpenSSH_9.2\n"), Catch::Contains("does not answer as a Baytime server"));
}

TEST_CASE("a refusal in place of the greeting is shown with its token", "[client]") {
    struct Case {
        std::string line, token, sentence;
    };
    const auto c = GENERATE(values<Case>({
        {"ERR too-many-connections close one\n", "too-many-connections", "refuses: close one"},
        {"ERR no-tokens \x1b[2J\n", "no-tokens", "refuses: ?[2J"},
        {"ERR \x1b[2J close one\n", "not-baytime", "does not answer as a Baytime server"},
        {"ERR\n", "not-baytime", "does not answer as a Baytime server"},
        {"ERR no-tokens\n", "no-tokens", "refuses: "},
    }));
    CAPTURE(c.line);
    Server server;
    try {
        server.meet(c.line);
        FAIL("was let in");
    } catch (const baytime::client::Refusal& refusal) {
        CHECK(refusal.token == c.token);
        CHECK_THAT(refusal.what(), Catch::Contains(c.sentence));
    }
}

TEST_CASE("a server that takes connections and says nothing is named so", "[client]") {
    Server server;
    CHECK_THROWS_WITH(Client::connect("127.0.0.1", server.port(), 20ms),
                      Catch::Contains("takes connections and says nothing"));
}

TEST_CASE("a port where nobody listens, and a name nobody has, are errors in plain words", "[client]") {
    std::string port;
    {
        Server server;
        port = server.port();
    }
    CHECK_THROWS_WITH(Client::connect("127.0.0.1", port, patience), Catch::Contains("cannot reach 127.0.0.1 port"));
    CHECK_THROWS_WITH(Client::connect("no-such-host.invalid", "1", patience), Catch::Contains("cannot find"));
}
