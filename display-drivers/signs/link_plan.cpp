#include "display-drivers/signs/link_plan.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace baytime::signs {

LinkPlan::LinkPlan(SignSettings settings, SignLog log, LinkTiming timing)
    : settings_(std::move(settings)), driver_(find_driver(settings_.driver)), log_(std::move(log)), timing_(timing) {
    if (driver_ == nullptr) throw std::invalid_argument("there is no sign driver " + settings_.driver);
    const auto acknowledged = [](const std::vector<Packet>& packets) {
        return std::ranges::any_of(packets, &Packet::acknowledged);
    };
    verified_ = driver_->acknowledge != nullptr && (acknowledged(driver_->initialise(settings_.setup)) ||
                                                    acknowledged(driver_->show(page_of("1"), settings_.setup)));
    if (settings_.refresh > settings_.refresh.zero())
        timing_.refresh = settings_.refresh;
    else if (verified_ && driver_->rewrite > driver_->rewrite.zero())
        timing_.refresh = std::min<std::chrono::milliseconds>(timing_.refresh, driver_->rewrite);
    if (driver_->text_lasts == nullptr) return;
    const std::chrono::milliseconds lasts = driver_->text_lasts(settings_.setup);
    if (lasts > lasts.zero()) timing_.refresh = std::min(timing_.refresh, lasts / 2);
}

std::chrono::steady_clock::duration LinkPlan::scaled(std::chrono::steady_clock::duration time) const {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(time * timing_.scale);
}

void LinkPlan::show(TimedPage page) {
    if (stopping_) return;
    const TimedPage* before = shelf_.at(page.urgency);
    if (before == nullptr || before->page != page.page) {
        if (before != nullptr && before->page != writing_) ++health_.superseded;
        health_.up_to_date = false;
    }
    shelf_.put(std::move(page));
}

void LinkPlan::withdraw(Urgency urgency) {
    if (shelf_.at(urgency) == nullptr) return;
    shelf_.clear(urgency);
    health_.up_to_date = false;
}

void LinkPlan::set_clock(std::function<SignClock()> clock) {
    clock_ = std::move(clock);
    queue_clock();
}

void LinkPlan::queue_clock() {
    if (!clock_ || stopping_) return;
    for (Packet& packet : driver_->clock(clock_(), settings_.setup)) queue_.push_back(std::move(packet));
}

void LinkPlan::stop(Page neutral) {
    stopping_ = true;
    newest_ = std::move(neutral);
    health_.up_to_date = false;
    not_before_ = {};
}

void LinkPlan::opened(int baud) {
    health_.speed = settings_.setup.baud = baud;
    // It may be another sign by now.
    if (std::exchange(letters_instead_, false)) settings_.setup.chinese = true;
    refused_.clear();
    blamed_.clear();
    set_up_due_ = true;
    tried_ = heard_ = probing_ = false;
    tries_ = sends_ = silences_ = 0;
    not_before_ = {};
    frame_open_ = page_open_ = false;
}

void LinkPlan::choose(Moment now) {
    if (stopping_) return;
    const TimedPage* top = shelf_.top(now);
    if (top != nullptr) {
        newest_ = top->page;
    } else if (otherwise_) {
        newest_ = otherwise_;
    }
}

Urgency LinkPlan::urgency(Moment now) const {
    const TimedPage* top = shelf_.top(now);
    return stopping_ ? Urgency::alert : top == nullptr ? Urgency::idle : top->urgency;
}

LinkStep LinkPlan::next(Moment now) {
    choose(now);
    if (now < not_before_) return wait(not_before_);
    if (set_up_due_) begin_set_up();
    // Nothing may stand between the parts of a page's frame: a clock there would spoil a picture.
    if (!queue_.empty() && !page_open_) return send(queue_.front());
    if (setting_up_ && !page_open_) set_up_done(now);
    if (page_open_) {
        if (auto packet = page_packet(now)) return send(*std::move(packet));
        page_open_ = false;
    }
    if (!queue_.empty()) return send(queue_.front());
    if (memory_due_ && asks(Question::memory)) return ask(Question::memory);
    if (errors_due_ && asks(Question::errors)) return ask(Question::errors);
    memory_due_ = errors_due_ = false;
    if (auto packet = page_packet(now)) {
        // Writing again what stands there takes nothing from it.
        health_.up_to_date = health_.up_to_date && counted_;
        return send(*std::move(packet));
    }
    if (writing_ == newest_) page_written(now);
    if (stopping_) return {.kind = LinkStep::Kind::done};
    if (now >= refresh_at_) {
        refresh(now);
        return next(now);
    }
    if (auto step = question(now)) return *std::move(step);
    Moment until = refresh_at_;
    if (health_.answers || verified_) until = std::min(until, check_at_);
    if (writing_ != newest_) until = std::min(until, next_page_at_);
    return wait(std::min(until, shelf_.next_change(now).value_or(until)));
}

