#include "board/daemon/metrics_door.hpp"

#include "board/daemon/log.hpp"
#include "protocol/metrics.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <fmt/format.h>

#include <array>
#include <list>
#include <stdexcept>

namespace baytime::daemon {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
/// How long accepting rests when it failed.
constexpr std::chrono::milliseconds accept_rest{200};
/// Said, and written down, of another computer before a device has a token.
constexpr const char* no_tokens = "no-tokens";

using Request = http::request_parser<http::empty_body>;
using Answer = http::response<http::string_body>;

tcp::acceptor listen_at(asio::io_context& io, const MetricsSettings& settings) {
    try {
        const tcp::endpoint place(asio::ip::make_address(settings.address), settings.port);
        return tcp::acceptor(io, place);
    } catch (const std::exception& failure) {
        throw std::runtime_error(fmt::format("cannot serve [metrics] on {}:{}: {}; is another program there?",
                                             settings.address, settings.port, failure.what()));
    }
}

Answer plain(http::status status, const std::string& sentence) {
    Answer answer(status, 11);
    answer.set(http::field::server, "baytimed");
    answer.set(http::field::content_type, "text/plain; charset=utf-8");
    answer.keep_alive(false);
    if (status == http::status::method_not_allowed) answer.set(http::field::allow, "GET");
    answer.body() = sentence + "\n";
    answer.prepare_payload();
    return answer;
}

/// Whether the client sent something that can be answered, and did not just leave or stay silent.
bool said_something(const boost::system::error_code& wrong) {
    static const boost::system::error_code one = http::error::bad_method;
    return !wrong || (wrong.category() == one.category() && wrong != http::error::end_of_stream &&
                      wrong != http::error::partial_message);
}

Answer refusal_of(const boost::system::error_code& wrong) {
    if (wrong == http::error::header_limit || wrong == http::error::buffer_overflow)
        return plain(http::status::request_header_fields_too_large,
                     fmt::format("a request has at most {} bytes", max_metrics_request_bytes));
    if (wrong == http::error::bad_version) return plain(http::status::http_version_not_supported, "HTTP/1.1 or 1.0");
    return plain(http::status::bad_request, "this is no request of HTTP");
}

Answer answer_to(const http::request<http::empty_body>& request, const MetricsDoor::Health& health) {
    if (request.method() != http::verb::get) return plain(http::status::method_not_allowed, "only GET");
    if (request.target() != "/metrics") return plain(http::status::not_found, "the figures are at /metrics");
    auto answer = plain(http::status::ok, "");
    answer.set(http::field::content_type, protocol::metrics_type);
    answer.body() = protocol::metrics_text(protocol::result_object(health()));
    answer.prepare_payload();
    return answer;
}

/// Counts one that is open, also when its answer fails.
class Counted {
public:
    explicit Counted(std::size_t& open) : open_(open) { ++open_; }
    ~Counted() { --open_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    std::size_t& open_;
};

/// Those that have not asked yet, the oldest first.
using Silent = std::list<beast::tcp_stream*>;

/// One of them, until it has asked.
class Listed {
public:
    Listed(Silent& silent, beast::tcp_stream& stream) : silent_(silent), stream_(&stream) {
        silent_.push_back(stream_);
    }
    ~Listed() { end(); }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;
    void end() { silent_.remove(stream_); }

private:
    Silent& silent_;
    beast::tcp_stream* stream_;
};

void report(const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& why) {
        log::error("metrics_failed", {{"why", why.what()}});
    }
}

}  // namespace

class MetricsDoor::Impl : public std::enable_shared_from_this<MetricsDoor::Impl> {
public:
    Impl(asio::io_context& io, Health health, Opened opened, WriteDown turned_away, const MetricsSettings& settings)
        : health_(std::move(health)),
          opened_(std::move(opened)),
          turned_away_(std::move(turned_away)),
          acceptor_(listen_at(io, settings)),
          rest_(io) {}

