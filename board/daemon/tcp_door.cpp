#include "board/daemon/tcp_door.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/session.hpp"
#include "protocol/replies.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <map>
#include <stdexcept>

namespace baytime::daemon {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
/// How long accepting rests when it failed and nobody could be refused.
constexpr std::chrono::milliseconds accept_rest{200};
constexpr int backlog = 512;

/// A file descriptor kept in reserve, so that a connection can still be refused politely when all are used.
class Reserve {
public:
    Reserve() { take(); }
    ~Reserve() { give(); }
    Reserve(const Reserve&) = delete;
    Reserve& operator=(const Reserve&) = delete;
    void take() {
        if (fd_ < 0) fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    void give() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

private:
    int fd_ = -1;
};

Peer peer_of(const tcp::socket& socket) {
    boost::system::error_code gone;
    auto address = socket.remote_endpoint(gone).address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return {.address = address.to_string(), .loopback = !gone && address.is_loopback()};
}

std::string all_places_taken() {
    return fmt::format("this daemon serves {} connections; close one that is not needed, or try again later",
                       max_connections);
}

/// `open`: connections served now. The remedy is the administrator's: systemd and the shell set the limit.
std::string no_descriptor_left(const boost::system::error_code& failed, std::size_t open) {
    const bool ours = failed == boost::system::errc::too_many_files_open;
    return fmt::format("{} has no file descriptor left, with {} connections; close one that is not needed, or raise {}",
                       ours ? "this daemon" : "this machine", open,
                       ours ? "the daemon's limit (LimitNOFILE of systemd, ulimit -n)" : "its limit (fs.file-max)");
}

/// Says why, as well as that goes without waiting, and closes.
void refuse(tcp::socket socket, const std::string& why) {
    const auto text = protocol::words_fault("too-many-connections", why);
    boost::system::error_code ignored;
    std::array<char, 1024> unread{};
    socket.non_blocking(true, ignored);
    // Input left unread would turn the close into a reset, and the peer might never see the reason.
    socket.read_some(asio::buffer(unread), ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    socket.read_some(asio::buffer(unread), ignored);
}

tcp::acceptor listen_at(asio::io_context& io, const std::string& address, std::uint16_t port) {
    try {
        const tcp::endpoint place(asio::ip::make_address(address), port);
        tcp::acceptor acceptor(io);
        acceptor.open(place.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(place);
        acceptor.listen(backlog);
        return acceptor;
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}; is another program there?", address, port,
                                             failure.code().message()));
    }
}

}  // namespace

class TcpDoor::Impl : public std::enable_shared_from_this<TcpDoor::Impl> {
public:
    Impl(asio::io_context& io, House& house, const std::string& address, std::uint16_t port)
        : io_(io), house_(house), acceptor_(listen_at(io, address, port)), rest_(io) {}

    void start() {
        asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), [](const std::exception_ptr& failure) {
            if (failure) log::error("door_failed");
        });
    }

    asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
        while (acceptor_.is_open()) {
            auto [failed, socket] = co_await acceptor_.async_accept(quiet);
            if (failed == asio::error::operation_aborted) co_return;
            if (failed == asio::error::connection_aborted) continue;  // the peer left before we looked
            if (!failed) {
                self->welcome(std::move(socket));
            } else if (!self->refuse_from_reserve(failed)) {
                rest_.expires_after(accept_rest);
                co_await rest_.async_wait(quiet);
            }
        }
    }

    void welcome(tcp::socket socket) {
        if (sessions_.size() >= max_connections) {
            ++refused_;
            log::warn("connection_refused", {{"reason", "too-many-connections"}, {"connections", sessions_.size()}});
            return refuse(std::move(socket), all_places_taken());
        }
        auto peer = peer_of(socket);
        log::debug("connected", {{"peer", peer.address}});
        const auto gone = [weak = weak_from_this()](Session* session) {
            if (const auto self = weak.lock()) self->left(session);
        };
        const auto session = Session::make(io_, socket.release(), house_, std::move(peer), gone);
        sessions_[session.get()] = session;
        session->start();
    }

    /// All file descriptors are used: gives up the reserve to accept one connection and refuse it.
    bool refuse_from_reserve(const boost::system::error_code& failed) {
        ++refused_;
        log::warn("connection_refused", {{"reason", failed.message()}, {"connections", sessions_.size()}});
        if (failed != boost::system::errc::too_many_files_open &&
            failed != boost::system::errc::too_many_files_open_in_system)
            return false;
        reserve_.give();
        boost::system::error_code still;
        {
            tcp::socket socket(acceptor_.get_executor());
            acceptor_.non_blocking(true, still);
            acceptor_.accept(socket, still);
            if (!still) refuse(std::move(socket), no_descriptor_left(failed, sessions_.size()));
        }
        reserve_.take();
        return !still;
    }

    void left(Session* session) {
        if (const auto& device = session->conversation().caller().device()) left_at_[device->id] = house_.steady();
        sessions_.erase(session);
        if (closing_ && sessions_.empty()) finished();
    }

    void close(std::function<void()> done) {
        closing_ = std::move(done);
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        rest_.cancel();
        for (const auto& [key, session] : sessions_) session->finish();
        if (sessions_.empty()) finished();
    }

    void finished() {
        if (auto done = std::exchange(closing_, nullptr)) done();
    }

    asio::io_context& io_;
    House& house_;
    tcp::acceptor acceptor_;
    asio::steady_timer rest_;
    Reserve reserve_;
    std::map<Session*, std::shared_ptr<Session>> sessions_;
    std::map<std::string, Steady::time_point> left_at_;  ///< by device: no more than are configured
    std::uint64_t refused_ = 0;
    std::function<void()> closing_;
};

TcpDoor::TcpDoor(asio::io_context& io, House& house, const std::string& address, std::uint16_t port)
    : impl_(std::make_shared<Impl>(io, house, address, port)) {
    impl_->start();
}

TcpDoor::~TcpDoor() {
    boost::system::error_code ignored;
    impl_->acceptor_.close(ignored);
    const auto open = impl_->sessions_;
    for (const auto& [key, session] : open) session->close();
}

std::string TcpDoor::listening_on() const {
    const auto place = impl_->acceptor_.local_endpoint();
    const auto address = place.address().to_string();
    return fmt::format(fmt::runtime(place.address().is_v6() ? "[{}]:{}" : "{}:{}"), address, place.port());
}

std::size_t TcpDoor::connections() const {
    return impl_->sessions_.size();
}

std::uint64_t TcpDoor::refused() const {
    return impl_->refused_;
}

std::set<std::string> TcpDoor::devices() const {
    std::set<std::string> out;
    for (const auto& [key, session] : impl_->sessions_) {
        if (const auto& device = session->conversation().caller().device()) out.insert(device->id);
    }
    return out;
}

std::optional<Steady::time_point> TcpDoor::left_at(const std::string& device) const {
    const auto found = impl_->left_at_.find(device);
    return found == impl_->left_at_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t TcpDoor::output_unread() const {
    std::size_t bytes = 0;
    for (const auto& [key, session] : impl_->sessions_) bytes += session->conversation().outbox().waiting();
    return bytes;
}

void TcpDoor::dismiss_unwelcome() {
    for (const auto& [key, session] : impl_->sessions_) {
        if (!session->conversation().still_welcome()) session->finish();
    }
}

void TcpDoor::close(std::function<void()> done) {
    impl_->close(std::move(done));
}

}  // namespace baytime::daemon
