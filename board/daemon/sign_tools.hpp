// What people ask of the signs while they hang them up: a test text, and what passes on the line.
#pragma once

#include "board/daemon/house.hpp"
#include "board/daemon/sign_wall.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace baytime::daemon {

/// Newest entries of one sign that are kept for who asks.
inline constexpr std::size_t max_trace_entries = 512;
/// Most bytes kept of one sign; older entries go first.
inline constexpr std::size_t max_trace_bytes = 64 * 1024;
/// Nothing is kept when nobody has asked for so long.
inline constexpr std::chrono::seconds trace_interest{60};

class SignTools {
public:
    explicit SignTools(SignWall& wall) : wall_(wall) {}
    /// Answers `sign-test` and `sign-trace`.
    Outcome answer(std::string_view verb, const protocol::Query& query);

private:
    struct Kept {
        std::deque<std::pair<std::uint64_t, signs::TraceEntry>> entries{};
        std::size_t bytes = 0;
        std::uint64_t newest = 0;
        std::chrono::steady_clock::time_point asked{};

        void keep(const signs::TraceEntry& entry);
    };
    Outcome trace(const std::string& sign, std::uint64_t since);
    Outcome test(const std::string& sign);

    SignWall& wall_;
    std::map<std::string, std::shared_ptr<Kept>> kept_;
};

}  // namespace baytime::daemon