    void start() { asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), report); }
    void close() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        rest_.cancel();
        health_ = nullptr;  // what it and the others look at is gone
    }
    tcp::endpoint place() const { return acceptor_.local_endpoint(); }

private:
    asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
        while (self->acceptor_.is_open()) {
            auto [failed, socket] = co_await acceptor_.async_accept(quiet);
            if (failed == asio::error::operation_aborted) co_return;
            if (failed) {
                rest_.expires_after(accept_rest);
                co_await rest_.async_wait(quiet);
            } else if (has_place()) {
                asio::co_spawn(acceptor_.get_executor(), serve(self, std::move(socket)), report);
            }
        }
    }

    /// Makes one when all are taken.
    bool has_place() {
        if (open_ < max_metrics_connections) return true;
        if (silent_.empty()) return false;
        silent_.front()->close();  // its reading ends with that
        silent_.pop_front();
        return true;
    }

    /// To whoever has said something, right or wrong.
    Answer answer_for(const tcp::socket& socket, const boost::system::error_code& wrong, const Request& request) {
        boost::system::error_code gone;
        const auto peer = socket.remote_endpoint(gone).address();
        if (opened_() || (!gone && peer.is_loopback()))
            return wrong ? refusal_of(wrong) : answer_to(request.get(), health_);
        if (turned_away_)
            turned_away_({.peer = peer.to_string(), .device = {}, .person = {}, .verb = "connect", .token = no_tokens});
        return plain(http::status::forbidden,
                     no_tokens + std::string(": only this daemon's own computer is served until "
                                             "a device has a token"));
    }

    asio::awaitable<void> serve(std::shared_ptr<Impl> self, tcp::socket socket) {
        const Counted counted(self->open_);
        beast::tcp_stream stream(std::move(socket));
        Listed silent(self->silent_, stream);
        stream.expires_after(metrics_request_deadline);
        beast::flat_buffer buffer(max_metrics_request_bytes);
        Request request;
        request.header_limit(max_metrics_request_bytes);
        request.body_limit(boost::none);  // it is not read
        const auto [wrong, read] = co_await http::async_read_header(stream, buffer, request, quiet);
        silent.end();
        if (!said_something(wrong) || !self->health_) co_return;
        stream.expires_after(metrics_deadline);
        auto answer = self->answer_for(stream.socket(), wrong, request);
        const auto [unwritten, written] = co_await http::async_write(stream, answer, quiet);
        if (unwritten) co_return;
        boost::system::error_code ignored;
        stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
        // What still comes is read, for else the client gets a reset and loses the answer; a newcomer may end that.
        const Listed leaving(self->silent_, stream);
        stream.expires_after(metrics_request_deadline);
        std::array<char, 4096> rest{};
        bool more = true;
        for (std::size_t drained = 0; more && drained < max_metrics_drained_bytes;) {
            const auto [ended, count] = co_await stream.async_read_some(asio::buffer(rest), quiet);
            drained += count;
            more = !ended;
        }
    }

    Health health_;
    Opened opened_;
    WriteDown turned_away_;
    tcp::acceptor acceptor_;
    asio::steady_timer rest_;
    std::size_t open_ = 0;
    Silent silent_;
};

MetricsDoor::MetricsDoor(asio::io_context& io, Health health, Opened opened, WriteDown turned_away,
                         const MetricsSettings& settings)
    : impl_(std::make_shared<Impl>(io, std::move(health), std::move(opened), std::move(turned_away), settings)) {
    impl_->start();
    log::info("metrics", {{"listening", listening_on()}});
}

MetricsDoor::~MetricsDoor() {
    impl_->close();
}

std::string MetricsDoor::listening_on() const {
    const auto place = impl_->place();
    const auto address = place.address().to_string();
    return fmt::format(fmt::runtime(place.address().is_v6() ? "[{}]:{}" : "{}:{}"), address, place.port());
}

}  // namespace baytime::daemon
