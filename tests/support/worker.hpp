// A technician of a test with a bay and an order at a time, who says each command until it is acknowledged, over broken
// connections with the same key; and the journal held against what was acknowledged.
#pragma once

#include "board/client/client.hpp"
#include "board/core/shop.hpp"
#include "board/store/journal.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace baytime::support {

/// What a worker needs of the world.
struct WorkPlace {
    std::function<std::optional<client::Client>()> connect;  ///< waits for a daemon; nothing when the play is over
    std::function<bool()> ended;
    std::function<void()> acknowledged;       ///< called for each command
    std::function<void()> rest = [] {};       ///< between two commands
    std::function<void()> try_again = [] {};  ///< before a command that was refused for now is said again
};

class Worker {
public:
    /// Technician `T<number>` at bay `<number>`.
    Worker(WorkPlace place, int number) : place_(std::move(place)), number_(std::to_string(number)) {}
    /// Takes in, repairs and hands over one car after another until the play is over.
    void run();

    /// The verbs that were acknowledged, in order, by order number.
    const std::map<std::string, std::vector<std::string>>& acknowledged() const { return acknowledged_; }
    /// The keys of these commands.
    const std::vector<std::string>& keys() const { return keys_; }
    /// A command that should have been taken and was not, with its answer; or empty.
    const std::string& refused() const { return refused_; }

private:
    void act(const std::string& order, const std::string& verb, const std::string& rest);
    std::string ask(const std::string& line);

    WorkPlace place_;
    std::string number_;
    std::optional<client::Client> connection_;
    int said_ = 0;
    std::map<std::string, std::vector<std::string>> acknowledged_;
    std::vector<std::string> keys_;
    std::string refused_;
};

/// TOML of technicians T1 .. T<workers>, and of bays for them behind the first three, which shop.toml has.
std::string bays_and_hands(int workers);
/// The shop of these bays, for views.
Shop shop_of(int workers);

/// What the journal lacks, has twice, or has in another order than it was acknowledged; empty when it is right. A
/// command that was stored but not answered when the play ended is right.
std::vector<std::string> differences(store::Journal& journal, const std::vector<Worker>& workers);

}  // namespace baytime::support
