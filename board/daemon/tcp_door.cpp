#include "board/daemon/tcp_door.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/session.hpp"
#include "protocol/replies.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
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
/// Connections that the kernel keeps until they are accepted; it may keep fewer (net.core.somaxconn).
constexpr int backlog = 4096;
/// Connections taken in one go before anybody else has his turn. In a rush the kernel's queue must not overflow: who
/// finds it full tries again after a second at the earliest.
constexpr int accepted_at_once = 64;

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

Peer peer_of(const tcp::socket& socket, bool encrypted) {
    boost::system::error_code gone;
    auto address = socket.remote_endpoint(gone).address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return {.address = address.to_string(), .loopback = !gone && address.is_loopback(), .encrypted = encrypted};
}

Refused no_tokens() {
    return {"no-tokens",
            "this daemon serves its own computer alone until a device has a token; there: baytimed --add-token NAME "
            "--kind full, then a reload",
            identity_code};
}

/// `open`: connections served now. The remedy is the administrator's: systemd and the shell set the limit.
std::string no_descriptor_left(const boost::system::error_code& failed, std::size_t open) {
    const bool ours = failed == boost::system::errc::too_many_files_open;
    return fmt::format("{} has no file descriptor left, with {} connections; close one that is not needed, or raise {}",
                       ours ? "this daemon" : "this machine", open,
                       ours ? "the daemon's limit (LimitNOFILE of systemd, ulimit -n)" : "its limit (fs.file-max)");
}

/// Says why, as well as that goes without waiting, and closes. In plain text also where TLS is expected: there is no
/// time for a handshake, and our clients look.
void refuse(tcp::socket socket, const Refused& why) {
    const auto text = protocol::words_fault(why.token, why.sentence);
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
        acceptor.non_blocking(true);  // of what waits, as much is taken as there is
        return acceptor;
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}; is another program there?", address, port,
                                             failure.code().message()));
    }
}

}  // namespace

class TcpDoor::Impl : public std::enable_shared_from_this<TcpDoor::Impl> {
public:
    struct Listener {
        tcp::acceptor acceptor;
        asio::steady_timer rest;
        std::shared_ptr<asio::ssl::context> tls;
    };

    Impl(asio::io_context& io, House& house, const std::vector<DoorPlace>& places) : io_(io), house_(house) {
        for (const auto& place : places)
            listeners_.push_back(std::make_unique<Listener>(
                Listener{listen_at(io, place.address, place.port), asio::steady_timer(io), place.tls}));
    }

    void start() {
        for (const auto& listener : listeners_)
            asio::co_spawn(io_, accept(shared_from_this(), *listener), [](const std::exception_ptr& failure) {
                if (failure) log::error("door_failed");
            });
    }

    asio::awaitable<void> accept(std::shared_ptr<Impl> self, Listener& listener) {
        while (listener.acceptor.is_open()) {
            auto [failed, socket] = co_await listener.acceptor.async_accept(quiet);
            if (failed == asio::error::operation_aborted) co_return;
            if (failed == asio::error::connection_aborted) continue;  // the peer left before we looked
            if (!failed) {
                self->welcome(std::move(socket), listener);
                self->welcome_all_waiting(listener);
            } else if (!self->refuse_from_reserve(listener, failed)) {
                listener.rest.expires_after(accept_rest);
                co_await listener.rest.async_wait(quiet);
            }
        }
    }

    void welcome(tcp::socket socket, const Listener& listener) {
        auto peer = peer_of(socket, listener.tls != nullptr);
        make_room_among_strangers();
        if (const auto why = unwelcome(peer)) {
            turn_away(peer.address, *why);
            return refuse(std::move(socket), *why);
        }
        log::debug("connected", {{"peer", peer.address}});
        const auto number = ++newest_;
        const auto gone = [weak = weak_from_this(), number](Session* session) {
            if (const auto self = weak.lock()) self->left(number, session);
        };
        const auto session = Session::make(io_, socket.release(), house_, std::move(peer), gone, listener.tls);
        sessions_[number] = session;
        session->start();
    }

