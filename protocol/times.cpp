// Times relative to now and to the shop's day: see times.hpp.
#include "protocol/times.hpp"

#include <algorithm>

namespace baytime::protocol {
namespace {

using namespace std::chrono;

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// Up to six digits.
std::optional<int> small_number(std::string_view text) {
    if (!all_digits(text) || text.size() > 6) return std::nullopt;
    int out = 0;
    for (const char digit : text) out = out * 10 + (digit - '0');
    return out;
}

/// `11:00`, `9:05`: minutes since midnight.
std::optional<minutes> time_of_day(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon > 2 || text.size() != colon + 3) return std::nullopt;
    const auto hour = small_number(text.substr(0, colon));
    const auto minute = small_number(text.substr(colon + 1));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return hours(*hour) + minutes(*minute);
}

}  // namespace

std::optional<Instant> read_time(std::string_view text, const Clockwork& clock) {
    if (text.starts_with('+')) {
        const auto ahead = small_number(text.substr(1));
        if (!ahead || *ahead > max_minutes) return std::nullopt;
        return clock.now + minutes(*ahead);
    }
    if (const auto clock_time = time_of_day(text)) {
        return clock.to_utc(floor<days>(clock.to_local(clock.now)) + *clock_time);
    }
    const auto read = read_local(text);
    if (!read) return std::nullopt;
    if (read->east) return from_iso(text);
    return clock.to_utc(read->minute) + read->beyond;
}

}  // namespace baytime::protocol
