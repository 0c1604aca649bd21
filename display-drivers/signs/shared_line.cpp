#include "display-drivers/signs/shared_line.hpp"

#include <boost/asio.hpp>

#include <algorithm>
#include <array>

namespace baytime::signs {

namespace asio = boost::asio;
using Clock = LineWire::Clock;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t max_answer_bytes = 16 * 1024;  ///< more is noise
constexpr std::chrono::hours longest_wait{1};
/// The longest time for which a sign waits for the rest of a frame is a second (Alpha; for others it is not known).
constexpr std::chrono::milliseconds cut_frame{1'100};

/// For the end of a coroutine. A failure there is a bug, not a broken wire: it must not pass unseen.
void rethrow(const std::exception_ptr& failure) {
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

LineMember::LineMember(asio::io_context& io, std::uint64_t number, SignSettings settings, SignLog log_to,
                       LinkTiming timing)
    : id(number),
      log(std::move(log_to)),
      plan(
          std::move(settings),
          [this](LogLevel level, const std::string& text) {
              tell(TraceEntry::Kind::note, {}, text);
              if (log) log(level, text);
          },
          timing),
      stop_timer(io) {}

void LineMember::tell(TraceEntry::Kind kind, std::span<const std::uint8_t> bytes, const std::string& note) const {
    if (!trace) return;
    const auto hook = trace;  // another may take its place while it runs
    hook({.at = std::chrono::system_clock::now(), .kind = kind, .bytes = {bytes.begin(), bytes.end()}, .note = note});
}

SharedLine::Seat SharedLine::join(SignSettings settings, SignLog log) {
    auto seat = std::make_shared<LineMember>(io_, ++joined_, std::move(settings), std::move(log), timing_);
    seats_.push_back(seat);
    if (!running_) {
        running_ = true;
        asio::co_spawn(io_, run(shared_from_this()), rethrow);
    } else if (wire_.is_open()) {
        seat->plan.opened(wire_.speed());
    }
    wake();
    return seat;
}

void SharedLine::stop(const Seat& seat, Page neutral, std::function<void()> done) {
    if (seat->ended || seat->stopping) {
        if (done) asio::post(io_, std::move(done));
        return;
    }
    seat->plan.stop(std::move(neutral));
    seat->stopping = true;
    seat->done = std::move(done);
    const auto too_late = [line = shared_from_this(), seat](boost::system::error_code cancelled) {
        if (!cancelled) line->leave(seat);
    };
    // Nothing can be shown while the port is away.
    seat->stop_timer.expires_at(wire_.is_open() ? wire_.in(timing_.stop) : Clock::now());
    seat->stop_timer.async_wait(too_late);
    wake();
}

void SharedLine::leave(const Seat& seat) {
    if (std::exchange(seat->ended, true)) return;
    seat->plan.state(LinkState::stopped);
    seat->stop_timer.cancel();
    std::erase(seats_, seat);
    turns_.forget(seat->id);
    if (holder_ == seat) holder_.reset();
    if (seats_.empty()) wire_.close();
    if (seat->done) asio::post(io_, std::exchange(seat->done, nullptr));
    wake();
}

void SharedLine::each(void (*what)(LinkPlan& plan)) {
    for (const Seat& seat : seats_) what(seat->plan);
}

std::uint64_t SharedLine::pages() const {
    std::uint64_t sum = 0;
    for (const Seat& seat : seats_) sum += seat->plan.health().pages;
    return sum;
}

void SharedLine::lose(const std::string& kind, const std::string& sentence) {
    if (!lost_) {
        for (const Seat& seat : seats_) seat->plan.note(kind, sentence);
    }
    lost_ = true;
    each([](LinkPlan& plan) { plan.lost(); });
    wake();
}

asio::awaitable<void> SharedLine::run(std::shared_ptr<SharedLine> self) {
    Clock::duration pause = self->timing_.reopen_least;
    while (!self->seats_.empty()) {
        self->each([](LinkPlan& plan) { plan.state(LinkState::opening); });
        const bool opened = co_await self->open();
        if (opened) {
            const auto before = self->pages();
            co_await self->session();
            // A frame that was cut short must be forgotten before the next one comes.
            self->quiet_until_ = self->wire_.in(cut_frame);
            self->wire_.close();
            if (self->pages() != before) pause = self->timing_.reopen_least;
        }
        if (self->seats_.empty()) break;
        self->each([](LinkPlan& plan) { plan.state(LinkState::waiting); });
        self->each([](LinkPlan& plan) { plan.retried(); });
        self->lost_ = false;
        const auto until = self->wire_.in(pause);
        while (!self->seats_.empty() && Clock::now() < until) co_await self->wire_.wait_until(until);
        pause = std::min<Clock::duration>(pause * 2, self->timing_.reopen_most);
    }
    self->wire_.close();
    self->running_ = false;
}

asio::awaitable<bool> SharedLine::open() {
    lost_ = false;
    try {
        co_await wire_.open();
    } catch (const PortError& error) {
        for (const Seat& seat : seats_) seat->plan.note(error.kind, error.what());
        each([](LinkPlan& plan) { plan.lost(); });
    }
    if (wire_.is_open() && wire_.port().auto_baud && found_speed_ != 0) wire_.set_speed(found_speed_);
    co_return wire_.is_open();
}

asio::awaitable<void> SharedLine::read(std::shared_ptr<SharedLine> self, LineWire::Stream stream) {
    std::array<std::uint8_t, 512> chunk{};
    while (true) {
        const auto [failed, count] = co_await stream->async_read_some(asio::buffer(chunk), quiet);
        if (failed || self->wire_.stream() != stream) break;
        self->received(std::span(chunk).first(count));
    }
    if (self->wire_.stream() == stream) self->lose("lost", "the port was unplugged or closed");
}

void SharedLine::received(std::span<const std::uint8_t> bytes) {
    for (const Seat& seat : seats_) {
        if (seat == asked_ || !asked_) seat->tell(TraceEntry::Kind::received, bytes);
    }
    if (inbox_.size() > max_answer_bytes) inbox_.clear();
    inbox_.insert(inbox_.end(), bytes.begin(), bytes.end());
    wake();
}

asio::awaitable<void> SharedLine::session() {
    holder_.reset();
    for (const Seat& seat : seats_) {
        seat->rest_until = {};
        seat->plan.opened(wire_.speed());
        seat->tell(TraceEntry::Kind::note, {}, port_name(wire_.port()) + " is open");
    }
    asio::co_spawn(io_, read(shared_from_this(), wire_.stream()), rethrow);
    while (alive()) {
        const Choice choice = choose();
        if (!choice.seat) {
            co_await wire_.wait_until(choice.step.until);
        } else if (choice.step.kind == LinkStep::Kind::done) {
            leave(choice.seat);
        } else {
            co_await serve(choice.seat, choice.step);
        }
        if (alive() && search_due()) co_await search();
    }
    each([](LinkPlan& plan) { plan.lost(); });
}

SharedLine::Choice SharedLine::choose() {
    const Moment now = Clock::now();
    Choice none;
    none.step.until = now + longest_wait;
    if (now < quiet_until_) {
        none.step.until = quiet_until_;
        return none;
    }
    std::vector<Waiting> waiting;
    std::map<std::uint64_t, Choice> ready;
    for (const Seat& seat : seats_) {
        if (holder_ && holder_ != seat) continue;
        LinkStep step{.kind = LinkStep::Kind::wait, .packet = {}, .until = seat->rest_until};
        if (seat->rest_until <= now) step = seat->plan.next(now);
        if (step.kind == LinkStep::Kind::wait) {
            none.step.until = std::min(none.step.until, step.until);
            continue;
        }
        waiting.push_back({seat->id, seat->plan.urgency(now)});
        ready[seat->id] = {seat, std::move(step)};
    }
    return waiting.empty() ? none : ready.at(turns_.take(waiting));
}

asio::awaitable<void> SharedLine::serve(Seat seat, LinkStep step) {
    if (step.kind == LinkStep::Kind::ask) {
        co_await serve_question(seat, step.question);
        co_return;
    }
    const bool written = co_await put(seat, step.packet);
    if (!written || seat->ended) co_return;
    holder_ = step.packet.unfinished ? seat : nullptr;
    if (!step.awaited) {
        seat->plan.sent(step.packet);
    } else {
        const LinkPlan& plan = seat->plan;
        const Judge judge = [&plan, packet = step.packet](std::span<const std::uint8_t> got) {
            return plan.driver().acknowledge(packet, got, plan.settings().setup);
        };
        const auto answer = co_await reply(judge);
        if (!alive() || seat->ended) co_return;
        seat->plan.acknowledged(step.packet, answer, Clock::now());
    }
    leave_alone(seat, step.packet.pause_after);
}

}  // namespace baytime::signs