    void welcome_all_waiting(Listener& listener) {
        for (int i = 1; i < accepted_at_once; ++i) {
            boost::system::error_code none;
            tcp::socket socket(io_);
            listener.acceptor.accept(socket, none);
            if (none) return;  // nobody waits; any other failure comes again with the next one awaited
            welcome(std::move(socket), listener);
        }
    }

    Taken taken(const std::string& address, const std::string& device) const {
        Taken out{.all = sessions_.size()};
        for (const auto& [key, session] : sessions_) {
            const auto& caller = session->conversation().caller();
            const auto& peer = caller.peer();
            if (peer.address == address) {
                ++out.of_address;
                if (!caller.known()) ++out.unknown_of_address;
            }
            if (!peer.loopback && caller.device() && caller.device()->id == device) ++out.of_device;
        }
        return out;
    }

    std::optional<Refused> unwelcome(const Peer& peer) {
        if (!peer.loopback && !house_.settings->has_tokens()) return no_tokens();
        return told(no_place(peer, taken(peer.address, {})));
    }

    /// A connection shows a token.
    std::optional<Refused> refused_as(const Caller& caller, const Device& device) {
        const auto& peer = caller.peer();
        auto why = told(no_place_as(device, peer, caller.known(), taken(peer.address, device.id)));
        if (!why) return why;
        ++refused_;
        say_refused(why->token);
        return why;
    }

    std::optional<Refused> told(std::optional<NoPlace> none) {
        if (!none) return std::nullopt;
        remember(std::move(none->shortage));
        return std::move(none->why);
    }

    void make_room_among_strangers() {
        std::vector<std::string> addresses;
        std::vector<std::shared_ptr<Session>> strangers;
        for (const auto& [number, session] : sessions_) {
            const auto& caller = session->conversation().caller();
            if (caller.known()) continue;
            addresses.push_back(caller.peer().address);
            strangers.push_back(session);
        }
        const auto leaves = stranger_to_leave(addresses);
        if (!leaves) return;
        remember({.about = addresses[*leaves], .taken = strangers.size()});
        ++refused_;
        say_refused("too-many-connections");
        strangers[*leaves]->conversation().write_down("connect", "too-many-connections");
        strangers[*leaves]->close();
    }

    void remember(Shortage shortage) {
        shortage_ = std::move(shortage);
        shortage_at_ = house_.steady();
    }

    void drop_worst_reader() {
        while (house_.output_waiting > house_.output_limit && !sessions_.empty()) {
            const auto worst = std::ranges::max_element(sessions_, {}, [](const auto& one) {
                                   return one.second->conversation().outbox().waiting();
                               })->second;
            auto& conversation = worst->conversation();
            const auto& peer = conversation.caller().peer().address;
            if (readers_said_.say(peer, house_.steady()))
                log::warn("connection_dropped", {{"peer", peer},
                                                 {"unread", conversation.outbox().waiting()},
                                                 {"unread_of_all", house_.output_waiting}});
            conversation.write_down("connect", "too-much-output");
            worst->close();
        }
    }

    void say_refused(const std::string& reason) {
        if (!refusals_said_.say("", house_.steady())) return;
        log::warn("connection_refused",
                  {{"reason", reason}, {"connections", sessions_.size()}, {"refused_so_far", refused_}});
    }

    void turn_away(const std::string& peer, const Refused& why) {
        ++refused_;
        say_refused(why.token);
        write_down(peer, why.token);
    }

    void write_down(const std::string& peer, const std::string& token) const {
        if (house_.turned_away)
            house_.turned_away({.peer = peer, .device = {}, .person = {}, .verb = "connect", .token = token});
    }

