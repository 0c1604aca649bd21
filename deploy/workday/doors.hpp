// The three ways into the workshop's protocol: JSON-RPC, plain words, and a scanner that only sends what it reads.
// Each keeps its connection, and says a command again with the same key when the answer got lost.
#pragma once

#include "board/cli/connection.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace baytime::workday {

/// What the daemon said to one command.
struct Answer {
    bool ok = false;
    std::string token{}, sentence{};  ///< when refused
    std::string state{};              ///< of the job, when ok
    std::uint64_t seq = 0;
};

/// A command as every spelling can say it; values are text.
struct Order {
    std::string verb{};
    std::string order{};
    std::string as{};
    std::vector<std::pair<std::string, std::string>> values{};  ///< flags have the value `yes`
};

/// Looked at while waiting for a daemon that is away.
using GiveUp = std::function<bool()>;

class Door {
public:
    virtual ~Door() = default;
    /// Says it until it is answered. Throws Trouble{no_connection} when `give_up` says so.
    Answer say(const Order& order, const std::string& key, const GiveUp& give_up);
    int reconnects() const { return reconnects_; }

protected:
    explicit Door(cli::Settings settings) : settings_(std::move(settings)) {}
    /// One try; opens the connection when it is closed. Throws std::exception when it breaks.
    virtual Answer attempt(const Order& order, const std::string& key) = 0;
    virtual void close() = 0;
    const cli::Settings& settings() const { return settings_; }

private:
    cli::Settings settings_;
    int reconnects_ = 0;
};

std::unique_ptr<Door> json_door(const cli::Settings& settings);
std::unique_ptr<Door> words_door(const cli::Settings& settings);
/// `settings.device` names the station. Knows start, finish, `pause reason=parts`, and `delay minutes=15|30|60`.
std::unique_ptr<Door> scanner_door(const cli::Settings& settings);
/// The card for a command, or nothing when there is none.
std::optional<std::string> card_for(const Order& order);

}  // namespace baytime::workday
