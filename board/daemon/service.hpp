// The running daemon: wires journal, workshop, door and signs to one loop, and minds signals, timers and systemd.
#pragma once

#include "board/daemon/settings.hpp"

#include <string>

namespace baytime::daemon {

/// Longest time from the signal to the end of the process.
inline constexpr std::chrono::seconds stop_limit{5};

/// Runs until SIGTERM or SIGINT. `config_path` is read again on SIGHUP.
/// Throws std::runtime_error with a sentence when it cannot start.
void serve(const Settings& settings, const std::string& config_path);

}  // namespace baytime::daemon
