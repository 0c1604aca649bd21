// Serves the figures of `health` to Prometheus over HTTP: GET /metrics. No token, so it listens on this computer unless
// the configuration says otherwise, and even then serves no other before a device has a token; nothing personal is in
// the figures.
#pragma once

#include "board/daemon/audit.hpp"
#include "board/daemon/settings.hpp"
#include "protocol/replies.hpp"

#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

inline constexpr std::size_t max_metrics_connections = 16;
inline constexpr std::size_t max_metrics_request_bytes = 8 * 1024;
/// Read and dropped behind an answer, so that it arrives.
inline constexpr std::size_t max_metrics_drained_bytes = 1024 * 1024;
/// From the connection to the end of the request. When all places are taken, a newcomer gets that of the connection
/// that has been silent for longest.
inline constexpr std::chrono::seconds metrics_request_deadline{2};
/// From the request to the last byte of the answer.
inline constexpr std::chrono::seconds metrics_deadline{10};

class MetricsDoor {
public:
    using Health = std::function<protocol::Result()>;
    /// Whether other computers are served now.
    using Opened = std::function<bool()>;
    /// Writes down that a computer was refused.
    using WriteDown = std::function<void(const TurnedAway&)>;
    /// Listens at once. Throws std::runtime_error with a sentence when the address cannot be had.
    MetricsDoor(boost::asio::io_context& io, Health health, Opened opened, WriteDown turned_away,
                const MetricsSettings& settings);
    ~MetricsDoor();
    MetricsDoor(const MetricsDoor&) = delete;
    MetricsDoor& operator=(const MetricsDoor&) = delete;

    /// With the port really used.
    std::string listening_on() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace baytime::daemon
