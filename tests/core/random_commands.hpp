// Random commands for the model test: mostly what a shop would say next, sometimes nonsense.
#pragma once

#include "board/core/command.hpp"
#include "tests/core/workshop.hpp"

#include <random>

namespace baytime::support {

class RandomCommands {
public:
    explicit RandomCommands(std::uint64_t seed) : random_(seed) {}

    struct Said {
        std::string who;
        Command command;
        Instant at{};  ///< of the tap
    };
    /// Something to say about the shop as it stands.
    Said next(const Workshop& workshop);
    /// Lets some time go by: mostly seconds, sometimes minutes.
    std::chrono::milliseconds pass();

private:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    T any_of(std::initializer_list<T> list) {
        return *(list.begin() + below(static_cast<int>(list.size())));
    }
    const Job* any_open(const Workshop& workshop);
    std::string any_order(const Workshop& workshop);
    std::string some_bay(const Shop& shop);
    std::string someone(const Workshop& workshop, const Command& command);
    std::string worker(const Shop& shop);
    std::string plate();
    Instant soon(const Workshop& workshop);
    Command sensible(const Workshop& workshop, const Job& job);
    Command in_hand(const Job& job, const Shop& shop);
    Command on_the_side(const Workshop& workshop, const std::string& order);
    Command talk(const Workshop& workshop, const std::string& order);
    Said about_alert(const Workshop& workshop);
    Command afterwards(const Workshop& workshop);
    Said undo(const Workshop& workshop);
    Command arrival(const Workshop& workshop);
    Command anything(const Workshop& workshop);

    std::mt19937_64 random_;
    int orders_ = 0;
};

}  // namespace baytime::support
