// Calls after a while, on the loop.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <functional>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

/// Each call of the result makes one call on the loop, which has to outlive both; those still to come end with the
/// loop.
std::function<void(Steady::duration, std::function<void()>)> timer_calls(boost::asio::io_context& io);

}  // namespace baytime::daemon
