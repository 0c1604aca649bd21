// The tokens and the key beside the copies of the journal. Of each only the newest state is kept: an old list of tokens
// would bring revoked ones back.
#pragma once

#include "board/daemon/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::daemon {

/// Where the copy of such a file lies.
std::string copy_of(std::string_view file, const Settings& settings);
/// Copies `tokens.json` and `tls.pem` into the directory of backups, for their owner alone. Throws std::system_error.
void copy_private_files(const Settings& settings);
/// The list of tokens is gone although this record was used with one: puts the copy of the backups in its place, so
/// that no revoked token comes back. Returns that copy's path; empty when there was nothing to do. Throws
/// std::runtime_error when the copy is damaged or cannot be read.
std::string put_back_tokens(const Settings& settings);
/// Puts those that lie beside `backup` in their place where there are none; never over what is there. Returns the
/// files that are there now. Throws std::system_error.
std::vector<std::string> put_back_private_files(const Settings& settings, const std::string& backup);

}  // namespace baytime::daemon
