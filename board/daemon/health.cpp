#include "board/daemon/health.hpp"

namespace baytime::daemon {

namespace {

/// The first thing a person should know, or `ok`.
std::string verdict(const House& house, const SignWall& signs, const ConfigState& config) {
    const auto& opening = house.workshop.journal().opening();
    if (!house.workshop.sound()) return "storage-failed";
    if (!opening.damaged.empty()) return opening.restored_from.empty() ? "started-empty" : "restored-from-backup";
    if (!config.fault.empty()) return "configuration-refused";
    if (signs.required_down()) return "sign-down";
    return "ok";
}

}  // namespace

protocol::Result health_of(const House& house, const TcpDoor& door, const SignWall& signs, const ConfigState& config,
                           Steady::time_point started) {
    const auto& board = house.workshop.board();
    const auto& opening = house.workshop.journal().opening();
    protocol::Result result{.members = {}, .lines_name = "signs", .lines = signs.health()};
    auto& members = result.members;
    members["health"] = verdict(house, signs, config);
    members["product"] = product;
    members["uptime_seconds"] = std::chrono::duration_cast<std::chrono::seconds>(house.steady() - started).count();
    members["seq"] = board.seq;
    members["jobs_open"] = board.open.size();
    members["jobs"] = board.jobs.size();
    members["commits"] = house.workshop.commits();
    members["failed_commits"] = house.workshop.failed_commits();
    if (!opening.damaged.empty()) {
        members["journal_damaged"] = opening.damaged;
        members["journal_restored_from"] = opening.restored_from.empty() ? "nothing" : opening.restored_from;
    }
    members["connections"] = door.connections();
    members["connections_refused"] = door.refused();
    members["watchers"] = house.watchers.count();
    members["config"] = config.fault.empty() ? "good" : "refused";
    if (!config.fault.empty()) members["config_fault"] = config.fault;
    members["reloads"] = config.reloads;
    for (const auto& member : house.clock.json()) members[member.key()] = member.value();
    return result;
}

}  // namespace baytime::daemon
