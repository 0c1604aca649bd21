// The verbs for who runs the machine: backup, log-level, support. A full token only (Access::full).
#pragma once

#include "board/daemon/backups.hpp"
#include "board/daemon/health.hpp"
#include "board/daemon/house.hpp"
#include "board/daemon/sign_tools.hpp"

#include <string_view>

namespace baytime::daemon {

class Operations {
public:
    /// All outlive it.
    Operations(const House& house, const ConfigState& config, Backups& backups, SignTools& signs)
        : house_(house), config_(config), backups_(backups), signs_(signs) {}
    Outcome answer(std::string_view verb, const protocol::Query& query);

private:
    /// A copy from what the daemon holds, because the journal's file is gone.
    Outcome rescue();
    Outcome log_level(const protocol::Query& query);
    /// Configuration, versions, tables, the newest log lines and what last passed to the signs; no secret, nobody's
    /// name, no plate and no phone number.
    Outcome support();

    const House& house_;
    const ConfigState& config_;
    Backups& backups_;
    SignTools& signs_;
};

}  // namespace baytime::daemon
