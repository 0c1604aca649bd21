// Who may hold a place at the door, so that no device, no address and no stranger takes them all. Pure; the door
// counts.
#pragma once

#include "board/daemon/caller.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace baytime::daemon {

inline constexpr std::size_t max_connections = 1024;
/// The last places. The owner always gets in: on this computer, and from elsewhere with the token of a full device.
inline constexpr std::size_t kept_for_this_computer = 32;
inline constexpr std::size_t kept_for_full_tokens = 32;
/// Connections of one address that have not said who they are.
inline constexpr std::size_t max_unknown_of_one_address = 64;
/// Connections, all together, that have not said who they are, this computer's too: any program there may open some.
/// Beyond it a newcomer takes the place of one of them, so that who has a token is always heard.
inline constexpr std::size_t max_strangers = 512;
/// Connections of one address, and of one device's token, from other computers. This computer has no such limit.
inline constexpr std::size_t max_of_one_address = 256;
inline constexpr std::size_t max_of_one_device = 64;

/// Places that are taken now.
struct Taken {
    std::size_t all = 0;
    std::size_t of_address = 0, unknown_of_address = 0;  ///< of the newcomer's address
    std::size_t of_device = 0;                           ///< by the newcomer's token, from other computers
};

/// Places have run out.
struct Shortage {
    std::string about;      ///< the device or the address that has too many; empty when there are too many in all
    std::size_t taken = 0;  ///< connections of it
};

struct NoPlace {
    Refused why;
    Shortage shortage;
};

/// Whose place a newcomer takes when there are too many strangers: the oldest one of the address
/// that has most of them, so that who comes once stays longest. `addresses`: of the strangers, the oldest first.
std::optional<std::size_t> stranger_to_leave(const std::vector<std::string>& addresses);
/// For a newcomer that has said nothing yet.
std::optional<NoPlace> no_place(const Peer& newcomer, const Taken& taken);
/// For a connection that shows the token of `device`. `known`: it had a place of its own before.
std::optional<NoPlace> no_place_as(const Device& device, const Peer& peer, bool known, const Taken& taken);

}  // namespace baytime::daemon
