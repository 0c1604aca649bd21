// Who may do what: one table.
#pragma once

#include "board/core/command.hpp"

#include <boost/mp11/algorithm.hpp>

#include <span>
#include <string_view>

namespace baytime {

/// The roles that may give this command, by the command's index in Command. Never empty.
std::span<const Role> allowed_roles(std::size_t command_index);
bool allowed(Role role, const Command& command);
/// The index of a command type in Command, for tables.
template <class C>
inline constexpr std::size_t command_index = boost::mp11::mp_find<Command, C>::value;

}  // namespace baytime
