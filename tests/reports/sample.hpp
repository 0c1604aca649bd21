// Short spellings for times and rows in tests of reports.
#pragma once

#include "board/reports/order_file.hpp"
#include "protocol/json.hpp"

#include <stdexcept>
#include <string>

namespace baytime::support {

inline Instant at(const std::string& iso) {
    const auto read = protocol::from_iso(iso.ends_with('Z') ? iso : iso + "Z");
    if (!read) throw std::invalid_argument(iso);
    return *read;
}

/// A zone eight hours east, all year.
inline reports::ShopZone eight_east() {
    using namespace std::chrono;
    return {.to_utc = [](local_time<milliseconds> local) -> std::optional<Instant> {
                return Instant{local.time_since_epoch() - hours{8}};
            },
            .to_local = [](Instant at) { return local_time<milliseconds>{at.time_since_epoch() + hours{8}}; }};
}

/// A zone in which 02:00 to 03:00 of 28 March 2027 does not exist.
inline reports::ShopZone with_a_gap() {
    auto zone = eight_east();
    zone.to_utc = [](std::chrono::local_time<std::chrono::milliseconds> local) -> std::optional<Instant> {
        const Instant at{local.time_since_epoch()};
        if (at >= support::at("2027-03-28T02:00:00") && at < support::at("2027-03-28T03:00:00")) return std::nullopt;
        return at;
    };
    return zone;
}

}  // namespace baytime::support
