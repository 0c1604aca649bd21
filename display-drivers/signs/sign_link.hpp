// Keeps one sign showing the newest page: sets it up, paces, checks, retries, and starts again after an unplug. Signs
// on one port share a SignLine, which has one frame in flight. Runs on the given io_context's thread; every call below
// belongs on it.
#pragma once

#include "display-drivers/signs/page_shelf.hpp"
#include "display-drivers/signs/settings.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace boost::asio {
class io_context;
}

namespace baytime::signs {

/// Waits of a link. All limits; scale < 1 makes everything faster, for tests with a simulated sign.
struct LinkTiming {
    double scale = 1.0;
    std::chrono::milliseconds reopen_least{500};  ///< first wait after a port was lost or did not open
    std::chrono::milliseconds reopen_most{10'000};
    std::chrono::milliseconds refresh{300'000};  ///< everything is written again
    std::chrono::milliseconds check{30'000};     ///< a sign that answers is asked whether it still knows its files
    std::chrono::milliseconds answer{1'500};     ///< longest wait for an answer
    std::chrono::milliseconds resend{200};       ///< before a packet is sent again; doubles
    std::chrono::milliseconds give_up{10'000};   ///< rest of a sign that took nothing at several tries
    std::chrono::milliseconds write{5'000};      ///< longest wait for the port to take a frame
    std::chrono::milliseconds connect{5'000};    ///< longest wait for a tcp connection
    std::chrono::milliseconds stop{6'000};       ///< longest wait for the neutral page at the end
};

enum class LinkState { opening, waiting, setting_up, showing, silent, stopped };
/// `opening`, `waiting` (for the port to come back), `setting-up`, `showing`, `silent` (it used to answer), `stopped`.
std::string name(LinkState state);

struct SignHealth {
    LinkState state = LinkState::opening;
    std::optional<std::chrono::system_clock::time_point> last_good_write, last_reply;
    /// By kind: `missing`, `write`, `lost`, `no-answer`, `unanswered`, `garbled`, `refused`, `memory`, `speed` ...
    std::map<std::string, std::uint64_t> errors;
    std::string last_error;  ///< a sentence, or empty
    std::uint64_t retries = 0;
    std::uint64_t pages = 0;        ///< pages written whole
    std::uint64_t superseded = 0;   ///< pages a newer one replaced before they were written whole
    int speed = 0;                  ///< baud of the line; 0 before it was open
    std::optional<int> answers_at;  ///< the speed it was found to answer at, when that is not the configured one
    bool answers = false;           ///< the sign has answered a question
    bool up_to_date = false;        ///< the newest page is written
};

enum class LogLevel { info, warning };
using SignLog = std::function<void(LogLevel, const std::string&)>;

/// Something seen on the way to one sign, for bring-up.
struct TraceEntry {
    enum class Kind { sent, received, note };
    std::chrono::system_clock::time_point at{};
    Kind kind = Kind::note;
    Bytes bytes{};       ///< sent: one packet; received: what arrived at once
    std::string note{};  ///< a sentence: opened, a fault, a retry
};
using SignTrace = std::function<void(const TraceEntry&)>;

class SharedLine;

/// A port that several signs share. Opened while at least one link is on it.
class SignLine {
public:
    SignLine(boost::asio::io_context& io, PortSettings port, LinkTiming timing = {});

private:
    friend class SignLink;
    std::shared_ptr<SharedLine> line_;
};

class SignLink {
public:
    /// Starts at once. `log` may be empty. `settings.driver` must be in the list of drivers.
    SignLink(boost::asio::io_context& io, SignSettings settings, SignLog log, LinkTiming timing = {});
    /// On a line with other signs; the port in `settings` is the line's.
    SignLink(const SignLine& line, SignSettings settings, SignLog log);
    ~SignLink();
    SignLink(const SignLink&) = delete;
    SignLink& operator=(const SignLink&) = delete;

    /// Holds the newest page of each urgency only. Never blocks, never fails: trouble shows in health().
    void show(TimedPage page);
    /// An ordinary page, believed until the next one: for bring-up.
    void show(Page page);
    void withdraw(Urgency urgency);
    /// Shown when no page may be believed any more; without it the glass stays as it is.
    void otherwise(Page page);
    /// Percent, for the night. A sign without dimming stays as it is.
    void set_brightness(int percent);
    /// Sets the sign's clock to what `clock` says, at the next opportunity and again after each set-up.
    void set_clock(std::function<SignClock()> clock);
    /// Shows `neutral`, closes the port and calls `done` once, at the latest after LinkTiming::stop.
    void stop(Page neutral, std::function<void()> done);
    /// From now on `hook` is told everything that passes, until an empty one takes its place.
    void trace(SignTrace hook);
    SignHealth health() const;
    const SignSettings& settings() const;

private:
    struct Seat;
    std::shared_ptr<Seat> seat_;
};

}  // namespace baytime::signs
