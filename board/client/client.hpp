// A client's end of the protocol over TCP, for the lounge board, the command line and tools: plain blocking calls with
// deadlines, and the file descriptor to poll() on. Knows lines, not verbs.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::client {

/// Longest line taken from a server, in bytes: a snapshot of a full workshop fits several times.
inline constexpr std::size_t max_line_bytes = 16 * 1024 * 1024;

class Client {
public:
    /// Connects and reads the greeting. Throws std::runtime_error with a plain sentence.
    static Client connect(const std::string& host, const std::string& port, std::chrono::milliseconds deadline);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    const std::string& greeting() const;
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
    std::unique_ptr<State> state_;
};

}  // namespace baytime::client
