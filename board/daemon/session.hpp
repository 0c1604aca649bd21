// One connection: a socket and its conversation. Coalesces writes: one for everything a turn produced.
#pragma once

#include "board/daemon/conversation.hpp"

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace baytime::daemon {

/// A connection whose peer acknowledges nothing for this long is dead.
inline constexpr std::chrono::seconds dead_peer{30};
/// A connection that was told to leave is cut off after this long, whether its peer has read the reason or not.
inline constexpr std::chrono::seconds farewell_limit{5};

class Session {
public:
    using Gone = std::function<void(Session*)>;
    /// Takes over the connected socket `descriptor`. `gone` is called once, when it has been closed. `tls`: null for
    /// plain text.
    static std::shared_ptr<Session> make(boost::asio::io_context& io, int descriptor, House& house, Peer peer,
                                         Gone gone, const std::shared_ptr<boost::asio::ssl::context>& tls);
    virtual ~Session() = default;

    /// Greets and reads until the peer leaves.
    virtual void start() = 0;
    /// Closes as soon as what waits is written, at once when nothing does.
    virtual void finish() = 0;
    /// Says why and takes nothing more; then as finish().
    virtual void dismiss(const Refused& why) = 0;
    virtual void close() = 0;
    virtual Conversation& conversation() = 0;
};

}  // namespace baytime::daemon
