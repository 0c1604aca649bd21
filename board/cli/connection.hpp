// One conversation with the daemon as JSON-RPC: calls with their answers, and the pushes that come between them.
#pragma once

#include "board/cli/settings.hpp"
#include "board/cli/trouble.hpp"
#include "board/client/client.hpp"
#include "protocol/json.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace baytime::cli {

namespace json = protocol::json;

inline constexpr std::chrono::milliseconds connect_deadline{5000};
inline constexpr std::chrono::milliseconds answer_deadline{15000};
inline constexpr std::chrono::seconds silence_limit{40};  ///< a daemon pings every 15 s; silent for this long: dead
inline constexpr std::chrono::milliseconds first_pause{250};
inline constexpr std::chrono::milliseconds longest_pause{10000};

/// Waits that grow from `first_pause` to `longest_pause`, for reconnecting.
class BackOff {
public:
    std::chrono::milliseconds next();
    void reset() { pause_ = first_pause; }

private:
    std::chrono::milliseconds pause_ = first_pause;
};

/// Connects, and tells on standard error when the server is visited for the first time. Throws Trouble: refused when
/// the server is not the one it should be, else no_connection.
client::Client reach(const Settings& settings);

class Connection {
public:
    /// Connects and shows the token or device. Throws Trouble: no_connection, or refused when the token is.
    static Connection open(const Settings& settings);

    /// The result object of one call. Throws Trouble: refused or usage when the daemon says no, no_connection when it
    /// is gone. Pushes that come first are kept for take_push().
    json::object call(std::string_view method, const json::object& parameters,
                      std::chrono::milliseconds deadline = answer_deadline);
    /// The next push already here ({"method", "params"}), or nothing. Throws Trouble{no_connection}.
    std::optional<json::object> take_push();
    int descriptor() const { return client_.descriptor(); }
    /// When the daemon was last heard of.
    std::chrono::steady_clock::time_point heard() const { return heard_; }

private:
    explicit Connection(client::Client client) : client_(std::move(client)) {}
    json::object read_message(std::string_view line);

    client::Client client_;
    std::deque<json::object> pushes_;
    std::int64_t last_id_ = 0;
    std::chrono::steady_clock::time_point heard_ = std::chrono::steady_clock::now();
};

/// One call of its own connection. An acting call gets a key when it has none and is tried again when the connection
/// breaks before the answer: the key makes sure that it happens once.
json::object call_once(const Settings& settings, std::string_view method, json::object parameters, bool acts);

/// A key nobody else makes.
std::string fresh_key();

}  // namespace baytime::cli
