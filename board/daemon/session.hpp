// One connection: a socket and its conversation. Coalesces writes: one for everything a turn produced.
#pragma once

#include "board/daemon/conversation.hpp"

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

/// A connection whose peer acknowledges nothing for this long is dead.
inline constexpr std::chrono::seconds dead_peer{30};

class Session {
public:
    using Gone = std::function<void(Session*)>;
    /// Takes over the connected socket `descriptor`. `gone` is called once, when it has been closed.
    static std::shared_ptr<Session> make(boost::asio::io_context& io, int descriptor, House& house, Peer peer,
                                         Gone gone);
    virtual ~Session() = default;

    /// Greets and reads until the peer leaves.
    virtual void start() = 0;
    /// Closes as soon as what waits is written, at once when nothing does.
    virtual void finish() = 0;
    virtual void close() = 0;
    virtual Conversation& conversation() = 0;
};

}  // namespace baytime::daemon
