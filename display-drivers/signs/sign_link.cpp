#include "display-drivers/signs/sign_link.hpp"

#include "display-drivers/signs/shared_line.hpp"

namespace baytime::signs {

struct SignLink::Seat {
    std::shared_ptr<SharedLine> line;
    SharedLine::Seat member;
};

SignLine::SignLine(boost::asio::io_context& io, PortSettings port, LinkTiming timing)
    : line_(std::make_shared<SharedLine>(io, port, timing)) {}

SignLink::SignLink(boost::asio::io_context& io, SignSettings settings, SignLog log, LinkTiming timing)
    : SignLink(SignLine(io, settings.port, timing), settings, std::move(log)) {}

SignLink::SignLink(const SignLine& line, SignSettings settings, SignLog log)
    : seat_(std::make_shared<Seat>(Seat{line.line_, line.line_->join(std::move(settings), std::move(log))})) {}

SignLink::~SignLink() {
    seat_->line->leave(seat_->member);
}

void SignLink::show(TimedPage page) {
    seat_->member->plan.show(std::move(page));
    seat_->line->wake();
}

void SignLink::show(Page page) {
    show(TimedPage{.page = std::move(page)});
}

void SignLink::withdraw(Urgency urgency) {
    seat_->member->plan.withdraw(urgency);
    seat_->line->wake();
}

void SignLink::otherwise(Page page) {
    seat_->member->plan.otherwise(std::move(page));
    seat_->line->wake();
}

void SignLink::set_brightness(int percent) {
    seat_->member->plan.set_brightness(percent);
    seat_->line->wake();
}

void SignLink::set_clock(std::function<SignClock()> clock) {
    seat_->member->plan.set_clock(std::move(clock));
    seat_->line->wake();
}

void SignLink::stop(Page neutral, std::function<void()> done) {
    seat_->line->stop(seat_->member, std::move(neutral), std::move(done));
}

void SignLink::trace(SignTrace hook) {
    seat_->member->trace = std::move(hook);
}

SignHealth SignLink::health() const {
    return seat_->member->plan.health();
}

const SignSettings& SignLink::settings() const {
    return seat_->member->plan.settings();
}

}  // namespace baytime::signs
