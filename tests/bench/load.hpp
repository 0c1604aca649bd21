// Plays many clients of a request-and-reply server at once, in one thread: each sends its next request when the answer
// to the one before is complete. The same for ours and for every peer, so that the load generator cancels out.
#pragma once

#include <sys/types.h>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::bench {

/// Where the first complete reply in `received` ends, or 0 while there is none.
using ReplyEnd = std::size_t (*)(std::string_view received);

/// One `OK` or `ERR` line of ours; the greeting and pushes before it belong to it.
std::size_t baytime_reply(std::string_view received);
/// One simple or bulk reply of Redis (RESP 2).
std::size_t redis_reply(std::string_view received);
/// Everything up to PostgreSQL's ReadyForQuery.
std::size_t postgres_reply(std::string_view received);

struct Load {
    std::uint16_t port = 0;
    int clients = 1;
    std::chrono::milliseconds time{2000};
    ReplyEnd reply_end = baytime_reply;
    std::string greeting_request{};                ///< sent once; its reply is awaited before the clock starts
    bool greets = false;                           ///< the server speaks first: a line is awaited
    std::function<std::string(int, int)> request;  ///< of client number, n-th request
    pid_t server = 0;                              ///< whose processor time is measured
};

struct LoadResult {
    std::vector<double> latencies_us{};
    double seconds = 0;
    double server_cpu_us = 0;   ///< user and system time of the server meanwhile
    std::uint64_t refused = 0;  ///< replies that said no
    double rate() const { return seconds > 0 ? static_cast<double>(latencies_us.size()) / seconds : 0; }
};

/// Throws std::runtime_error when a client cannot connect or is dropped.
LoadResult run(const Load& load);

/// User and system time of a process so far, in microseconds, with its threads and (for a server that forks) without
/// its children.
double cpu_us(pid_t process);
/// Resident memory in KiB.
double resident_kib(pid_t process);
/// A connected blocking socket on loopback with TCP_NODELAY. Throws std::runtime_error.
int connect_to(std::uint16_t port);

}  // namespace baytime::bench
