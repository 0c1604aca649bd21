// The client's end of TLS over a connected, non-blocking socket. Checks no name and no authority: whom it speaks with
// is told by fingerprint().
#pragma once

#include <sys/types.h>
#include <memory>
#include <string>
#include <string_view>

namespace baytime::client {

class Tls {
public:
    /// The socket stays the caller's and outlives it. `where`: the server, for messages. Throws std::runtime_error.
    Tls(int socket, std::string where);
    ~Tls();
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    enum class Wants { nothing, to_read, to_write };
    /// To be called until it wants nothing. Throws Refusal when the peer speaks no TLS.
    Wants shake_hands();
    /// SHA-256 of the peer's certificate, 64 hex digits.
    std::string fingerprint() const;
    /// As recv() and send(): bytes done, 0 at the end, -1 with errno (EAGAIN: nothing now).
    ssize_t read(char* bytes, std::size_t most);
    ssize_t write(std::string_view bytes);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace baytime::client
