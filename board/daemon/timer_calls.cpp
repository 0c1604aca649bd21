#include "board/daemon/timer_calls.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace baytime::daemon {

std::function<void(Steady::duration, std::function<void()>)> timer_calls(boost::asio::io_context& io) {
    return [&io](Steady::duration wait, std::function<void()> call) {
        const auto timer = std::make_shared<boost::asio::steady_timer>(io, wait);
        timer->async_wait([timer, call = std::move(call)](const boost::system::error_code& cancelled) {
            if (!cancelled) call();
        });
    };
}

}  // namespace baytime::daemon
