#include "board/daemon/session.hpp"

#include "board/daemon/log.hpp"
#include "protocol/replies.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <type_traits>
#include <vector>

namespace baytime::daemon {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

namespace {

using Socket = asio::generic::stream_protocol::socket;
/// Read in one go. Small, so that the commands of one pipeline are decided in between, and nobody waits long for his
/// turn.
constexpr std::size_t read_bytes = 1024;
using Chunk = std::array<char, read_bytes>;

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

/// Whoever is there has begun with something that is no TLS.
bool speaks_plain_text(const boost::system::error_code& failed) {
    if (failed.category() != asio::error::get_ssl_category()) return false;
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(failed.value()));
    return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST;
}

/// As well as that goes without waiting.
void say_needs_tls(Socket& socket) {
    const auto text = protocol::words_fault(
        "needs-tls", "this is the door for TLS; take it with TLS (baytime --tls), or the port for plain text");
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
}

/// A session over plain text, or over TLS.
template <class Stream>
class StreamSession final : public Session, public std::enable_shared_from_this<StreamSession<Stream>> {
public:
    StreamSession(Stream stream, House& house, Peer peer, Gone gone)
        : stream_(std::move(stream)),
          conversation_(std::make_shared<Conversation>(house, std::move(peer), [this] { output_ready(); })),
          house_(house),
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
    void shake_hands();
    void shaken(const boost::system::error_code& failed);
    void greet();
    void read();
    /// What came, or why nothing did.
    void took(const boost::system::error_code& failed, std::string_view bytes);
    /// Nobody holds a place without saying who they are.
    void expect_hello();
    /// Puts off the writing to the end of the turn, so that everything goes out in one piece.
    void output_ready();
    void flush();
    void write();
    /// Most output fits into the kernel's buffer: then it is gone without a wait. True when all is written, false when
    /// the peer is gone; nothing when the rest, which `buffers` then are, has to wait.
    std::optional<bool> write_now(std::vector<asio::const_buffer>& buffers);
    void wrote(bool failed);

    struct Nothing {};
    Stream stream_;
    /// Only TLS needs a place of its own to read into: most connections wait most of the time.
    [[no_unique_address]] std::conditional_t<encrypted, Chunk, Nothing> chunk_{};
    asio::steady_timer timer_{stream_.get_executor()};
    std::shared_ptr<Conversation> conversation_;
    House& house_;
    std::chrono::seconds hello_limit_;
    Gone gone_;
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
    if constexpr (encrypted) {
        shake_hands();
    } else {
        boost::system::error_code ignored;
        stream_.non_blocking(true, ignored);
        greet();
    }
}

template <class Stream>
void StreamSession<Stream>::shake_hands() {
    stream_.async_handshake(
        ssl::stream_base::server,
        [self = this->shared_from_this()](const boost::system::error_code& failed) { self->shaken(failed); });
}

template <class Stream>
void StreamSession<Stream>::shaken(const boost::system::error_code& failed) {
    if (closed_) return;
    if (!failed) return greet();
    log::debug("connection_without_tls", {{"why", failed.message()}});
    conversation_->write_down("connect", "no-tls");
    if (speaks_plain_text(failed)) say_needs_tls(socket());
    close();
}

template <class Stream>
void StreamSession<Stream>::greet() {
    greeted_ = true;
    conversation_->greet();
    read();
}

template <class Stream>
void StreamSession<Stream>::read() {
    if (closed_ || finishing_) return output_ready();
    if constexpr (encrypted) {
        stream_.async_read_some(asio::buffer(chunk_), [self = this->shared_from_this()](
                                                          const boost::system::error_code& failed, std::size_t count) {
            self->took(failed, {self->chunk_.data(), count});
        });
    } else {
        stream_.async_wait(Socket::wait_read, [self = this->shared_from_this()](boost::system::error_code failed) {
            Chunk chunk;
            const auto count = failed ? 0 : self->stream_.read_some(asio::buffer(chunk), failed);
            self->took(failed, {chunk.data(), count});
        });
    }
}

template <class Stream>
void StreamSession<Stream>::took(const boost::system::error_code& failed, std::string_view bytes) {
    if (closed_) return;
    if (failed == asio::error::would_block) return read();
    if (failed == asio::error::eof || failed == ssl::error::stream_truncated) {
        conversation_->input_ended();
        return output_ready();
    }
    if (failed) return close();
    try {
        conversation_->receive(bytes);
    } catch (const std::exception& why) {
        log::error("connection_failed", {{"why", why.what()}});
        return close();
    }
    const bool too_much = house_.output_waiting > house_.output_limit;  // also where nothing can be written yet
    if (too_much) output_ready();
    if (conversation_->finished()) return output_ready();
    read();
}

template <class Stream>
void StreamSession<Stream>::expect_hello() {
    timer_.expires_after(hello_limit_);
    timer_.async_wait([weak = this->weak_from_this()](const boost::system::error_code& cancelled) {
        const auto self = weak.lock();
        if (cancelled || !self) return;
        if (!self->greeted_) {  // no handshake, no place: not in an open shop either
            self->conversation_->write_down("connect", "no-tls");
            return self->close();
        }
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
    if (closed_) return;
    auto& outbox = conversation_->outbox();
    if (outbox.hopeless()) {
        conversation_->write_down("connect", "too-much-output");
        return close();
    }
    if (house_.output_waiting > house_.output_limit && house_.drop_worst_reader) house_.drop_worst_reader();
    if (closed_) return;  // it was this one
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
    if constexpr (!encrypted) {
        if (const auto done = write_now(buffers)) return wrote(!*done);
    }
    asio::async_write(stream_, buffers,
                      [self = this->shared_from_this()](const boost::system::error_code& failed, std::size_t) {
                          self->wrote(bool(failed));
                      });
}

template <class Stream>
std::optional<bool> StreamSession<Stream>::write_now(std::vector<asio::const_buffer>& buffers) {
    boost::system::error_code failed;
    auto sent = asio::write(stream_, buffers, failed);
    if (failed != asio::error::would_block) return !failed;
    for (auto& buffer : buffers) {
        const auto gone = std::min(sent, buffer.size());
        buffer += gone;
        sent -= gone;
    }
    return std::nullopt;
}

template <class Stream>
void StreamSession<Stream>::wrote(bool failed) {
    writing_.clear();
    if (failed) return close();
    conversation_->written();
    if (!conversation_->outbox().empty()) return output_ready();  // others have their turn in between
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
    conversation_->outbox().abandon();
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
