#include "board/daemon/shop_clock.hpp"

#include "board/core/words.hpp"
#include "board/daemon/log.hpp"
#include "protocol/json.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <sys/timex.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace baytime::daemon {

using namespace std::chrono;

namespace {

/// Longest wait for one timer: the system's clock may be set meanwhile, so the rest is looked at again then.
constexpr auto longest_wait = minutes{5};

const date::time_zone& zone_of(const std::string& name) {
    return *date::locate_zone(name);
}

}  // namespace

ShopClock::ShopClock(const ClockSettings& settings, const std::string& zone)
    : speed_(settings.speed), real_(settings.speed == 1 && !settings.start), began_(Steady::now()), zone_(zone) {
    guard_ = ClockGuard(look(), {});
    start_ = settings.start.value_or(floor<milliseconds>(system_clock::now()));
}

void ShopClock::not_before(Instant newest) {
    start_ = std::max(start_, newest);
    newest_ = std::max(newest_, newest);
    auto reading = look();
    reading.synchronised = synchronised();  // a clock that is far from the newest entry needs somebody to vouch for it
    guard_ = ClockGuard(reading, newest);
}

bool ShopClock::synchronised() {
    timex state{};
    const int said = ::ntp_adjtime(&state);
    return said >= 0 && said != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

ClockReading ShopClock::look() const {
    ClockReading reading{.system = floor<milliseconds>(system_clock::now()), .steady = Steady::now()};
    const auto should = guard_.expects(reading.steady);
    // The kernel is asked only when it matters: this is called for every command.
    if (abs(reading.system - should) > clock_step / 2) {
        reading.synchronised = synchronised();
        reading.at_work = at_work_();
    }
    return reading;
}

void ShopClock::accept() {
    if (!real_) return;
    guard_.accept(look());
    if (guard_.doubt() == ClockDoubt::none) return;
    const auto gap = duration_cast<seconds>(guard_.difference()).count();
    log::warn("clock_not_taken_over", {{"why", baytime::name(guard_.doubt())},
                                       {"difference_seconds", gap},
                                       {"meaning", "the shop's time cannot go back; health says what helps"}});
}

Instant ShopClock::now() {
    Instant at{};
    if (real_) {
        at = guard_.now(look());
    } else {
        const duration<double, std::milli> passed = Steady::now() - began_;
        at = start_ + milliseconds{static_cast<std::int64_t>(std::floor(passed.count() * speed_))};
    }
    newest_ = std::max(newest_, at);
    return newest_;
}

std::optional<milliseconds> ShopClock::until(Instant at) {
    if (speed_ <= 0) return std::nullopt;
    const auto shop_wait = at - now();
    // Rounded up, and one more: the timer must not fire just before the moment.
    const auto wait =
        milliseconds{static_cast<std::int64_t>(std::ceil(static_cast<double>(shop_wait.count()) / speed_))};
    return std::clamp<milliseconds>(wait + milliseconds{1}, milliseconds{1}, longest_wait);
}

int ShopClock::offset_minutes() {
    const auto info = zone_of(zone_).get_info(floor<seconds>(now()));
    return static_cast<int>(floor<minutes>(info.offset).count());
}

protocol::Clockwork ShopClock::clockwork() {
    return protocol::Clockwork{
        .now = now(),
        .to_utc = [zone = zone_](local_time<minutes> local) { return daemon::to_utc(zone, local); },
        .to_local = [zone = zone_](Instant at) { return daemon::to_local(zone, at); }};
}

protocol::json::object ShopClock::json() {
    const auto whole = static_cast<std::int64_t>(speed_);
    const auto speed =
        static_cast<double>(whole) == speed_ ? protocol::json::value(whole) : protocol::json::value(speed_);
    protocol::json::object out{
        {"now", protocol::iso_utc(now())}, {"speed", speed}, {"offset_minutes", offset_minutes()}};
    if (!trusted()) out["trusted"] = false;
    return out;
}

std::string ShopClock::date(Instant at) const {
    const auto day = year_month_day(floor<days>(daemon::to_local(zone_, at)));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

bool is_zone(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::exception&) {
        return false;
    }
}

Instant to_utc(const std::string& zone, local_time<minutes> local) {
    const date::local_time<minutes> theirs{local.time_since_epoch()};
    return zone_of(zone).to_sys(theirs, date::choose::earliest);
}

local_time<minutes> to_local(const std::string& zone, Instant at) {
    const auto theirs = zone_of(zone).to_local(floor<minutes>(at));
    return local_time<minutes>{floor<minutes>(theirs.time_since_epoch())};
}

std::optional<Instant> read_moment(const std::string& text, const std::string& zone) {
    if (const auto at = protocol::from_iso(text)) return at;
    int year = 0, used = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u%n", &year, &month, &day, &hour, &minute, &used) != 5)
        return std::nullopt;
    const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (static_cast<std::size_t>(used) != text.size() || !date.ok() || year < 1970 || year > 2199 || hour > 23 ||
        minute > 59)
        return std::nullopt;
    return to_utc(zone, local_days{date} + hours{hour} + minutes{minute});
}

}  // namespace baytime::daemon
