// The servers that ours is measured beside, each started for real on a free loopback port with its files in a
// directory of the benchmark, and ended with it. One that is not installed is left out, and the row says so.
#pragma once

#include "tests/support/process.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace baytime::bench {

/// A running peer.
struct Peer {
    std::uint16_t port = 0;
    std::unique_ptr<support::Process> process{};
    /// What a client must say first; empty when nothing.
    std::string greeting{};
};

/// A port of 127.0.0.1 that was free a moment ago.
std::uint16_t free_port();
/// Waits until something listens at the port. False after ten seconds.
bool await_port(std::uint16_t port);

/// Redis with an append-only file and a flush for every command. Nothing when it is not installed or does not start.
std::optional<Peer> start_redis(const std::string& directory);
/// PostgreSQL with its durable defaults and a table `event(id bigserial, body text)`.
std::optional<Peer> start_postgres(const std::string& directory);
/// Mosquitto, open to loopback.
std::optional<Peer> start_mosquitto(const std::string& directory);
/// One connection to PostgreSQL: question, answer, question.
class PostgresSession {
public:
    /// Throws std::runtime_error when it is not let in.
    explicit PostgresSession(const Peer& server);
    ~PostgresSession();
    PostgresSession(const PostgresSession&) = delete;
    PostgresSession& operator=(const PostgresSession&) = delete;
    /// Returns once the answer is complete. Throws std::runtime_error with what the server says against it.
    void ask(const std::string& sql);

private:
    void await_reply();
    int socket_;
    std::string received_;
};
/// One simple query in PostgreSQL's wire format (its manual, "Message Formats", Query).
std::string postgres_query(const std::string& sql);

}  // namespace baytime::bench
