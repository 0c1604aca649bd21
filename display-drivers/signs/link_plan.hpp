// What a sign link does next, decided without a wire or a clock: pages and answers in, steps out.
#pragma once

#include "display-drivers/signs/sign_link.hpp"

#include <deque>

namespace baytime::signs {

/// The next thing to do on an open port.
struct LinkStep {
    enum class Kind { send, ask, wait, done };
    Kind kind = Kind::wait;
    Packet packet{};                       ///< send: report back with sent()
    Question question = Question::memory;  ///< ask: report back with answered()
    Moment until{};                        ///< wait: this long, or until something has happened
};

class LinkPlan {
public:
    /// Throws std::invalid_argument when there is no such driver.
    LinkPlan(SignSettings settings, SignLog log, LinkTiming timing);

    void show(Page page);
    void set_brightness(int percent) { settings_.setup.brightness = percent; }
    void set_clock(const SignClock& clock);
    /// From now on only `neutral`, and `done` once it is written.
    void stop(Page neutral);

    void opened();  ///< nothing is known about the sign
    LinkStep next(Moment now);
    void sent(const Packet& packet);
    void answered(Question question, std::optional<Answer> answer, Moment now);

    void state(LinkState state) { health_.state = state; }
    void lost() { health_.up_to_date = false; }
    void retried() { ++health_.retries; }
    /// Counts an error and logs it unless it is the same as the one before.
    void note(const std::string& kind, const std::string& sentence);

    const SignSettings& settings() const { return settings_; }
    const Driver& driver() const { return *driver_; }
    const SignHealth& health() const { return health_; }
    std::chrono::steady_clock::duration scaled(std::chrono::steady_clock::duration time) const;

private:
    void begin_set_up();
    void set_up_done(Moment now);
    void begin_newest();
    std::optional<Packet> missing_packet() const;
    std::optional<Packet> page_packet();
    void count_written();
    void page_written();
    void refresh(Moment now);
    void doubt(Answer answer);
    static LinkStep send(Packet packet);
    static LinkStep ask(Question question);

    SignSettings settings_;
    const Driver* driver_;
    SignLog log_;
    LinkTiming timing_;
    SignHealth health_;

    std::optional<Page> newest_;
    /// The page on its way. It is finished before the newest one begins: else pages that come faster than the line
    /// carries them would all be begun and none be shown.
    std::optional<Page> writing_;
    bool counted_ = true;  ///< the page on its way has been counted as written
    std::optional<SignClock> clock_;
    std::map<std::string, Bytes> held_;  ///< what the sign's files hold, as far as written since the set-up
    std::deque<Packet> queue_;           ///< set-up and clock: goes before pages
    bool stopping_ = false, set_up_due_ = true, setting_up_ = false;
    bool memory_due_ = false, errors_due_ = false, confirm_due_ = false;
    int tries_ = 0;
    Moment refresh_at_{}, check_at_{};
};

}  // namespace baytime::signs
