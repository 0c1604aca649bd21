#include "display-drivers/signs/link_plan.hpp"

#include <algorithm>
#include <stdexcept>

namespace baytime::signs {

namespace {

constexpr int max_tries = 3;  ///< set-ups in a row of a sign that answers but does not obey

}  // namespace

std::string name(LinkState state) {
    switch (state) {
        case LinkState::opening: return "opening";
        case LinkState::waiting: return "waiting";
        case LinkState::setting_up: return "setting-up";
        case LinkState::showing: return "showing";
        case LinkState::silent: return "silent";
        case LinkState::stopped: break;
    }
    return "stopped";
}

LinkPlan::LinkPlan(SignSettings settings, SignLog log, LinkTiming timing)
    : settings_(std::move(settings)), driver_(find_driver(settings_.driver)), log_(std::move(log)), timing_(timing) {
    if (driver_ == nullptr) throw std::invalid_argument("there is no sign driver " + settings_.driver);
    if (driver_->text_lasts == nullptr) return;
    const std::chrono::milliseconds lasts = driver_->text_lasts(settings_.setup);
    if (lasts > lasts.zero()) timing_.refresh = std::min(timing_.refresh, lasts / 2);
}

std::chrono::steady_clock::duration LinkPlan::scaled(std::chrono::steady_clock::duration time) const {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(time * timing_.scale);
}

void LinkPlan::show(Page page) {
    if (stopping_ || newest_ == page) return;
    if (newest_ && newest_ != writing_) ++health_.superseded;
    newest_ = std::move(page);
    health_.up_to_date = false;
}

void LinkPlan::set_clock(const SignClock& clock) {
    clock_ = clock;
    for (Packet& packet : driver_->clock(clock, settings_.setup)) queue_.push_back(std::move(packet));
}

void LinkPlan::stop(Page neutral) {
    show(std::move(neutral));
    stopping_ = true;
}

void LinkPlan::opened() {
    set_up_due_ = true;
    tries_ = 0;
}

void LinkPlan::note(const std::string& kind, const std::string& sentence) {
    ++health_.errors[kind];
    const bool news = health_.last_error != sentence;
    health_.last_error = sentence;
    if (log_ && news) log_(LogLevel::warning, "sign " + settings_.name + ": " + sentence);
}

LinkStep LinkPlan::send(Packet packet) {
    return {.kind = LinkStep::Kind::send, .packet = std::move(packet)};
}

LinkStep LinkPlan::ask(Question question) {
    return {.kind = LinkStep::Kind::ask, .packet = {}, .question = question};
}

LinkStep LinkPlan::next(Moment now) {
    if (set_up_due_) begin_set_up();
    if (!queue_.empty()) return send(queue_.front());
    if (setting_up_) set_up_done(now);
    if (memory_due_) return ask(Question::memory);
    if (errors_due_) return ask(Question::errors);
    if (auto packet = page_packet()) {
        health_.up_to_date = false;
        return send(*std::move(packet));
    }
    page_written();
    if (stopping_) return {.kind = LinkStep::Kind::done};
    if (now >= refresh_at_) {
        refresh(now);
        return next(now);
    }
    if (health_.answers && (confirm_due_ || now >= check_at_)) {
        errors_due_ = true;
        return ask(Question::memory);
    }
    const auto until = health_.answers ? std::min(refresh_at_, check_at_) : refresh_at_;
    return {.kind = LinkStep::Kind::wait, .packet = {}, .until = until};
}

void LinkPlan::begin_set_up() {
    set_up_due_ = false;
    setting_up_ = true;
    health_.state = LinkState::setting_up;
    health_.up_to_date = false;
    held_.clear();
    queue_.clear();
    for (Packet& packet : driver_->initialise(settings_.setup)) queue_.push_back(std::move(packet));
    if (clock_ && !stopping_) set_clock(*clock_);
}

void LinkPlan::set_up_done(Moment now) {
    setting_up_ = false;
    health_.state = LinkState::showing;
    memory_due_ = !stopping_;
    errors_due_ = false;
    refresh_at_ = now + scaled(timing_.refresh);
}

/// Everything again. A sign that never answers may have lost its memory unseen, so it is set up again too.
void LinkPlan::refresh(Moment now) {
    refresh_at_ = now + scaled(timing_.refresh);
    set_up_due_ = !health_.answers || health_.state == LinkState::silent;
    memory_due_ = health_.answers;
    held_.clear();
}

void LinkPlan::sent(const Packet& packet) {
    health_.last_good_write = std::chrono::system_clock::now();
    if (!queue_.empty() && packet.target.empty()) {
        queue_.pop_front();
    } else {
        held_[packet.target] = packet.bytes;
    }
}

void LinkPlan::answered(Question question, std::optional<Answer> answer, Moment now) {
    (question == Question::memory ? memory_due_ : errors_due_) = false;
    confirm_due_ = false;
    check_at_ = now + scaled(timing_.check);
    if (answer) return doubt(*answer);
    if (question == Question::errors) return;  // not every sign knows this question
    errors_due_ = false;
    if (!health_.answers) return;
    health_.state = LinkState::silent;
    note("no-answer", "it no longer answers; is it switched on?");
}

void LinkPlan::doubt(Answer answer) {
    // Back after a silence: it may have been without power.
    const bool back = health_.state == LinkState::silent;
    health_.state = LinkState::showing;
    health_.answers = true;
    if (answer == Answer::good && !back) {
        tries_ = errors_due_ ? tries_ : 0;
        return;
    }
    if (back && log_) log_(LogLevel::info, "sign " + settings_.name + ": it answers again");
    if (answer == Answer::lost) note("memory", "it has lost its memory and is set up again");
    if (answer == Answer::bad) note("garbled", "it has received something broken and is set up again");
    if (++tries_ > max_tries) return;  // it will not get better at once: the next refresh tries again
    ++health_.retries;
    set_up_due_ = true;
    errors_due_ = false;
}

void LinkPlan::begin_newest() {
    if (writing_ == newest_) return;
    writing_ = newest_;
    counted_ = false;
}

std::optional<Packet> LinkPlan::missing_packet() const {
    for (Packet& packet : driver_->show(*writing_, settings_.setup)) {
        const auto held = held_.find(packet.target);
        if (held == held_.end() || held->second != packet.bytes) return std::move(packet);
    }
    return std::nullopt;
}

std::optional<Packet> LinkPlan::page_packet() {
    if (!newest_) return std::nullopt;
    if (!writing_ || stopping_) begin_newest();
    auto packet = missing_packet();
    if (packet || writing_ == newest_) return packet;
    count_written();
    begin_newest();
    return missing_packet();
}

void LinkPlan::count_written() {
    if (counted_) return;
    counted_ = confirm_due_ = true;
    ++health_.pages;
}

void LinkPlan::page_written() {
    if (!newest_) return;
    health_.up_to_date = true;
    count_written();
}

}  // namespace baytime::signs
