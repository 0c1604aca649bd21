// What people ask of the signs while they hang them up: a test text, and what passes on the line.
#pragma once

#include "board/daemon/house.hpp"
#include "board/daemon/sign_wall.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::daemon {

/// Newest entries of one sign that are kept for who asks.
inline constexpr std::size_t max_trace_entries = 512;
/// Most bytes kept of one sign; older entries go first.
inline constexpr std::size_t max_trace_bytes = 64 * 1024;
/// Only a tail is kept when nobody has asked for so long.
inline constexpr std::chrono::seconds trace_interest{60};
/// The tail of one sign: what a helper far away wants to see without asking first.
inline constexpr std::size_t max_tail_entries = 32;
inline constexpr std::size_t max_tail_bytes = 4 * 1024;

class SignTools {
public:
    explicit SignTools(SignWall& wall) : wall_(wall) {}
    /// Answers `sign-test` and `sign-trace`.
    Outcome answer(std::string_view verb, const protocol::Query& query);
    /// From now on keeps the tail of every sign. To be called again when signs were hung up.
    void listen();
    /// What last passed to each sign. Of a sign that shows full plates, or alerts, only the lengths.
    protocol::json::array tails(const Settings& settings) const;

private:
    struct Kept {
        std::deque<std::pair<std::uint64_t, signs::TraceEntry>> entries{};
        std::size_t bytes = 0;
        std::uint64_t newest = 0;
        std::optional<std::chrono::steady_clock::time_point> asked{};

        void keep(const signs::TraceEntry& entry);
    };
    std::shared_ptr<Kept> kept_of(const std::string& sign);
    Outcome trace(const std::string& sign, std::uint64_t since);
    Outcome test(const std::string& sign);

    SignWall& wall_;
    std::map<std::string, std::shared_ptr<Kept>> kept_;
};

}  // namespace baytime::daemon