/// Whether the sign still is as it was set up, when it is time for that.
std::optional<LinkStep> LinkPlan::question(Moment now) {
    if (confirm_due_ && verified_) confirm_due_ = false;  // each packet was acknowledged
    const bool due = health_.answers && confirm_due_;
    if (!due && (now < check_at_ || (!health_.answers && !verified_))) return std::nullopt;
    if (given_up_ && now >= check_at_) {
        given_up_ = false;
        tries_ = max_tries - 1;
    }
    if (asks(Question::memory)) {
        errors_due_ = asks(Question::errors);
        return ask(Question::memory);
    }
    confirm_due_ = false;
    check_at_ = now + scaled(timing_.check);
    if (!verified_ || held_.empty()) return std::nullopt;
    // It has no question of its own: one packet is written again, and its answer says that it is there.
    held_.erase(held_.begin());
    probing_ = health_.state == LinkState::silent;
    return next(now);
}

void LinkPlan::begin_set_up() {
    set_up_due_ = false;
    setting_up_ = true;
    health_.state = health_.state == LinkState::silent ? LinkState::silent : LinkState::setting_up;
    health_.up_to_date = false;
    held_.clear();
    queue_.clear();
    page_open_ = false;
    sends_ = 0;
    for (Packet& packet : driver_->initialise(settings_.setup)) queue_.push_back(std::move(packet));
    queue_clock();
}

void LinkPlan::set_up_done(Moment now) {
    setting_up_ = false;
    if (health_.state != LinkState::silent) {
        health_.state = LinkState::showing;
        memory_due_ = !stopping_;
    }
    errors_due_ = false;
    refresh_at_ = now + scaled(timing_.refresh);
}

/// Everything that does not wear out again. A sign that never answers may have lost its memory unseen, so it is set up
/// again too.
void LinkPlan::refresh(Moment now) {
    refresh_at_ = now + scaled(timing_.refresh);
    set_up_due_ = !health_.answers || health_.state == LinkState::silent;
    memory_due_ = health_.answers;
    std::erase_if(held_, [this](const auto& file) { return !lasting_.contains(file.first); });
}

/// What a sign that has fallen silent is sent blindly may have reached nobody.
void LinkPlan::sent(const Packet& packet) {
    if (health_.state != LinkState::silent) health_.last_good_write = std::chrono::system_clock::now();
    passed(packet);
}

void LinkPlan::passed(const Packet& packet) {
    sends_ = 0;
    frame_open_ = packet.unfinished;
    if (!queue_.empty() && packet.target.empty()) {
        queue_.pop_front();
    } else {
        page_open_ = packet.unfinished;
        held_[packet.target] = packet.bytes;
        if (packet.lasting) lasting_.insert(packet.target);
    }
}

void LinkPlan::begin_newest(Moment now) {
    if (writing_ == newest_ || (now < next_page_at_ && !stopping_)) return;
    writing_ = newest_;
    refused_.clear();
    frame_open_ = page_open_ = false;  // what was begun belongs to another page
    counted_ = false;
}

std::optional<Packet> LinkPlan::missing_packet() const {
    auto packets = driver_->show(*writing_, settings_.setup);
    std::size_t frame = 0;  // where the frame that the packet belongs to begins
    for (std::size_t i = 0; i < packets.size(); ++i) {
        if (i > 0 && !packets[i - 1].unfinished) frame = i;
        const auto held = held_.find(packets[i].target);
        if (held != held_.end() && held->second == packets[i].bytes) continue;
        // A later part means nothing to the sign without the frame's first.
        return std::move(packets[frame_open_ ? i : frame]);
    }
    return std::nullopt;
}

std::optional<Packet> LinkPlan::page_packet(Moment now) {
    if (!newest_) return std::nullopt;
    if (!writing_ || stopping_) begin_newest(now);
    auto packet = missing_packet();
    if (packet || writing_ == newest_) return packet;
    count_written(now);
    begin_newest(now);
    return missing_packet();
}

void LinkPlan::count_written(Moment now) {
    if (counted_) return;
    counted_ = confirm_due_ = true;
    next_page_at_ = now + scaled(settings_.min_write);
    ++health_.pages;
}

void LinkPlan::page_written(Moment now) {
    if (!newest_) return;
    // What a sign that should answer has not answered, or has refused, may not be there.
    const bool known = heard_ || (!verified_ && !asks(Question::memory));
    health_.up_to_date = known && refused_.empty() && !given_up_ && !wrong_speed_ && health_.state != LinkState::silent;
    count_written(now);
    if (!down_ || health_.state != LinkState::showing) return;
    down_ = false;
    said_.clear();
    inform(known ? "it is back and shows its page again"
                 : "its page is written again; whether the glass shows it is not known, for it has not answered");
}

}  // namespace baytime::signs
