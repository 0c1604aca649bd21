// One sign's line in `health`. Pure.
#pragma once

#include "board/daemon/settings.hpp"
#include "display-drivers/signs/sign_link.hpp"
#include "protocol/verbs.hpp"

namespace baytime::daemon {

protocol::json::object sign_health(const SignPlace& place, const signs::SignHealth& health);

}  // namespace baytime::daemon