    /// All file descriptors are used: gives up the reserve to accept one connection and refuse it.
    bool refuse_from_reserve(Listener& listener, const boost::system::error_code& failed) {
        ++refused_;
        say_refused(failed.message());
        if (failed != boost::system::errc::too_many_files_open &&
            failed != boost::system::errc::too_many_files_open_in_system)
            return false;
        remember({.about = {}, .taken = sessions_.size()});
        reserve_.give();
        boost::system::error_code still;
        std::string peer;
        {
            tcp::socket socket(io_);
            listener.acceptor.accept(socket, still);
            if (!still) {
                peer = peer_of(socket, false).address;
                refuse(std::move(socket),
                       {"too-many-connections", no_descriptor_left(failed, sessions_.size()), limit_code});
            }
        }
        if (!still) write_down(peer, "too-many-connections");  // which needs the descriptor for its file
        reserve_.take();
        return !still;
    }

    void left(std::uint64_t number, Session* session) {
        if (const auto& device = session->conversation().caller().device()) left_at_[device->id] = house_.steady();
        sessions_.erase(number);
        if (closing_ && sessions_.empty()) finished();
    }

    void close(std::function<void()> done) {
        closing_ = std::move(done);
        stop_listening();
        // One that has nothing to write leaves at once, and with it the map.
        const auto open = sessions_;
        for (const auto& [key, session] : open) session->finish();
        if (sessions_.empty()) finished();
    }

    void stop_listening() {
        boost::system::error_code ignored;
        for (const auto& listener : listeners_) {
            listener->acceptor.close(ignored);
            listener->rest.cancel();
        }
    }

    void finished() {
        if (auto done = std::exchange(closing_, nullptr)) done();
    }

    asio::io_context& io_;
    House& house_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    Reserve reserve_;
    std::map<std::uint64_t, std::shared_ptr<Session>> sessions_;  ///< the oldest first
    std::uint64_t newest_ = 0;
    std::map<std::string, Steady::time_point> left_at_;  ///< by device: no more than are configured
    std::uint64_t refused_ = 0;
    std::optional<Shortage> shortage_;
    Steady::time_point shortage_at_{};
    Seldom refusals_said_, readers_said_;
    std::function<void()> closing_;
};

TcpDoor::TcpDoor(asio::io_context& io, House& house, const std::vector<DoorPlace>& places)
    : impl_(std::make_shared<Impl>(io, house, places)) {
    house.drop_worst_reader = [weak = std::weak_ptr(impl_)] {
        if (const auto door = weak.lock()) door->drop_worst_reader();
    };
    house.refused_as = [weak = std::weak_ptr(impl_)](const Caller& caller, const Device& device) {
        const auto door = weak.lock();
        return door ? door->refused_as(caller, device) : std::nullopt;
    };
    impl_->start();
}

TcpDoor::~TcpDoor() {
    impl_->stop_listening();
    const auto open = impl_->sessions_;
    for (const auto& [key, session] : open) session->close();
}

std::vector<std::string> TcpDoor::listening_on() const {
    std::vector<std::string> out;
    for (const auto& listener : impl_->listeners_) {
        const auto place = listener->acceptor.local_endpoint();
        const auto address = place.address().to_string();
        out.push_back(fmt::format(fmt::runtime(place.address().is_v6() ? "[{}]:{}" : "{}:{}"), address, place.port()));
    }
    return out;
}

std::size_t TcpDoor::connections() const {
    return impl_->sessions_.size();
}

std::uint64_t TcpDoor::refused() const {
    return impl_->refused_;
}

std::optional<Shortage> TcpDoor::shortage() const {
    const bool recent = impl_->shortage_ && impl_->house_.steady() - impl_->shortage_at_ < shortage_told;
    return recent ? impl_->shortage_ : std::nullopt;
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

void TcpDoor::dismiss_unwelcome() {
    const auto open = impl_->sessions_;
    for (const auto& [key, session] : open) {
        if (!session->conversation().still_welcome()) session->dismiss(token_revoked());
    }
}

void TcpDoor::close(std::function<void()> done) {
    impl_->close(std::move(done));
}

}  // namespace baytime::daemon
