// The half of a link's plan that is about answers: what is believed, what is sent again, and when a sign is given up
// for a while.
#include "display-drivers/signs/link_plan.hpp"
#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace baytime::signs {

namespace {

constexpr const char* lost_memory = "it has lost its memory and is set up again";
constexpr int max_sends = 3;      ///< of one packet that is not acknowledged
constexpr int max_doublings = 3;  ///< of the wait between two probes of a silent sign

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

void LinkPlan::note(const std::string& kind, const std::string& sentence) {
    ++health_.errors[kind];
    health_.last_error = sentence;
    const bool news = said_ != sentence;
    said_ = sentence;
    if (log_ && news) log_(LogLevel::warning, "sign " + settings_.name + ": " + sentence);
}

void LinkPlan::inform(const std::string& sentence) const {
    if (log_) log_(LogLevel::info, "sign " + settings_.name + ": " + sentence);
}

void LinkPlan::lost() {
    health_.up_to_date = false;
    down_ = down_ || !stopping_;
}

bool LinkPlan::asks(Question question) const {
    return driver_->ask != nullptr && !driver_->ask(question, settings_.setup).empty();
}

LinkStep LinkPlan::wait(Moment until) {
    return {.kind = LinkStep::Kind::wait, .packet = {}, .until = until};
}

LinkStep LinkPlan::ask(Question question) {
    return {.kind = LinkStep::Kind::ask, .packet = {}, .question = question};
}

/// A silent sign is written to blindly: waiting for each of its answers would keep the line from its neighbours.
LinkStep LinkPlan::send(Packet packet) const {
    const bool verified = packet.acknowledged && driver_->acknowledge != nullptr;
    const bool awaited = verified && (probing_ || health_.state != LinkState::silent);
    return {.kind = LinkStep::Kind::send, .packet = std::move(packet), .awaited = awaited};
}

/// An answer has come. True when it is the first after a silence: the sign may have been without power.
bool LinkPlan::heard(Answer answer, Moment now) {
    const bool back = health_.state == LinkState::silent;
    if (back) health_.state = setting_up_ ? LinkState::setting_up : LinkState::showing;
    health_.last_reply = std::chrono::system_clock::now();
    health_.answers = heard_ = tried_ = true;
    // Noise is no proof that the speed is right.
    if (answer != Answer::bad && std::exchange(wrong_speed_, false)) health_.answers_at.reset();
    probing_ = false;
    silences_ = 0;
    check_at_ = now + scaled(timing_.check);
    return back;
}

void LinkPlan::fell_silent(Moment now) {
    tried_ = true;
    probing_ = false;
    const auto wait = scaled(timing_.check) * (1 << std::min(silences_, max_doublings));
    ++silences_;
    check_at_ = now + wait;
    if (health_.state == LinkState::silent) return;
    health_.state = LinkState::silent;
    down_ = true;
    if (wrong_speed_) return note("no-answer", speed_trouble());
    note("no-answer", health_.answers ? "it no longer answers; is it switched on?"
                                      : "it does not answer; are power, wiring, address and speed right?");
}

/// Sets the sign up again, but not for ever: false after some tries, and the next check tries once more.
bool LinkPlan::again(const std::string& kind, const std::string& sentence) {
    if (!kind.empty()) note(kind, sentence);
    errors_due_ = false;
    if (++tries_ > max_tries && without_pictures()) tries_ = 1;
    if (tries_ > max_tries) {
        given_up_ = true;
        health_.up_to_date = false;
        return false;
    }
    ++health_.retries;
    set_up_due_ = true;
    return true;
}

/// Latin letters say more than a dark glass. False when it was given none, or has to have them.
bool LinkPlan::without_pictures() {
    Setup letters = settings_.setup;
    letters.chinese = false;
    if (!draws_chinese(*driver_, settings_.setup) || draws_chinese(*driver_, letters)) return false;
    settings_.setup = std::move(letters);
    letters_instead_ = true;
    note("pictures", "it takes no pictures; its texts are shown in Latin letters");
    return true;
}

/// Whether what it did not take is explained by a memory that it has lost: once, until it takes this again.
bool LinkPlan::lost_with(const Packet& packet) {
    return blamed_.insert(packet.target).second && again("memory", lost_memory);
}

void LinkPlan::acknowledged(const Packet& packet, std::optional<Answer> answer, Moment now) {
    if (answer == Answer::partial) answer.reset();
    if (answer && heard(*answer, now) && again({}, {})) return;
    if (answer == Answer::good) {
        tries_ = setting_up_ ? tries_ : 0;
        blamed_.erase(packet.target);
        refused_.erase(packet.target);
        health_.last_good_write = std::chrono::system_clock::now();
        return passed(packet);
    }
    if (answer == Answer::lost && lost_with(packet)) return;
    if (answer == Answer::refused || answer == Answer::lost) {
        // As if written, so that it is not sent again before the next refresh or another page.
        note("refused", "it refuses what is sent; do driver, size and options fit this sign?");
        if (!packet.target.empty() && !packet.lasting) refused_.insert(packet.target);
        return passed(packet);
    }
    not_taken(packet, answer, now);
}

void LinkPlan::not_taken(const Packet& packet, std::optional<Answer> answer, Moment now) {
    if (probing_ || stopping_) {
        fell_silent(now);
        return passed(packet);
    }
    ++health_.retries;
    ++health_.errors[answer ? "garbled" : "unanswered"];
    tried_ = true;
    if (++sends_ < max_sends) {
        not_before_ = now + scaled(timing_.resend) * (1 << (sends_ - 1));
        return;
    }
    sends_ = 0;
    if (!answer) return fell_silent(now);
    down_ = true;
    note("garbled", wrong_speed_ ? speed_trouble()
                                 : "it says again and again that what came is broken, or that it is busy; are speed, "
                                   "format and wiring right?");
    not_before_ = now + scaled(timing_.give_up);
    set_up_due_ = true;
}

void LinkPlan::answered(Question question, std::optional<Answer> answer, Moment now) {
    (question == Question::memory ? memory_due_ : errors_due_) = false;
    confirm_due_ = false;
    check_at_ = now + scaled(timing_.check);
    if (answer) return doubt(question, *answer, now);
    tried_ = true;
    if (question == Question::errors) {  // not every sign knows this question
        tries_ = 0;
        return;
    }
    errors_due_ = false;
    if (health_.answers || verified_) fell_silent(now);
}

void LinkPlan::doubt(Question question, Answer answer, Moment now) {
    const bool back = heard(answer, now);
    if (!setting_up_) health_.state = LinkState::showing;
    if (answer == Answer::lost) {
        again("memory", lost_memory);
    } else if (answer == Answer::bad) {
        again("garbled", "it has received something broken and is set up again");
    } else if (back) {
        again({}, {});
    } else if (question == Question::errors || !asks(Question::errors)) {
        tries_ = 0;  // memory alone proves little: what is written into it may be what goes wrong
    }
}

std::vector<Packet> LinkPlan::greeting() const {
    auto packets = driver_->ask == nullptr ? std::vector<Packet>{} : driver_->ask(Question::memory, settings_.setup);
    if (!packets.empty() || driver_->acknowledge == nullptr) return packets;
    packets = driver_->initialise(settings_.setup);
    // Nothing to ask and nothing to set up: then what it is to show.
    auto page = driver_->show(newest_.value_or(Page{}), settings_.setup);
    std::ranges::move(page, std::back_inserter(packets));
    const auto answered = std::ranges::find_if(packets, &Packet::acknowledged);
    if (answered == packets.end()) return {};
    return {std::move(*answered)};
}

std::string LinkPlan::speed_trouble() const {
    return "it answers at " + std::to_string(health_.answers_at.value_or(0)) + ", configured " +
           std::to_string(settings_.port.baud);
}

void LinkPlan::found_speed(int baud, bool used) {
    health_.answers_at = baud;
    wrong_speed_ = !used;
    if (used) return inform(speed_trouble() + "; " + std::to_string(baud) + " is used");
    health_.up_to_date = false;
    note("speed", speed_trouble());
}

}  // namespace baytime::signs
