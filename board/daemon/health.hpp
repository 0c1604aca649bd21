// What `health` says: the store, the connections, the configuration and every sign.
#pragma once

#include "board/daemon/house.hpp"
#include "board/daemon/sign_wall.hpp"
#include "board/daemon/tcp_door.hpp"

#include <string>

namespace baytime::daemon {

/// How the configuration in force came to be.
struct ConfigState {
    std::string path;
    std::uint64_t reloads = 0;
    std::string fault;  ///< why the newest file was refused, or empty
};

protocol::Result health_of(const House& house, const TcpDoor& door, const SignWall& signs, const ConfigState& config,
                           Steady::time_point started);

}  // namespace baytime::daemon
