#include "board/daemon/session.hpp"

#include "board/daemon/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <exception>
#include <type_traits>
#include <vector>

namespace baytime::daemon {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

namespace {

using Socket = asio::generic::stream_protocol::socket;
/// Read in one go. Small, because every connection holds one such buffer while it waits, and most requests are short.
constexpr std::size_t read_bytes = 1024;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

/// Finds dead peers although nothing is sent to them, and gives up on those that acknowledge nothing.
void watch_over(Socket& socket) {
    const auto set = [&socket](int level, int option, int value) {
        ::setsockopt(socket.native_handle(), level, option, &value, sizeof value);
    };
    const auto limit = static_cast<int>(dead_peer.count());
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, limit / 2);
    set(IPPROTO_TCP, TCP_KEEPINTVL, limit / 6);
    set(IPPROTO_TCP, TCP_KEEPCNT, 3);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, limit * 1000);
}

/// A session over plain text, or over TLS.
template <class Stream>
class StreamSession final : public Session, public std::enable_shared_from_this<StreamSession<Stream>> {
public:
    StreamSession(Stream stream, House& house, Peer peer, Gone gone)
        : stream_(std::move(stream)),
          conversation_(std::make_shared<Conversation>(house, std::move(peer), [this] { output_ready(); })),
          hello_limit_(house.settings->hello_limit),
          gone_(std::move(gone)) {}

    void start() override;
    void finish() override;
    void dismiss(const Refused& why) override;
    void close() override;
    Conversation& conversation() override { return *conversation_; }

private:
    static constexpr bool encrypted = !std::is_same_v<Stream, Socket>;

    Socket& socket() {
        if constexpr (encrypted) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }
    asio::awaitable<void> read(std::shared_ptr<StreamSession> self);
    asio::awaitable<bool> shake_hands();
    /// Nobody holds a place without saying who they are.
    void expect_hello();
    /// Puts off the writing to the end of the turn, so that everything goes out in one piece.
    void output_ready();
    void flush();
    void write();
    void wrote(bool failed);

    Stream stream_;
    asio::steady_timer timer_{stream_.get_executor()};
    std::shared_ptr<Conversation> conversation_;
    std::chrono::seconds hello_limit_;
    Gone gone_;
    std::array<char, read_bytes> chunk_{};
    std::vector<Text> writing_;
    bool flush_posted_ = false;
    bool closed_ = false;
    bool finishing_ = false;
    bool greeted_ = false;
};

template <class Stream>
void StreamSession<Stream>::start() {
    watch_over(socket());
    expect_hello();
    asio::co_spawn(stream_.get_executor(), read(this->shared_from_this()),
                   [self = this->shared_from_this()](const std::exception_ptr& failure) {
                       if (!failure) return;
                       try {
                           std::rethrow_exception(failure);
                       } catch (const std::exception& why) {
                           log::error("connection_failed", {{"why", why.what()}});
                       }
                       self->close();
                   });
}

template <class Stream>
asio::awaitable<bool> StreamSession<Stream>::shake_hands() {
    if constexpr (encrypted) {
        constexpr auto as_server = ssl::stream_base::server;
        const auto [failed] = co_await stream_.async_handshake(as_server, quiet);
        if (failed) log::debug("connection_without_tls", {{"why", failed.message()}});
        co_return !failed;
    }
    co_return true;
}

template <class Stream>
asio::awaitable<void> StreamSession<Stream>::read(std::shared_ptr<StreamSession> self) {
    const bool understood = co_await shake_hands();
    if (!understood || self->closed_) {
        if (!self->closed_) conversation_->write_down("connect", "no-tls");
        close();
        co_return;
    }
    greeted_ = true;
    conversation_->greet();
    const auto buffer = asio::buffer(chunk_);
    while (!self->closed_ && !self->finishing_) {
        const auto [failed, count] = co_await stream_.async_read_some(buffer, quiet);
        if (failed == asio::error::eof || failed == ssl::error::stream_truncated) {
            conversation_->input_ended();
            break;
        }
        if (failed) {
            close();
            co_return;
        }
        conversation_->receive(std::string_view(chunk_.data(), count));
        if (conversation_->finished()) break;
    }
    output_ready();
}

template <class Stream>
void StreamSession<Stream>::expect_hello() {
    timer_.expires_after(hello_limit_);
    timer_.async_wait([weak = this->weak_from_this()](const boost::system::error_code& cancelled) {
        const auto self = weak.lock();
        if (cancelled || !self) return;
        if (!self->greeted_) return self->close();  // no handshake, no place: not in an open shop either
        if (self->conversation_->caller().known()) return;
        self->dismiss({"who-are-you",
                       fmt::format("a connection that has not said who it is ends after {} s: hello token=<token>",
                                   self->hello_limit_.count()),
                       identity_code});
    });
}

template <class Stream>
void StreamSession<Stream>::output_ready() {
    if (flush_posted_ || closed_) return;
    flush_posted_ = true;
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

template <class Stream>
void StreamSession<Stream>::flush() {
    auto& outbox = conversation_->outbox();
    if (closed_ || outbox.hopeless()) return close();
    if (!writing_.empty()) return;
    writing_ = outbox.take();
    if (writing_.empty()) {
        if (finishing_ || conversation_->finished()) close();
        return;
    }
    write();
}

template <class Stream>
void StreamSession<Stream>::write() {
    if (encrypted && writing_.size() > 1) {  // each piece would become a record and a system call of its own
        std::string all;
        for (const auto& text : writing_) all += *text;
        writing_ = {std::make_shared<const std::string>(std::move(all))};
    }
    std::vector<asio::const_buffer> buffers;
    for (const auto& text : writing_) buffers.push_back(asio::buffer(*text));
    asio::async_write(stream_, buffers,
                      [self = this->shared_from_this()](const boost::system::error_code& failed, std::size_t) {
                          self->wrote(bool(failed));
                      });
}

template <class Stream>
void StreamSession<Stream>::wrote(bool failed) {
    writing_.clear();
    if (failed) return close();
    conversation_->written();
    flush();
}

template <class Stream>
void StreamSession<Stream>::finish() {
    finishing_ = true;
    if (!greeted_) return close();  // nothing can be written yet
    output_ready();
}

template <class Stream>
void StreamSession<Stream>::dismiss(const Refused& why) {
    conversation_->dismiss(why);
    finish();
    if (closed_) return;
    timer_.expires_after(farewell_limit);
    timer_.async_wait([weak = this->weak_from_this()](const boost::system::error_code& cancelled) {
        if (const auto self = weak.lock(); self && !cancelled) self->close();
    });
}

template <class Stream>
void StreamSession<Stream>::close() {
    if (closed_) return;
    closed_ = true;
    boost::system::error_code ignored;
    timer_.cancel();
    socket().shutdown(Socket::shutdown_both, ignored);
    socket().close(ignored);
    if (auto gone = std::exchange(gone_, nullptr)) gone(this);
}

}  // namespace

std::shared_ptr<Session> Session::make(asio::io_context& io, int descriptor, House& house, Peer peer, Gone gone,
                                       const std::shared_ptr<ssl::context>& tls) {
    Socket socket(io, asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), descriptor);
    if (!tls)
        return std::make_shared<StreamSession<Socket>>(std::move(socket), house, std::move(peer), std::move(gone));
    // SSL objects count references to what they need of the context.
    return std::make_shared<StreamSession<ssl::stream<Socket>>>(ssl::stream<Socket>(std::move(socket), *tls), house,
                                                                std::move(peer), std::move(gone));
}

}  // namespace baytime::daemon
