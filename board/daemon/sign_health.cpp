#include "board/daemon/sign_health.hpp"

#include "protocol/json.hpp"

#include <fmt/format.h>

namespace baytime::daemon {

namespace {

using Moment = std::optional<std::chrono::system_clock::time_point>;

void put_moment(protocol::json::object& line, std::string_view key, const Moment& at) {
    if (at) line[key] = protocol::iso_utc(std::chrono::floor<std::chrono::seconds>(*at));
}

/// `lost:1,no-answer:3`
std::string by_kind(const std::map<std::string, std::uint64_t>& errors) {
    std::string out;
    for (const auto& [kind, count] : errors) out += fmt::format("{}{}:{}", out.empty() ? "" : ",", kind, count);
    return out;
}

}  // namespace

protocol::json::object sign_health(const SignPlace& place, const signs::SignHealth& health) {
    std::uint64_t errors = 0;
    for (const auto& [kind, count] : health.errors) errors += count;
    protocol::json::object line{{"sign", place.sign.name},
                                {"state", signs::name(health.state)},
                                {"driver", place.sign.driver},
                                {"port", signs::port_name(place.sign.port)},
                                {"speed", health.speed},
                                {"pages", health.pages},
                                {"up_to_date", health.up_to_date},
                                {"answers", health.answers},
                                {"errors", errors},
                                {"retries", health.retries}};
    if (place.required) line["required"] = true;
    if (health.answers_at) line["answers_at"] = *health.answers_at;
    put_moment(line, "last_good_write", health.last_good_write);
    put_moment(line, "last_reply", health.last_reply);
    if (errors > 0) line["errors_by_kind"] = by_kind(health.errors);
    if (!health.last_error.empty()) line["last_error"] = health.last_error;
    return line;
}

}  // namespace baytime::daemon
