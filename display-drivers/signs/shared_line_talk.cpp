// Single exchanges on a line: a frame out, an answer in, and the search for the speed at which a sign answers.
#include "display-drivers/signs/shared_line.hpp"

#include <boost/asio.hpp>

#include <algorithm>

namespace baytime::signs {

namespace asio = boost::asio;
using Clock = LineWire::Clock;

namespace {

/// Between two frames, in bits: 3.5 characters, as Modbus asks for; all others are content with it.
constexpr int gap_bits = 39;
constexpr std::chrono::milliseconds late_answer{50};   ///< one that did not come in time may still be on its way
constexpr std::chrono::milliseconds speed_change{50};  ///< for converters that take a moment
constexpr std::chrono::seconds search_rest{60};        ///< between two searches, with `baud = "auto"`
constexpr std::size_t most_asked = 4;                  ///< signs at each speed of a search: it keeps the line

/// Each speed that one of these signs may be set to, the usual ones first.
template <class Seats>
std::vector<int> speeds_of(const Seats& seats) {
    std::vector<int> out;
    for (const auto& seat : seats) {
        for (const int speed : seat->plan.driver().speeds) {
            if (std::ranges::find(out, speed) == out.end()) out.push_back(speed);
        }
    }
    return out;
}

}  // namespace

void SharedLine::settle(std::chrono::milliseconds longer) {
    const auto gap = wire_.in(std::chrono::microseconds(gap_bits * 1'000'000 / wire_.speed()) + longer);
    quiet_until_ = std::max(quiet_until_, gap);
}

/// The whole line: every sign on it hears every frame, and one that comes too soon costs an Alpha sign the next.
void SharedLine::leave_alone(const Seat& seat, std::chrono::milliseconds pause) {
    seat->rest_until = wire_.in(pause);
    quiet_until_ = std::max(quiet_until_, seat->rest_until);
}

asio::awaitable<void> SharedLine::rest(Moment until) {
    while (alive() && Clock::now() < until) co_await wire_.wait_until(until);
}

asio::awaitable<bool> SharedLine::put(Seat seat, Packet packet) {
    inbox_.clear();
    asked_ = seat;
    seat->tell(TraceEntry::Kind::sent, packet.bytes);
    const std::string wrong = co_await wire_.write(packet.bytes);
    if (!wrong.empty() && alive()) lose("write", wrong);
    if (!wrong.empty() || !alive()) co_return false;
    settle();
    co_return true;
}

/// Nothing when no whole answer came in time.
asio::awaitable<std::optional<Answer>> SharedLine::reply(Judge judge) {
    const auto deadline = wire_.in(timing_.answer);
    while (alive()) {
        const Answer answer = judge(inbox_);
        if (answer != Answer::partial) {
            settle();
            co_return answer;
        }
        if (Clock::now() >= deadline) break;
        co_await wire_.wait_until(deadline);
    }
    if (alive()) settle(late_answer);
    co_return std::nullopt;
}

asio::awaitable<std::optional<Answer>> SharedLine::ask(Seat seat, std::vector<Packet> packets, Judge judge) {
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const bool written = co_await put(seat, packets[i]);
        if (!written || seat->ended) co_return std::nullopt;
        leave_alone(seat, packets[i].pause_after);
        if (i + 1 < packets.size()) co_await rest(seat->rest_until);
    }
    const auto answer = co_await reply(judge);
    co_return answer;
}

asio::awaitable<void> SharedLine::serve_question(Seat seat, Question question) {
    const LinkPlan& plan = seat->plan;
    const auto packets = plan.driver().ask(question, plan.settings().setup);
    const Judge judge = [&plan, question](std::span<const std::uint8_t> got) {
        return plan.driver().judge(question, got, plan.settings().setup);
    };
    const auto answer = co_await ask(seat, packets, judge);
    if (alive() && !seat->ended) seat->plan.answered(question, answer, Clock::now());
}

/// Once after the start, and with `baud = "auto"` again and again: nobody on the line answers, and their signs may be
/// set to another speed.
bool SharedLine::search_due() const {
    if (wire_.port().kind == PortKind::tcp || holder_ || Clock::now() < search_again_) return false;
    const auto may_be_elsewhere = [](const Seat& seat) {
        return seat->plan.unheard() && !seat->stopping && !seat->plan.driver().speeds.empty();
    };
    return std::ranges::all_of(seats_, [](const Seat& seat) { return seat->plan.unheard(); }) &&
           std::ranges::any_of(seats_, may_be_elsewhere);
}

asio::awaitable<void> SharedLine::search() {
    const bool used = wire_.port().auto_baud;
    search_again_ = used ? wire_.in(search_rest) : Moment::max();
    auto seats = seats_;
    std::erase_if(seats, [](const Seat& seat) { return seat->plan.driver().speeds.empty(); });
    seats.resize(std::min(seats.size(), most_asked));
    const int before = wire_.speed();
    const auto speeds = speeds_of(seats);
    int found = 0;
    for (std::size_t i = 0; i < speeds.size() && found == 0; ++i) {
        if (speeds[i] == before || !wire_.set_speed(speeds[i])) continue;
        co_await rest(wire_.in(speed_change));
        for (std::size_t s = 0; s < seats.size() && found == 0 && alive(); ++s) {
            if (seats[s]->ended) continue;
            const bool answered = co_await answers_now(seats[s]);
            if (!answered) continue;
            found = speeds[i];
            seats[s]->plan.found_speed(found, used);
        }
    }
    if (!alive()) co_return;
    if (found != 0 && used) {
        found_speed_ = found;
        for (const Seat& seat : seats_) seat->plan.opened(found);
    } else {
        wire_.set_speed(before);
    }
    co_await rest(wire_.in(speed_change));
}

/// Whether this sign answers at the speed now set.
asio::awaitable<bool> SharedLine::answers_now(Seat seat) {
    const LinkPlan& plan = seat->plan;
    const auto packets = plan.greeting();
    if (packets.empty()) co_return false;
    const bool asks = !packets.back().acknowledged || plan.driver().acknowledge == nullptr;
    const Judge judge = [&plan, packet = packets.back(), asks](std::span<const std::uint8_t> got) {
        const Setup& setup = plan.settings().setup;
        return asks ? plan.driver().judge(Question::memory, got, setup) : plan.driver().acknowledge(packet, got, setup);
    };
    const auto answer = co_await ask(seat, packets, judge);
    // Noise is no answer.
    co_return answer.has_value() && answer != Answer::bad;
}

}  // namespace baytime::signs
