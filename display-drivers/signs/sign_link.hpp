// Keeps one sign showing the newest page: opens the port, sets the sign up, paces, checks, retries, and starts again
// after an unplug. Runs on the given io_context's thread; every call below belongs on it.
#pragma once

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
    std::chrono::milliseconds reopen_most{30'000};
    std::chrono::milliseconds refresh{300'000};  ///< everything is written again
    std::chrono::milliseconds check{30'000};     ///< a sign that answers is asked whether it still knows its files
    std::chrono::milliseconds answer{1'500};     ///< longest wait for an answer
    std::chrono::milliseconds write{5'000};      ///< longest wait for the port to take a frame
    std::chrono::milliseconds connect{5'000};    ///< longest wait for a tcp connection
    std::chrono::milliseconds stop{6'000};       ///< longest wait for the neutral page at the end
};

enum class LinkState { opening, waiting, setting_up, showing, silent, stopped };
/// `opening`, `waiting` (for the port to come back), `setting-up`, `showing`, `silent` (it used to answer), `stopped`.
std::string name(LinkState state);

struct SignHealth {
    LinkState state = LinkState::opening;
    std::optional<std::chrono::system_clock::time_point> last_good_write;
    std::map<std::string, std::uint64_t> errors;  ///< by kind: `missing`, `write`, `lost`, `no-answer`, `memory` ...
    std::string last_error;                       ///< a sentence, or empty
    std::uint64_t retries = 0;
    std::uint64_t pages = 0;       ///< pages written whole
    std::uint64_t superseded = 0;  ///< pages a newer one replaced before they were written whole
    bool answers = false;          ///< the sign has answered a question
    bool up_to_date = false;       ///< the newest page is written
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

class SignLink {
public:
    /// Starts at once. `log` may be empty. `settings.driver` must be in the list of drivers.
    SignLink(boost::asio::io_context& io, SignSettings settings, SignLog log, LinkTiming timing = {});
    ~SignLink();
    SignLink(const SignLink&) = delete;
    SignLink& operator=(const SignLink&) = delete;

    /// Holds the newest page only. Never blocks, never fails: trouble shows in health().
    void show(Page page);
    /// Percent, for the night. A sign without dimming stays as it is.
    void set_brightness(int percent);
    /// Sets the sign's clock at the next opportunity, and again after each set-up.
    void set_clock(SignClock clock);
    /// Shows `neutral`, closes the port and calls `done` once, at the latest after LinkTiming::stop.
    void stop(Page neutral, std::function<void()> done);
    /// From now on `hook` is told everything that passes, until an empty one takes its place.
    void trace(SignTrace hook);
    SignHealth health() const;
    const SignSettings& settings() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace baytime::signs
