// A clock that stands still and short ways to read a line.
#pragma once

#include "protocol/verbs.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace baytime::protocol::test {

/// Shop time is eight hours ahead of UTC, as in Shanghai.
inline constexpr std::chrono::hours east{8};

inline Instant utc(std::string_view iso) {
    return from_iso(iso).value();
}

/// 2026-11-21, 09:00 in the shop.
inline Clockwork nine_o_clock() {
    return {.now = utc("2026-11-21T01:00:00Z"),
            .to_utc =
                [](std::chrono::local_time<std::chrono::minutes> local) {
                    return Instant(local.time_since_epoch() - east);
                },
            .to_local =
                [](Instant at) {
                    const auto minutes = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch() + east);
                    return std::chrono::local_time<std::chrono::minutes>(minutes);
                }};
}

inline Call call(std::string_view line) {
    const Reading reading = read_words(line, nine_o_clock());
    const auto* fault = std::get_if<Fault>(&reading);
    INFO(line << (fault == nullptr ? "" : ": " + fault->token + " " + fault->sentence));
    REQUIRE(fault == nullptr);
    return std::get<Call>(reading);
}

template <class C>
C command(std::string_view line) {
    const Call understood = call(line);
    REQUIRE(std::holds_alternative<Command>(understood.what));
    REQUIRE(std::holds_alternative<C>(std::get<Command>(understood.what)));
    return std::get<C>(std::get<Command>(understood.what));
}

inline Fault fault(std::string_view line) {
    const Reading reading = read_words(line, nine_o_clock());
    INFO(line);
    REQUIRE(std::holds_alternative<Fault>(reading));
    return std::get<Fault>(reading);
}

inline JsonReading json_line(std::string_view line) {
    return read_json_line(line, nine_o_clock());
}

inline Reading json_one(std::string_view line) {
    const JsonReading reading = json_line(line);
    INFO(line);
    REQUIRE(reading.calls.size() == 1);
    REQUIRE_FALSE(reading.batch);
    return reading.calls.front();
}

inline Call json_call(std::string_view line) {
    const Reading reading = json_one(line);
    const auto* fault = std::get_if<Fault>(&reading);
    INFO(line << (fault == nullptr ? "" : ": " + fault->token + " " + fault->sentence));
    REQUIRE(fault == nullptr);
    return std::get<Call>(reading);
}

template <class C>
C json_command(std::string_view line) {
    const Call understood = json_call(line);
    REQUIRE(std::holds_alternative<Command>(understood.what));
    REQUIRE(std::holds_alternative<C>(std::get<Command>(understood.what)));
    return std::get<C>(std::get<Command>(understood.what));
}

inline Fault json_fault_of(std::string_view line) {
    const Reading reading = json_one(line);
    INFO(line);
    REQUIRE(std::holds_alternative<Fault>(reading));
    return std::get<Fault>(reading);
}

}  // namespace baytime::protocol::test
