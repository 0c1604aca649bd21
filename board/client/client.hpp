// A client's end of the protocol over TCP, for the lounge board, the command line and tools: plain blocking calls with
// deadlines, and the file descriptor to poll() on. Knows lines, not verbs.
#pragma once

#include "board/client/refusal.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace baytime::client {

/// Longest line taken from a server, in bytes: a snapshot of a full workshop fits several times.
inline constexpr std::size_t max_line_bytes = 16 * 1024 * 1024;

/// How the server shows that it is the right one. Plain text is for this computer.
struct Security {
    bool tls = false;
    std::string fingerprint;  ///< SHA-256 of its certificate, 64 hex digits; empty: as `known_hosts` says
    std::string known_hosts;  ///< file of the servers visited before (known_hosts.hpp); may not exist yet
    bool operator==(const Security&) const = default;
};

class Client {
public:
    /// Connects and reads the greeting. Throws Refusal when somebody is there who does not let us in, else
    /// std::runtime_error with a plain sentence.
    static Client connect(const std::string& host, const std::string& port, std::chrono::milliseconds deadline,
                          const Security& security = {});
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    const std::string& greeting() const;
    /// Of the server's certificate, when this was the first visit and it was written down; else empty.
    const std::string& new_fingerprint() const;
    int descriptor() const;  ///< for poll(); call take_line() until it returns nothing before polling
    /// Sends one line (the newline is added). Throws std::runtime_error when the peer is gone.
    void send(std::string_view line);
    /// A line already received, or nothing. Reads what is there without waiting. Throws when the peer is gone.
    std::optional<std::string> take_line();
    /// Waits for the next line. Throws std::runtime_error on the deadline or when the peer is gone.
    std::string wait_line(std::chrono::milliseconds deadline);

private:
    struct State;
    explicit Client(std::unique_ptr<State> state);
    std::string await_greeting(const std::string& where, std::chrono::milliseconds deadline);
    std::unique_ptr<State> state_;
};

}  // namespace baytime::client
