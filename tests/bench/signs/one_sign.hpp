// One sign of a real baytimed, played in this process at the speed of its line, so that the moments at the
// pseudo-terminal are seen themselves. For benchmarks.
#pragma once

#include "display-drivers/signs/signsim/pty_sign.hpp"
#include "tests/bench/signs/parts.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace baytime::bench {

using Clock = std::chrono::steady_clock;

class OneSign {
public:
    /// Its bay 1 holds the job `1`.
    explicit OneSign(support::HungSign sign, int baud = 9600);
    ~OneSign();
    OneSign(const OneSign&) = delete;
    OneSign& operator=(const OneSign&) = delete;

    struct Moments {
        Clock::time_point sent{}, acknowledged{}, first_byte{}, last_byte{};
    };
    /// Says a line of words, and plays until the glass satisfies `shown`. Throws std::runtime_error after ten seconds.
    Moments change(const std::string& line, const std::function<bool(const signs::Glass&)>& shown);
    /// Says a line without waiting; replies are read and forgotten.
    void say(const std::string& line);
    /// Plays on so long, and calls `look` after each turn.
    void play(
        Clock::duration time, const std::function<void()>& look = [] {});
    /// Plays until nothing has come for this long.
    void until_quiet(Clock::duration quiet);

    signs::Glass glass() const { return pty_.sign().glass(); }
    /// When the line has carried all that was taken from it.
    Clock::time_point carried() const { return pty_.busy_until(); }
    const signs::SignSettings& settings() const { return settings_; }

private:
    struct Turn {
        bool bytes = false, reply = false;
    };
    Turn turn(Clock::time_point until);

    support::TempDir dir_;
    signs::SignSettings settings_;
    signs::sim::PtySign pty_;
    std::optional<support::DaemonProcess> daemon_;
    int socket_ = -1;
    std::string replies_;
};

}  // namespace baytime::bench
