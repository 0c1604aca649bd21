// The client's end over POSIX sockets: name lookup, non-blocking connect with a deadline, and a line buffer.
#include "board/client/client.hpp"

#include "board/client/known_hosts.hpp"
#include "board/client/tls.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace baytime::client {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t read_bytes = 64 * 1024;
/// A peer that takes nothing for this long while we send is gone.
constexpr milliseconds send_deadline{10'000};
/// A server that has not greeted us by then is given blank lines. They mean nothing to one that is only slow; the door
/// for TLS, which waits for its client to begin, answers them.
constexpr milliseconds greeting_expected{1000};
constexpr std::string_view blank_lines = "\n\n\n\n\n\n\n\n";

std::string reason(int error) {
    return std::strerror(error);  // NOLINT: one thread
}

/// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_ = -1;
};

/// What remains, and never more than an hour, which is what poll() gets at once.
milliseconds left(Clock::time_point until) {
    constexpr milliseconds longest = std::chrono::hours(1);
    return std::clamp(std::chrono::ceil<milliseconds>(until - Clock::now()), milliseconds(0), longest);
}

/// True when the event came before the deadline.
bool wait_for(int descriptor, short events, Clock::time_point until) {
    for (;;) {
        pollfd asked{.fd = descriptor, .events = events, .revents = 0};
        const int count = ::poll(&asked, 1, static_cast<int>(left(until).count()));
        if (count > 0) return true;
        if (count == 0 && Clock::now() < until) continue;
        if (count == 0) return false;
        if (errno != EINTR) throw std::runtime_error("waiting for the connection failed: " + reason(errno));
    }
}

/// An open socket, or the error number.
std::pair<Descriptor, int> open_one(const addrinfo& address, Clock::time_point until) {
    Descriptor socket(
        ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
    if (socket.number() < 0) return {std::move(socket), errno};
    const int yes = 1;
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket.number(), address.ai_addr, address.ai_addrlen) == 0) return {std::move(socket), 0};
    if (errno != EINPROGRESS) return {std::move(socket), errno};
    if (!wait_for(socket.number(), POLLOUT, until)) return {std::move(socket), ETIMEDOUT};
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
    return {std::move(socket), error};
}

Descriptor open_any(const std::string& host, const std::string& port, Clock::time_point until) {
    const std::string where = host + " port " + port;
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int failed = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); failed != 0) {
        throw std::runtime_error("cannot find " + where + ": " + ::gai_strerror(failed));
    }
    int error = 0;
    Descriptor socket(-1);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        std::tie(socket, error) = open_one(*one, until);
        if (error == 0) break;
    }
    ::freeaddrinfo(found);
    if (error != 0) throw std::runtime_error("cannot reach " + where + ": " + reason(error));
    return socket;
}

}  // namespace

struct Client::State {
    Descriptor socket;
    std::unique_ptr<Tls> tls;  ///< null: plain text
    std::string new_fingerprint;
    std::string greeting;
    std::string buffer;
    std::size_t start = 0;    ///< of the first line not yet taken
    std::size_t scanned = 0;  ///< no newline before this
    bool ended = false;       ///< the peer has closed; what is in the buffer may still be taken
    std::string ended_why;

    explicit State(Descriptor opened) : socket(std::move(opened)) {}

    std::optional<std::string> buffered_line() {
        const std::size_t newline = buffer.find('\n', scanned);
        if (newline == std::string::npos) {
            scanned = buffer.size();
            if (buffer.size() - start > max_line_bytes) {
                throw std::runtime_error("the server sent a line longer than " + std::to_string(max_line_bytes) +
                                         " bytes");
            }
            return std::nullopt;
        }
        std::string line = buffer.substr(start, newline - start);
        start = scanned = newline + 1;
        if (line.ends_with('\r')) line.pop_back();
        return line;
    }

    /// Reads once what is there, without waiting; false when nothing is.
    bool read_some() {
        if (ended) return false;
        buffer.erase(0, start);
        scanned -= start;
        start = 0;
        const std::size_t before = buffer.size();
        buffer.resize(before + read_bytes);
        const ssize_t count = tls ? tls->read(buffer.data() + before, read_bytes)
                                  : ::recv(socket.number(), buffer.data() + before, read_bytes, 0);
        const int error = errno;
        buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(0, count)));
        if (count > 0) return true;
        if (count < 0 && (error == EAGAIN || error == EWOULDBLOCK || error == EINTR)) return false;
        ended = true;
        ended_why = count == 0 ? "the server closed the connection" : "the connection broke: " + reason(error);
        return false;
    }
};

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

