#include "deploy/workday/people.hpp"

#include <algorithm>

namespace baytime::workday {

const Crew& crew_of(std::string_view team) {
    const auto found = std::ranges::find(crews, team, &Crew::team);
    return found == crews.end() ? crews.front() : *found;
}

}  // namespace baytime::workday
