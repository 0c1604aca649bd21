// Runs the plan of one sign on its port: one coroutine opens, writes and waits, a second one reads, so that an answer
// or an unplug is seen at once. What to do next is decided in link_plan.cpp.
#include "display-drivers/signs/link_plan.hpp"

#include <boost/asio.hpp>

#include <algorithm>
#include <array>
#include <csignal>

namespace baytime::signs {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Wire = asio::posix::stream_descriptor;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t max_answer_bytes = 16 * 1024;  ///< more is noise
constexpr std::size_t bits_per_byte = 10;            ///< start and stop bit included

/// For the end of a coroutine. A failure there is a bug, not a broken wire: it must not pass unseen.
void rethrow(const std::exception_ptr& failure) {
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

class SignLink::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(asio::io_context& io, SignSettings settings, SignLog log, const LinkTiming& timing)
        : io_(io),
          log_(std::move(log)),
          plan_(
              std::move(settings), [this](LogLevel level, const std::string& text) { say(level, text); }, timing),
          timing_(timing),
          wake_timer_(io),
          stop_timer_(io) {}

    void start() { asio::co_spawn(io_, run(shared_from_this()), rethrow); }
    void wake() { wake_timer_.cancel(); }
    void stop(Page neutral, std::function<void()> done);
    void finish();
    LinkPlan& plan() { return plan_; }
    void trace(SignTrace hook) { trace_ = std::move(hook); }

private:
    static asio::awaitable<void> run(std::shared_ptr<Impl> self);
    static asio::awaitable<void> read(std::shared_ptr<Impl> self, std::shared_ptr<Wire> wire);
    asio::awaitable<bool> open();
    asio::awaitable<int> connect();
    asio::awaitable<void> session();
    asio::awaitable<bool> send(Packet packet);
    asio::awaitable<std::optional<Answer>> ask(Question question);
    asio::awaitable<void> wait_until(Clock::time_point deadline);
    asio::awaitable<void> rest(Clock::duration time);

    Clock::time_point in(Clock::duration time) const { return Clock::now() + plan_.scaled(time); }
    bool alive() const { return wire_ && !lost_ && !ended_; }
    void close();
    void lose(const std::string& kind, const std::string& sentence);
    void say(LogLevel level, const std::string& text);
    void tell(TraceEntry::Kind kind, std::span<const std::uint8_t> bytes, const std::string& note = {}) const;

    asio::io_context& io_;
    SignLog log_;
    SignTrace trace_;
    LinkPlan plan_;
    LinkTiming timing_;
    asio::steady_timer wake_timer_, stop_timer_;
    std::function<void()> done_;
    std::shared_ptr<Wire> wire_;
    Bytes inbox_;
    bool lost_ = false, ended_ = false, stopping_ = false;
};

void SignLink::Impl::stop(Page neutral, std::function<void()> done) {
    if (ended_ || stopping_) {
        if (done) asio::post(io_, std::move(done));
        return;
    }
    plan_.stop(std::move(neutral));
    stopping_ = true;
    done_ = std::move(done);
    const auto too_late = [weak = weak_from_this()](boost::system::error_code cancelled) {
        const auto self = weak.lock();
        if (!cancelled && self) self->finish();
    };
    // Nothing can be shown while the port is away.
    stop_timer_.expires_at(wire_ ? in(timing_.stop) : Clock::now());
    stop_timer_.async_wait(too_late);
    wake();
}

void SignLink::Impl::finish() {
    if (ended_) return;
    ended_ = true;
    plan_.state(LinkState::stopped);
    close();
    stop_timer_.cancel();
    wake();
    if (done_) asio::post(io_, std::exchange(done_, nullptr));
}

void SignLink::Impl::close() {
    if (!wire_) return;
    boost::system::error_code ignored;
    wire_->close(ignored);
    wire_.reset();
}

void SignLink::Impl::lose(const std::string& kind, const std::string& sentence) {
    if (!lost_ && !ended_) plan_.note(kind, sentence);
    lost_ = true;
    plan_.lost();
    wake();
}

void SignLink::Impl::say(LogLevel level, const std::string& text) {
    tell(TraceEntry::Kind::note, {}, text);
    if (log_) log_(level, text);
}

void SignLink::Impl::tell(TraceEntry::Kind kind, std::span<const std::uint8_t> bytes, const std::string& note) const {
    if (!trace_) return;
    const auto hook = trace_;  // it may take another's place while it runs
    hook({.at = std::chrono::system_clock::now(), .kind = kind, .bytes = {bytes.begin(), bytes.end()}, .note = note});
}

asio::awaitable<void> SignLink::Impl::run(std::shared_ptr<Impl> self) {
    Clock::duration pause = self->timing_.reopen_least;
    while (!self->ended_ && !self->stopping_) {
        self->plan_.state(LinkState::opening);
        const bool opened = co_await self->open();
        if (opened && !self->ended_) {
            const auto pages_before = self->plan_.health().pages;
            co_await self->session();
            self->close();
            if (self->plan_.health().pages != pages_before) pause = self->timing_.reopen_least;
        }
        if (self->ended_ || self->stopping_) break;
        self->plan_.state(LinkState::waiting);
        self->plan_.retried();
        self->lost_ = false;
        co_await self->rest(pause);
        pause = std::min<Clock::duration>(pause * 2, self->timing_.reopen_most);
    }
    self->finish();
}

asio::awaitable<bool> SignLink::Impl::open() {
    lost_ = false;
    int fd = -1;
    try {
        if (plan_.settings().port.kind == PortKind::tcp) {
            fd = co_await connect();
        } else {
            fd = open_device(plan_.settings().port);
        }
        wire_ = std::make_shared<Wire>(io_, fd);
    } catch (const PortError& error) {
        plan_.note(error.kind, error.what());
    }
    co_return wire_ != nullptr;
}

asio::awaitable<int> SignLink::Impl::connect() {
    using asio::ip::tcp;
    // Writing to a connection the other side has closed must be an error, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    const PortSettings port = plan_.settings().port;
    const auto resolver = std::make_shared<tcp::resolver>(io_);
    const auto socket = std::make_shared<tcp::socket>(io_);
    asio::steady_timer limit(io_, plan_.scaled(timing_.connect));
    const auto give_up = [resolver, socket](boost::system::error_code cancelled) {
        if (cancelled) return;
        resolver->cancel();
        boost::system::error_code ignored;
        socket->close(ignored);
    };
    limit.async_wait(give_up);
    const auto [unknown, places] = co_await resolver->async_resolve(port.path, port.tcp_port, quiet);
    if (unknown) throw PortError("missing", port_name(port) + " is not known: " + unknown.message());
    const auto [failed, place] = co_await asio::async_connect(*socket, places, quiet);
    if (failed) throw PortError("missing", port_name(port) + " does not answer: " + failed.message());
    boost::system::error_code ignored;
    socket->set_option(tcp::no_delay(true), ignored);
    socket->set_option(asio::socket_base::keep_alive(true), ignored);
    co_return socket->release();
}

asio::awaitable<void> SignLink::Impl::read(std::shared_ptr<Impl> self, std::shared_ptr<Wire> wire) {
    std::array<std::uint8_t, 512> chunk{};
    while (true) {
        const auto [failed, count] = co_await wire->async_read_some(asio::buffer(chunk), quiet);
        if (failed || self->wire_ != wire) break;
        if (self->inbox_.size() > max_answer_bytes) self->inbox_.clear();
        self->tell(TraceEntry::Kind::received, std::span(chunk).first(count));
        self->inbox_.insert(self->inbox_.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(count));
        self->wake();
    }
    if (self->wire_ == wire) self->lose("lost", "the port was unplugged or closed");
}

asio::awaitable<void> SignLink::Impl::session() {
    plan_.opened();
    tell(TraceEntry::Kind::note, {}, port_name(plan_.settings().port) + " is open");
    asio::co_spawn(io_, read(shared_from_this(), wire_), rethrow);
    while (alive()) {
        const LinkStep step = plan_.next(Clock::now());
        if (step.kind == LinkStep::Kind::done) break;
        if (step.kind == LinkStep::Kind::send) {
            const bool sent = co_await send(step.packet);
            if (sent) plan_.sent(step.packet);
        } else if (step.kind == LinkStep::Kind::ask) {
            const auto answer = co_await ask(step.question);
            if (alive()) plan_.answered(step.question, answer, Clock::now());
        } else {
            co_await wait_until(step.until);
        }
    }
    plan_.lost();
}

/// Never more than one frame on the wire: returns when the line has had time for the bytes and the sign its pause.
asio::awaitable<bool> SignLink::Impl::send(Packet packet) {
    const auto wire = wire_;
    asio::steady_timer limit(io_, plan_.scaled(timing_.write));
    const auto give_up = [wire](boost::system::error_code cancelled) {
        boost::system::error_code ignored;
        if (!cancelled) wire->cancel(ignored);
    };
    limit.async_wait(give_up);
    tell(TraceEntry::Kind::sent, packet.bytes);
    const auto [failed, count] = co_await asio::async_write(*wire, asio::buffer(packet.bytes), quiet);
    limit.cancel();
    if (failed) {
        lose("write", "writing failed: " + failed.message());
        co_return false;
    }
    const auto baud = static_cast<std::size_t>(plan_.settings().port.baud);
    const auto line_time = std::chrono::microseconds(count * bits_per_byte * 1'000'000 / baud);
    co_await rest(line_time + packet.pause_after);
    co_return alive();
}

/// Nothing when no whole answer came in time.
asio::awaitable<std::optional<Answer>> SignLink::Impl::ask(Question question) {
    inbox_.clear();
    const auto packets = plan_.driver().ask(question, plan_.settings().setup);
    for (std::size_t i = 0; i < packets.size() && alive(); ++i) co_await send(packets[i]);
    const auto deadline = in(timing_.answer);
    while (alive()) {
        const auto answer = plan_.driver().judge(question, inbox_, plan_.settings().setup);
        if (answer != Answer::partial) co_return answer;
        if (Clock::now() >= deadline) break;
        co_await wait_until(deadline);
    }
    co_return std::nullopt;
}

/// Until the deadline, or until something has happened.
asio::awaitable<void> SignLink::Impl::wait_until(Clock::time_point deadline) {
    wake_timer_.expires_at(deadline);
    co_await wake_timer_.async_wait(quiet);
}

/// The whole time, except when the port is lost; a back-off also ends at stop.
asio::awaitable<void> SignLink::Impl::rest(Clock::duration time) {
    const auto deadline = in(time);
    while (!lost_ && !ended_ && Clock::now() < deadline && !(stopping_ && !wire_)) co_await wait_until(deadline);
}

SignLink::SignLink(asio::io_context& io, SignSettings settings, SignLog log, LinkTiming timing)
    : impl_(std::make_shared<Impl>(io, std::move(settings), std::move(log), timing)) {
    impl_->start();
}

SignLink::~SignLink() {
    impl_->finish();
}

void SignLink::show(Page page) {
    impl_->plan().show(std::move(page));
    impl_->wake();
}

void SignLink::set_brightness(int percent) {
    impl_->plan().set_brightness(percent);
    impl_->wake();
}

void SignLink::set_clock(SignClock clock) {
    impl_->plan().set_clock(clock);
    impl_->wake();
}

void SignLink::stop(Page neutral, std::function<void()> done) {
    impl_->stop(std::move(neutral), std::move(done));
}

void SignLink::trace(SignTrace hook) {
    impl_->trace(std::move(hook));
}

SignHealth SignLink::health() const {
    return impl_->plan().health();
}

const SignSettings& SignLink::settings() const {
    return impl_->plan().settings();
}

}  // namespace baytime::signs
