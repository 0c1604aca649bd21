#include "tests/core/random_day.hpp"

#include "board/core/decide.hpp"

namespace baytime::support {

void RandomDay::step() {
    workshop.now += commands.pass();
    const auto said = commands.next(workshop);
    const Request request{.command = said.command,
                          .who = said.who,
                          .at = said.at,
                          .received = workshop.now,
                          .cause = std::to_string(++workshop.commands)};
    const Decision decision = decide(workshop.board, workshop.shop, request);
    if (const auto* events = std::get_if<std::vector<Event>>(&decision))
        for (const Event& event : *events) apply(workshop.board, event);
}

void RandomDay::apply_all(const Due& what) {
    for (const auto& [order, fact] : what.facts)
        apply(workshop.board, {.seq = workshop.board.seq + 1,
                               .at = workshop.now,
                               .received = workshop.now,
                               .who = system_person,
                               .cause = "due",
                               .order = order,
                               .fact = fact});
}

}  // namespace baytime::support
