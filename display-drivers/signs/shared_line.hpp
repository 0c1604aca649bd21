// One port and the signs on it: one frame in flight, fair turns, answers given to the sign that was asked. What to say
// to a sign is decided in its LinkPlan. Includes Asio, so only sign_link.cpp may include it.
#pragma once

#include "display-drivers/signs/line_turns.hpp"
#include "display-drivers/signs/line_wire.hpp"
#include "display-drivers/signs/link_plan.hpp"

namespace baytime::signs {

/// A sign on a line.
struct LineMember {
    LineMember(boost::asio::io_context& io, std::uint64_t number, SignSettings settings, SignLog log_to,
               LinkTiming timing);
    void tell(TraceEntry::Kind kind, std::span<const std::uint8_t> bytes, const std::string& note = {}) const;

    std::uint64_t id;
    SignLog log;
    SignTrace trace;
    LinkPlan plan;
    Moment rest_until{};  ///< the sign wants to be left alone so long
    bool ended = false, stopping = false;
    boost::asio::steady_timer stop_timer;
    std::function<void()> done;
};

class SharedLine : public std::enable_shared_from_this<SharedLine> {
public:
    using Seat = std::shared_ptr<LineMember>;
    using Judge = std::function<Answer(std::span<const std::uint8_t> reply)>;

    SharedLine(boost::asio::io_context& io, const PortSettings& port, const LinkTiming& timing)
        : io_(io), wire_(io, port, timing), timing_(timing) {}

    Seat join(SignSettings settings, SignLog log);
    void stop(const Seat& seat, Page neutral, std::function<void()> done);
    void leave(const Seat& seat);
    void wake() { wire_.wake(); }

private:
    template <class T>
    using Awaitable = boost::asio::awaitable<T>;
    /// Who is served next and how; without a seat nobody until a moment.
    struct Choice {
        Seat seat;
        LinkStep step;
    };

    static Awaitable<void> run(std::shared_ptr<SharedLine> self);
    static Awaitable<void> read(std::shared_ptr<SharedLine> self, LineWire::Stream stream);
    Awaitable<bool> open();
    Awaitable<void> session();
    Choice choose();
    Awaitable<void> serve(Seat seat, LinkStep step);
    Awaitable<void> serve_question(Seat seat, Question question);
    Awaitable<bool> put(Seat seat, Packet packet);
    Awaitable<std::optional<Answer>> reply(Judge judge);
    Awaitable<std::optional<Answer>> ask(Seat seat, std::vector<Packet> packets, Judge judge);
    bool search_due() const;
    Awaitable<void> search();
    Awaitable<bool> answers_now(Seat seat);
    Awaitable<void> rest(Moment until);
    void settle(std::chrono::milliseconds longer = {});
    void leave_alone(const Seat& seat, std::chrono::milliseconds pause);

    bool alive() const { return wire_.is_open() && !lost_ && !seats_.empty(); }
    void received(std::span<const std::uint8_t> bytes);
    void lose(const std::string& kind, const std::string& sentence);
    std::uint64_t pages() const;
    void each(void (*what)(LinkPlan& plan));

    boost::asio::io_context& io_;
    LineWire wire_;
    LinkTiming timing_;
    std::vector<Seat> seats_;
    LineTurns turns_;
    Seat holder_;  ///< its frame is unfinished
    Seat asked_;   ///< its answer is waited for
    Bytes inbox_;
    Moment quiet_until_{};   ///< the gap between two frames
    Moment search_again_{};  ///< before this the speed is not searched for
    int found_speed_ = 0;
    std::uint64_t joined_ = 0;
    bool running_ = false, lost_ = false;
};

}  // namespace baytime::signs