namespace {

/// Shakes hands. Throws Refusal or std::runtime_error.
std::unique_ptr<Tls> encrypt(int descriptor, const std::string& where, Clock::time_point until) {
    auto tls = std::make_unique<Tls>(descriptor, where);
    for (;;) {
        const auto wants = tls->shake_hands();
        if (wants == Tls::Wants::nothing) return tls;
        const auto event = static_cast<short>(wants == Tls::Wants::to_write ? POLLOUT : POLLIN);
        if (!wait_for(descriptor, event, until)) throw Refusal("no-tls", where + " does not answer with TLS");
    }
}

/// Holds the certificate against what is known. Returns its fingerprint when it was not known before.
std::string check_fingerprint(const std::string& seen, const std::string& where, const Security& security) {
    const auto pinned = plain_fingerprint(security.fingerprint);
    if (!security.fingerprint.empty()) {
        if (pinned != seen) throw fingerprint_changed(where, pinned, seen, "the settings");
        return {};
    }
    return visit(security.known_hosts, where, seen) ? seen : std::string{};
}

}  // namespace

std::string Client::await_greeting(const std::string& where, milliseconds deadline) {
    if (state_->tls) return wait_line(deadline);
    const auto until = Clock::now() + deadline;
    const auto first = std::min(deadline / 2, greeting_expected);
    if (!wait_for(descriptor(), POLLIN, Clock::now() + first)) send(blank_lines);
    if (!wait_for(descriptor(), POLLIN, until))
        throw Refusal("no-greeting", where + " takes connections and says nothing; is it a Baytime server?");
    return wait_line(left(until));
}

Client Client::connect(const std::string& host, const std::string& port, milliseconds deadline,
                       const Security& security) {
    const auto until = Clock::now() + deadline;
    Client client(std::make_unique<State>(open_any(host, port, until)));
    const auto where = host_name(host, port);
    if (security.tls) {
        client.state_->tls = encrypt(client.descriptor(), where, until);
        client.state_->new_fingerprint = check_fingerprint(client.state_->tls->fingerprint(), where, security);
    }
    client.state_->greeting = client.await_greeting(where, left(until));
    if (!client.state_->greeting.starts_with("BAYTIME ")) throw refusal_of(client.state_->greeting, where);
    return client;
}

const std::string& Client::greeting() const {
    return state_->greeting;
}

const std::string& Client::new_fingerprint() const {
    return state_->new_fingerprint;
}

int Client::descriptor() const {
    return state_->socket.number();
}

void Client::send(std::string_view line) {
    const std::string whole = std::string(line) + "\n";
    std::string_view rest = whole;
    const auto until = Clock::now() + send_deadline;
    while (!rest.empty()) {
        const ssize_t count =
            state_->tls ? state_->tls->write(rest) : ::send(descriptor(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count > 0) {
            rest.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            // Answers are taken in meanwhile, so that two full directions never wait for each other.
            if (!wait_for(descriptor(), POLLIN | POLLOUT, until)) {
                throw std::runtime_error("the server takes nothing any more");
            }
            state_->read_some();
            if (state_->ended) throw std::runtime_error(state_->ended_why);
        } else if (errno != EINTR) {
            throw std::runtime_error("the connection broke: " + reason(errno));
        }
    }
}

std::optional<std::string> Client::take_line() {
    for (;;) {
        if (auto line = state_->buffered_line()) return line;
        if (state_->read_some()) continue;
        if (state_->ended) throw std::runtime_error(state_->ended_why);
        return std::nullopt;
    }
}

std::string Client::wait_line(milliseconds deadline) {
    const auto until = Clock::now() + deadline;
    for (;;) {
        if (auto line = take_line()) return *std::move(line);
        if (!wait_for(descriptor(), POLLIN, until)) {
            throw std::runtime_error("no answer within " + std::to_string(deadline.count()) + " ms");
        }
    }
}

}  // namespace baytime::client
