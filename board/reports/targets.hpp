// What the shop wants to reach, from its configuration. Shares are basis points.
#pragma once

#include "board/core/words.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace baytime::reports {

struct Targets {
    std::int64_t department = 9600;                             ///< on-time rate (rule §4)
    std::map<Role, std::int64_t> roles{};                       ///< of everyone in that role, unless a person has one
    std::map<std::string, std::int64_t, std::less<>> people{};  ///< of one person, by id
    std::int64_t external_returns = 50;                         ///< at most (rule §7)
    std::int64_t internal_returns = 500;                        ///< at most
    std::int64_t utilisation = 8500;
    std::int64_t efficiency = 11000;
    std::int64_t visits_a_year = 1200;
    std::int64_t turnover_a_year = 0;  ///< cents; 0: no plan
    bool operator==(const Targets&) const = default;

    /// The on-time target of a person in a role.
    std::int64_t of(std::string_view id, Role role) const {
        if (const auto own = people.find(id); own != people.end()) return own->second;
        const auto shared = roles.find(role);
        return shared == roles.end() ? department : shared->second;
    }
};

}  // namespace baytime::reports
