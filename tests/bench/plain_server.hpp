// The least a server of lines can do, in a child process: one epoll loop that greets whoever comes and answers every
// line with the same few bytes. No words, no rights, no clock.
#pragma once

#include <sys/types.h>
#include <cstdint>

namespace baytime::bench {

class PlainServer {
public:
    /// Listens on a free port of 127.0.0.1 when it returns. Throws std::runtime_error.
    PlainServer();
    ~PlainServer();
    PlainServer(const PlainServer&) = delete;
    PlainServer& operator=(const PlainServer&) = delete;
    std::uint16_t port() const { return port_; }

private:
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

/// As many file descriptors for this process and its children as the machine allows.
void raise_descriptor_limit();

}  // namespace baytime::bench
