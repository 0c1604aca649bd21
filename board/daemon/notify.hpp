// Tells systemd how the daemon is. Does nothing when it was not started by systemd.
#pragma once

#include <chrono>
#include <optional>

namespace baytime::daemon::notify {

void ready();
void reloading();
void stopping();
void alive();
/// How often alive() has to be called, half of what systemd allows; nothing when it does not watch.
std::optional<std::chrono::microseconds> watchdog_every();

}  // namespace baytime::daemon::notify
