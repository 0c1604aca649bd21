// All signs of the shop: one link each, told the newest page after every turn. A sign in trouble never stops anything.
#pragma once

#include "board/daemon/house.hpp"
#include "display-drivers/signs/sign_link.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

/// How long a test text stays on a sign.
inline constexpr std::chrono::seconds sign_test_time{30};

class SignWall {
public:
    /// `timing` for tests; its longest stop is the wall's own.
    SignWall(boost::asio::io_context& io, House& house, signs::LinkTiming timing = {});
    ~SignWall();
    SignWall(const SignWall&) = delete;
    SignWall& operator=(const SignWall&) = delete;

    /// After a turn or the passing of time: shows what has changed.
    void refresh();
    /// After a reload: takes the house's new settings. Signs whose port, driver and set-up stayed as they were keep
    /// their link and their glass; the others show their neutral text and start anew.
    void use_settings();
    std::optional<Instant> next_change() const;
    /// From now on `hook` is told what passes on the way to this sign, also after a reload; an empty one ends it. False
    /// when there is no such sign.
    bool trace(const std::string& sign, signs::SignTrace hook);
    /// Shows a test text for sign_test_time. False when there is no such sign.
    bool test(const std::string& sign);
    /// One line a sign, for `health`.
    protocol::json::array health() const;
    /// The signs that the configuration calls required and that do not show what they should.
    std::vector<std::string> required_down() const;
    /// Shows the neutral texts, closes the ports, then calls `done` once.
    void stop(std::function<void()> done);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace baytime::daemon
