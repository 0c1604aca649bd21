// What `health` says: what is wrong, the store, the connections, the configuration, every sign, screen and bay.
#pragma once

#include "board/daemon/backups.hpp"
#include "board/daemon/drop_folder.hpp"
#include "board/daemon/health_rules.hpp"
#include "board/daemon/house.hpp"
#include "board/daemon/sign_wall.hpp"
#include "board/daemon/tcp_door.hpp"

#include <string>

namespace baytime::daemon {

/// How the configuration in force came to be.
struct ConfigState {
    std::string path;
    std::uint64_t reloads = 0;
    std::string fault;               ///< why the newest file was refused, or empty
    std::string restart_needed{};    ///< sections of the file that only a restart takes over, or empty
    std::string tokens_put_back{};   ///< the copy that took the place of a list of tokens that was gone, or empty
    std::string tls_key_put_back{};  ///< the copy that took the place of the key that was gone, or empty
};

/// The parts of the running daemon that are asked.
struct HealthParts {
    const House& house;
    const TcpDoor& door;
    const SignWall& signs;
    const Backups& backups;
    const ConfigState& config;
    const Audit& audit;
    Steady::time_point started{};
    std::optional<DropTrouble> drops{};
};

protocol::Result health_of(const HealthParts& parts);

}  // namespace baytime::daemon
