#include "board/daemon/session.hpp"

#include "board/daemon/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <exception>
#include <vector>

namespace baytime::daemon {

namespace asio = boost::asio;

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

class TcpSession final : public Session, public std::enable_shared_from_this<TcpSession> {
public:
    TcpSession(asio::io_context& io, int descriptor, House& house, Peer peer, Gone gone)
        : socket_(io, asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), descriptor),
          conversation_(std::make_shared<Conversation>(house, std::move(peer), [this] { output_ready(); })),
          gone_(std::move(gone)) {}

    void start() override;
    void finish() override;
    void close() override;
    Conversation& conversation() override { return *conversation_; }

private:
    asio::awaitable<void> read(std::shared_ptr<TcpSession> self);
    /// Puts off the writing to the end of the turn, so that everything goes out in one piece.
    void output_ready();
    void flush();
    void wrote(bool failed);

    Socket socket_;
    std::shared_ptr<Conversation> conversation_;
    Gone gone_;
    std::array<char, read_bytes> chunk_{};
    std::vector<Text> writing_;
    bool flush_posted_ = false;
    bool closed_ = false;
    bool finishing_ = false;
};

void TcpSession::start() {
    watch_over(socket_);
    conversation_->greet();
    asio::co_spawn(socket_.get_executor(), read(shared_from_this()),
                   [self = shared_from_this()](const std::exception_ptr& failure) {
                       if (!failure) return;
                       try {
                           std::rethrow_exception(failure);
                       } catch (const std::exception& why) {
                           log::error("connection_failed", {{"why", why.what()}});
                       }
                       self->close();
                   });
}

asio::awaitable<void> TcpSession::read(std::shared_ptr<TcpSession> self) {
    const auto buffer = asio::buffer(chunk_);
    while (!self->closed_ && !self->finishing_) {
        const auto [failed, count] = co_await socket_.async_read_some(buffer, quiet);
        if (failed == asio::error::eof) {
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

void TcpSession::output_ready() {
    if (flush_posted_ || closed_) return;
    flush_posted_ = true;
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

void TcpSession::flush() {
    auto& outbox = conversation_->outbox();
    if (closed_ || outbox.hopeless()) return close();
    if (!writing_.empty()) return;
    writing_ = outbox.take();
    if (writing_.empty()) {
        if (finishing_ || conversation_->finished()) close();
        return;
    }
    std::vector<asio::const_buffer> buffers;
    for (const auto& text : writing_) buffers.push_back(asio::buffer(*text));
    asio::async_write(socket_, buffers,
                      [self = shared_from_this()](const boost::system::error_code& failed, std::size_t) {
                          self->wrote(bool(failed));
                      });
}

void TcpSession::wrote(bool failed) {
    writing_.clear();
    if (failed) return close();
    conversation_->written();
    flush();
}

void TcpSession::finish() {
    finishing_ = true;
    output_ready();
}

void TcpSession::close() {
    if (closed_) return;
    closed_ = true;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
    if (auto gone = std::exchange(gone_, nullptr)) gone(this);
}

}  // namespace

std::shared_ptr<Session> Session::make(asio::io_context& io, int descriptor, House& house, Peer peer, Gone gone) {
    return std::make_shared<TcpSession>(io, descriptor, house, std::move(peer), std::move(gone));
}

}  // namespace baytime::daemon
