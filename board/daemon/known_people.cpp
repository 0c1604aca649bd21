#include "board/daemon/known_people.hpp"

namespace baytime::daemon {

void leave_out_known(std::set<std::string>& people, store::Journal& journal) {
    if (people.empty()) return;
    journal.read(0, [&people](const Event& event) {
        if (const auto* row = std::get_if<Imported>(&event.fact)) {
            people.erase(row->advisor);
            for (const auto& one : row->technicians) people.erase(one);
        } else if (const auto* corrected = std::get_if<Corrected>(&event.fact)) {
            people.erase(corrected->advisor.value_or(""));
        }
        return !people.empty();
    });
}

}  // namespace baytime::daemon
