// Alerts: what somebody must act on, raised once, kept in the journal until its cause is gone (rule §5).
// Plain values; changed by apply() alone.
#pragma once

#include "board/core/time.hpp"
#include "board/core/words.hpp"

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace baytime {

/// Who raises, escalates and closes alerts: the daemon itself.
inline constexpr const char* system_person = "system";
/// A cause that comes back is a new alert, up to this many of one kind for one order.
inline constexpr std::size_t max_alerts_of_a_kind = 20;

struct RaisedAlert {
    std::string id{};  ///< `at_risk:R1023`, then `at_risk:R1023:2`
    std::string order{};
    AlertKind kind = AlertKind::at_risk;
    Instant about{};  ///< the promise it is about, or the moment of its cause
    Instant since{};
    Role whom = Role::foreman;  ///< who must act now
    std::string person{};       ///< which one, or empty
    int step = 0;               ///< how often it was passed on
    Instant asked_at{};         ///< since when `whom` must act
    std::optional<Instant> acknowledged_at{};
    std::string acknowledged_by{};
    std::optional<AlertAnswer> answer{};
    std::optional<Instant> closed_at{};
    bool operator==(const RaisedAlert&) const = default;
};
BOOST_DESCRIBE_STRUCT(RaisedAlert, (),
                      (id, order, kind, about, since, whom, person, step, asked_at, acknowledged_at, acknowledged_by,
                       answer, closed_at))

/// The stable id of the n-th alert (from 1) of this kind for this order.
std::string alert_id(AlertKind kind, std::string_view order, std::size_t n);
/// True for the three questions "will it be ready in time?".
bool is_question(AlertKind kind);
/// True when a kind is raised once for one promise, whatever happens in between.
bool is_once(AlertKind kind);

}  // namespace baytime
