// Random people at work, command by command, with what follows from the clock when it is asked for.
#pragma once

#include "board/core/due.hpp"
#include "tests/core/random_commands.hpp"

namespace baytime::support {

struct RandomDay {
    explicit RandomDay(std::uint64_t seed) : commands(seed) {}

    /// Some time goes by, then one command, perhaps refused.
    void step();
    void apply_all(const Due& what);

    Workshop workshop{};
    RandomCommands commands;
};

}  // namespace baytime::support
