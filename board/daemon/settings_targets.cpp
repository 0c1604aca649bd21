// [targets]: what the reports measure against.
#include "board/daemon/settings_parts.hpp"

namespace baytime::daemon {

namespace {

using config::Table;

/// Everything, in basis points.
constexpr std::int64_t whole_bp = 10'000;
/// Targets above 100 % exist: efficiency is one.
constexpr std::int64_t most_bp = 30'000;
constexpr std::int64_t most_visits = 1'000'000;
constexpr std::int64_t most_yuan = 10'000'000'000;

std::int64_t share(const Table& table, std::string_view key, std::int64_t otherwise, std::int64_t most) {
    return table.number(key, otherwise, 0, most);
}

}  // namespace

void read_targets(const Table& root, Settings& settings) {
    const auto table = root.table("targets");
    auto& targets = settings.targets;
    targets.department = share(table, "department", targets.department, whole_bp);
    targets.external_returns = share(table, "external_returns", targets.external_returns, whole_bp);
    targets.internal_returns = share(table, "internal_returns", targets.internal_returns, whole_bp);
    targets.utilisation = share(table, "utilisation", targets.utilisation, most_bp);
    targets.efficiency = share(table, "efficiency", targets.efficiency, most_bp);
    targets.visits_a_year = table.number("visits_a_year", targets.visits_a_year, 0, most_visits);
    targets.turnover_a_year = table.number("turnover_a_year", 0, 0, most_yuan) * 100;
    const auto roles = table.table("roles");
    for (const auto& key : roles.keys()) {
        if (const auto role = from_name<Role>(key))
            targets.roles[*role] = share(roles, key, targets.department, whole_bp);
    }
    // Anyone may have a target: also a person that only imported orders name.
    const auto people = table.table("people");
    for (const auto& key : people.keys()) targets.people[key] = share(people, key, targets.department, whole_bp);
}

}  // namespace baytime::daemon
