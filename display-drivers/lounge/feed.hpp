// Keeps the model fed from the daemon: connects, says who it is, watches, and begins again when the line is dead.
#pragma once

#include "board/client/client.hpp"
#include "display-drivers/lounge/model.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>

namespace baytime::lounge {

/// The daemon pings every 15 s; after this silence it is taken for dead.
constexpr auto silence_limit = std::chrono::seconds(40);
/// First and longest pause before connecting again.
constexpr auto first_pause = std::chrono::milliseconds(250);
constexpr auto longest_pause = std::chrono::seconds(5);
/// A refused token is not going to get better soon.
constexpr auto refused_pause = std::chrono::seconds(30);

/// The view as pushed: takes snapshots and changes. Knows no socket.
class Reception {
public:
    explicit Reception(Model& model) : model_(model) {}
    /// Takes one line from the daemon. Throws std::exception when the line is not to be understood.
    void take(std::string_view line, Moment now);
    std::uint64_t seq() const { return seq_; }
    bool complete() const { return complete_; }  ///< a snapshot was seen
    /// The daemon's refusal of hello or watch, once.
    std::string take_refusal() { return std::exchange(refusal_, {}); }
    /// What to send after connecting.
    std::string hello(const std::string& token) const;
    std::string watch() const;
    /// The next watch asks for everything.
    void forget() { complete_ = false; }

private:
    void take_view(const boost::json::object& push, Moment now);

    Model& model_;
    boost::json::object view_;
    std::uint64_t seq_ = 0;
    bool complete_ = false;
    std::string refusal_;
};

class Feed {
public:
    Feed(std::string host, std::string port, std::string token, Model& model, client::Security security = {});

    /// Does what is due: connects, reads what has come, gives up on a silent daemon.
    void turn(Moment now);
    /// For poll(); -1 while not connected.
    int descriptor() const { return client_ ? client_->descriptor() : -1; }
    /// When turn() has something to do, if nothing comes.
    Moment next_turn() const;
    const Reception& reception() const { return reception_; }
    int errors() const { return errors_; }  ///< lines that made no sense, refusals

private:
    void connect(Moment now);
    void read(Moment now);
    bool understand(std::string_view line, Moment now);  ///< false: the connection was given up
    void drop(Moment now, const std::string& why, std::chrono::milliseconds pause);

    std::string host_, port_, token_;
    client::Security security_;
    Model& model_;
    Reception reception_;
    std::optional<client::Client> client_;
    Moment heard_{};
    Moment try_at_{};
    std::chrono::milliseconds pause_{first_pause};
    std::string last_complaint_;
    int errors_ = 0;
};

}  // namespace baytime::lounge
