// A customer who asks to be forgotten: every closed order of the plate loses its names.
#include "board/core/decide_rules.hpp"
#include "board/core/erase.hpp"
#include "board/core/plate.hpp"

namespace baytime::rules {

Decision rule(const Ask& ask, const Forget& forget) {
    const std::string plate = normal_plate(forget.plate);
    if (plate.empty()) return refuse(Refusal::value_bad, quoted(forget.plate) + " is no plate; write it as on the car");
    std::vector<std::pair<std::string, Fact>> erased;
    for (const auto& [order, job] : ask.board.jobs) {
        if (job.plate != plate) continue;
        if (!is_closed(job.state)) {
            return refuse(Refusal::not_from_here, order +
                                                      " of this car is still open; hand it over or cancel it, then "
                                                      "say this again");
        }
        erased.emplace_back(order, Erased{});
    }
    return facts(ask, std::move(erased));
}

}  // namespace baytime::rules
