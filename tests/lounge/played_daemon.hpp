// A daemon played by a test over a loopback socket, for the real board program.
#pragma once

#include <boost/json.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace baytime::lounge::support {

/// How long a test waits for what must come.
constexpr std::chrono::seconds patience{30};

/// One connection at a time. What goes wrong fails the test.
class PlayedDaemon {
public:
    PlayedDaemon();
    PlayedDaemon(const PlayedDaemon&) = delete;
    PlayedDaemon& operator=(const PlayedDaemon&) = delete;
    ~PlayedDaemon();

    const std::string& port() const { return port_; }
    /// Takes the next connection that is alive, greets, and returns the first line it sends.
    std::string greet();
    void hang_up();
    /// Pushes the view `lounge`. The shop's clock stands at 09:42, or so.
    void push(const std::string& kind, std::uint64_t seq, const boost::json::value& data);

private:
    std::string line();
    void say(const std::string& text);

    int listener_ = -1;
    int peer_ = -1;
    std::string port_;
};

/// Looks again and again, 10 ms apart; false when it has not become true in time.
bool eventually(const std::function<bool()>& is_so);

}  // namespace baytime::lounge::support
