// What is sent to one sign next, decided without a wire or a clock: pages and answers in, steps out.
#pragma once

#include "display-drivers/signs/sign_link.hpp"

#include <deque>
#include <set>

namespace baytime::signs {

/// The next thing to do on an open port.
struct LinkStep {
    enum class Kind { send, ask, wait, done };
    Kind kind = Kind::wait;
    Packet packet{};                       ///< send: report back with sent(), or acknowledged() when one is awaited
    bool awaited = false;                  ///< send: the answer is waited for
    Question question = Question::memory;  ///< ask: report back with answered()
    Moment until{};                        ///< wait: this long, or until something has happened
};

class LinkPlan {
public:
    /// Throws std::invalid_argument when there is no such driver.
    LinkPlan(SignSettings settings, SignLog log, LinkTiming timing);

    void show(TimedPage page);
    void show(Page page) { show(TimedPage{.page = std::move(page)}); }
    void withdraw(Urgency urgency);
    /// Shown when no page may be believed any more.
    void otherwise(Page page) { otherwise_ = std::move(page); }
    void set_brightness(int percent) { settings_.setup.brightness = percent; }
    /// Asked whenever the sign's clock is set: now, and after each set-up.
    void set_clock(std::function<SignClock()> clock);
    /// From now on only `neutral`, and `done` once it is written.
    void stop(Page neutral);

    void opened(int baud = 9600);  ///< nothing is known about the sign
    LinkStep next(Moment now);
    void sent(const Packet& packet);
    void acknowledged(const Packet& packet, std::optional<Answer> answer, Moment now);
    void answered(Question question, std::optional<Answer> answer, Moment now);
    /// How urgent what next() wants to send is.
    Urgency urgency(Moment now) const;

    /// It has been asked since the port was opened and has not answered: the speed may be wrong.
    bool unheard() const { return verified_ && tried_ && !heard_; }
    /// Packets that make a sign answer at any speed it understands.
    std::vector<Packet> greeting() const;
    /// It has answered at this speed and not at the configured one.
    void found_speed(int baud, bool used);

    void state(LinkState state) { health_.state = state; }
    void lost();
    void retried() { ++health_.retries; }
    /// Counts an error and logs it unless it is the same as the one before.
    void note(const std::string& kind, const std::string& sentence);

    const SignSettings& settings() const { return settings_; }
    const Driver& driver() const { return *driver_; }
    const SignHealth& health() const { return health_; }
    std::chrono::steady_clock::duration scaled(std::chrono::steady_clock::duration time) const;

private:
    void choose(Moment now);
    void begin_set_up();
    void set_up_done(Moment now);
    void queue_clock();
    void begin_newest(Moment now);
    std::optional<Packet> missing_packet() const;
    std::optional<Packet> page_packet(Moment now);
    void count_written(Moment now);
    void passed(const Packet& packet);
    void page_written(Moment now);
    std::optional<LinkStep> question(Moment now);
    void refresh(Moment now);
    void doubt(Question question, Answer answer, Moment now);
    bool heard(Answer answer, Moment now);
    bool again(const std::string& kind, const std::string& sentence);
    bool without_pictures();
    bool lost_with(const Packet& packet);
    void not_taken(const Packet& packet, std::optional<Answer> answer, Moment now);
    void fell_silent(Moment now);
    bool asks(Question question) const;
    LinkStep send(Packet packet) const;
    static LinkStep ask(Question question);
    static LinkStep wait(Moment until);
    void inform(const std::string& sentence) const;
    std::string speed_trouble() const;

    SignSettings settings_;
    const Driver* driver_;
    bool verified_ = false;  ///< it acknowledges what is sent, as it is set up
    SignLog log_;
    LinkTiming timing_;
    SignHealth health_;

    PageShelf shelf_;
    std::optional<Page> otherwise_;
    std::optional<Page> newest_;
    /// The page on its way. It is finished before the newest one begins: else pages that come faster than the line
    /// carries them would all be begun and none be shown.
    std::optional<Page> writing_;
    bool counted_ = true;  ///< the page on its way has been counted as written
    std::function<SignClock()> clock_;
    std::map<std::string, Bytes> held_;  ///< what the sign's files hold, as far as written since the set-up
    std::set<std::string> lasting_;      ///< targets that a refresh leaves alone
    bool frame_open_ = false;            ///< the packet sent last goes on in the next one
    bool page_open_ = false;             ///< and belongs to a page: its rest goes before all else
    std::deque<Packet> queue_;           ///< set-up and clock: goes before pages
    bool stopping_ = false, set_up_due_ = true, setting_up_ = false;
    bool memory_due_ = false, errors_due_ = false, confirm_due_ = false;
    bool tried_ = false, heard_ = false;  ///< since the port was opened
    bool probing_ = false;                ///< a silent sign's answer is waited for once
    bool wrong_speed_ = false;            ///< it answers at another speed than the line's; true until it is heard
    bool down_ = false;                   ///< what is wrong has been said; that it is over is not
    std::string said_;
    /// Set-ups in a row of a sign that answers but does not obey.
    static constexpr int max_tries = 3;
    int tries_ = 0;
    bool given_up_ = false;          ///< they did not help; each check tries once more
    bool letters_instead_ = false;   ///< it takes no pictures; true until the port is opened again
    std::set<std::string> refused_;  ///< targets of the page at hand that it did not want
    /// Targets it did not take after a good set-up, for which it was set up again; until they are taken.
    std::set<std::string> blamed_;
    int sends_ = 0;     ///< of the packet on its way
    int silences_ = 0;  ///< probes in a row without an answer
    Moment refresh_at_{}, check_at_{}, not_before_{}, next_page_at_{};
};

}  // namespace baytime::signs
