#include "board/daemon/sign_hours.hpp"

#include "board/daemon/shop_clock.hpp"

#include <algorithm>

namespace baytime::daemon {

using namespace std::chrono;

namespace {

/// The next moment at which the clock on the wall shows this time of day.
Instant next_time(const std::string& zone, Instant now, minutes time_of_day) {
    const auto day = floor<days>(to_local(zone, now));
    const auto today = to_utc(zone, day + time_of_day);
    return today > now ? today : to_utc(zone, day + days{1} + time_of_day);
}

}  // namespace

bool is_night(const SignNight& night, const std::string& zone, Instant now) {
    const auto local = to_local(zone, now);
    const auto time_of_day = local - floor<days>(local);
    const bool after = time_of_day >= night.from, before = time_of_day < night.to;
    return night.from < night.to ? after && before : after || before;
}

std::optional<Instant> next_night_change(const std::vector<SignPlace>& places, const std::string& zone, Instant now) {
    std::optional<Instant> next;
    for (const auto& place : places) {
        if (!place.night) continue;
        for (const auto time_of_day : {place.night->from, place.night->to}) {
            const auto at = next_time(zone, now, time_of_day);
            if (!next || at < *next) next = at;
        }
    }
    return next;
}

Instant next_midnight(const std::string& zone, Instant now) {
    return next_time(zone, now, minutes{0});
}

signs::SignClock sign_clock(const std::string& zone, Instant now) {
    const auto local = to_local(zone, now);
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const auto minute = static_cast<int>((local - day).count());
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<int>(static_cast<unsigned>(date.month())),
            .day = static_cast<int>(static_cast<unsigned>(date.day())),
            .weekday = static_cast<int>(weekday(day).c_encoding()),
            .hour = minute / 60,
            .minute = minute % 60};
}

}  // namespace baytime::daemon
