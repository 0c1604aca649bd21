// What somebody could repeat at will is said once in a while, with a count, so that nobody fills the log. Pure.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace baytime::daemon {

inline constexpr std::chrono::seconds said_every{1};
/// Peers told apart within that time; the others count as one.
inline constexpr std::size_t max_told_apart = 16;

class Seldom {
public:
    /// How often it came since it was said last, this time included, when it is to be said now.
    std::optional<std::uint64_t> say(std::string about, Steady::time_point now) {
        if (!said_.contains(about) && said_.size() >= max_told_apart) {
            std::erase_if(said_, [now](const auto& one) { return now - one.second.last >= said_every; });
            if (said_.size() >= max_told_apart) about.clear();
        }
        const auto [entry, first] = said_.try_emplace(std::move(about), Said{.last = now, .since = 0});
        auto& [last, since] = entry->second;
        ++since;
        if (!first && now - last < said_every) return std::nullopt;
        last = now;
        return std::exchange(since, 0);
    }

private:
    struct Said {
        Steady::time_point last;
        std::uint64_t since = 0;
    };
    std::map<std::string, Said> said_;
};

}  // namespace baytime::daemon
