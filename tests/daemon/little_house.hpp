// The inside of a daemon without sockets or disk: a small shop, a journal in memory, clocks that the test sets.
#pragma once

#include "board/daemon/conversation.hpp"
#include "board/daemon/house.hpp"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace baytime::support {

/// Keeps what it is given, or refuses when told to.
class MemoryJournal final : public store::Journal {
public:
    void append(std::span<const Event> events, std::span<const store::Answer> answers) override;
    void read(std::uint64_t after, const std::function<bool(const Event&)>& each) override;
    std::vector<Event> history(std::string_view order, std::size_t limit) override;
    std::optional<store::Answer> answer(std::string_view key) override;
    void forget_answers(Instant before) override;
    void backup(const std::string&) override { throw std::runtime_error("no backup in memory"); }
    const store::Opening& opening() const override { return opening_; }

    bool refuses = false;     ///< every append fails
    bool unreadable = false;  ///< every read fails
    std::vector<Event> events;
    std::vector<std::size_t> commits;  ///< events in each successful append

private:
    std::map<std::string, store::Answer, std::less<>> answers_;
    store::Opening opening_;
};

/// Bays 1..3, team A, 101 and 102 technicians, 201 foreman, 301 advisor (PIN 4711), 402 inspector, 501 manager. Devices
/// lounge (display), scan-3 (station at bay 3) and desk (full), with the tokens `token-of-<id>-1234567`.
daemon::Settings little_settings();
std::string token_of(const std::string& device);
/// 2026-11-21 09:00 in Shanghai.
Instant nine();

class LittleHouse {
public:
    explicit LittleHouse(daemon::Settings settings = little_settings());

    /// One turn of the loop: decides, answers, tells the watchers.
    std::vector<Event> turn();
    /// A new connection. `loopback` false: from another machine, by TLS.
    std::shared_ptr<daemon::Conversation> connect(bool loopback = true);
    /// Sends lines and takes a turn; the lines that came back.
    std::vector<std::string> say(daemon::Conversation& talk, const std::string& lines);
    /// Like say() for one line: the last line that came back, or empty.
    std::string ask(daemon::Conversation& talk, const std::string& line);
    /// What waits for this connection, as lines; it counts as written and read.
    std::vector<std::string> read(daemon::Conversation& talk);
    /// An open connection has taken in this car.
    void receive(const std::string& order, const std::string& plate = "沪A12345");
    void reload(daemon::Settings settings);
    void pass(std::chrono::milliseconds real) { steady += real; }

    daemon::Steady::time_point steady{std::chrono::hours{1}};
    MemoryJournal journal;
    std::shared_ptr<const daemon::Settings> settings;
    daemon::ShopClock clock;
    Instant now = nine();
    daemon::Workshop workshop;
    daemon::Watchers watchers;
    daemon::Identity identity;
    daemon::House house;
};

}  // namespace baytime::support
