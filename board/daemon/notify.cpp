#include "board/daemon/notify.hpp"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <ctime>

namespace baytime::daemon::notify {

void ready() {
    ::sd_notify(0, "READY=1");
}

void reloading() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto micros =
        static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(now.tv_nsec) / 1000;
    ::sd_notify(0, fmt::format("RELOADING=1\nMONOTONIC_USEC={}", micros).c_str());
}

void stopping() {
    ::sd_notify(0, "STOPPING=1");
}

void alive() {
    ::sd_notify(0, "WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog_every() {
    std::uint64_t micros = 0;
    if (::sd_watchdog_enabled(0, &micros) <= 0 || micros == 0) return std::nullopt;
    return std::chrono::microseconds(micros / 2);
}

}  // namespace baytime::daemon::notify
