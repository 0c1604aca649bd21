// Look-ups in the configured shop.
#include "board/core/shop.hpp"

#include <algorithm>

namespace baytime {

namespace {
template <class T>
const T* by_id(const std::vector<T>& list, std::string_view id) {
    const auto found = std::ranges::find(list, id, &T::id);
    return found == list.end() ? nullptr : &*found;
}
}  // namespace

void Shop::number_bays() {
    bay_places.clear();
    for (std::size_t i = 0; i < bays.size(); ++i) bay_places.try_emplace(bays[i].id, i);
}

const Bay* Shop::bay(std::string_view id) const {
    if (id.empty()) return nullptr;  // a job without a bay
    const auto found = bay_places.empty() ? bay_places.end() : bay_places.find(std::string(id));
    const bool known = found != bay_places.end() && found->second < bays.size() && bays[found->second].id == id;
    return known ? &bays[found->second] : by_id(bays, id);
}

const Team* Shop::team(std::string_view id) const {
    return by_id(teams, id);
}

const Person* Shop::person(std::string_view id) const {
    return by_id(people, id);
}

int Shop::inspections_for(RepairType type, bool is_return) const {
    const auto found = inspection_levels.find(type);
    int level = found == inspection_levels.end() ? default_inspection_level : found->second;
    if (is_return) level = std::max(level, return_inspection_level);
    // Finishing is level 1 and never enough; there is no level above the final inspection.
    return std::clamp(level, 2, 3);
}

}  // namespace baytime
