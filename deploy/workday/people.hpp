// Who works in the demo shop: the staff of config/demo.toml as the player needs it.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace baytime::workday {

struct Crew {
    std::string_view team;
    std::string_view lead;
    std::array<std::string_view, 3> hands;  ///< technicians first, the lead last
};

inline constexpr std::array crews{Crew{"A", "101", {"102", "103", "101"}}, Crew{"B", "111", {"112", "113", "111"}},
                                  Crew{"C", "121", {"122", "123", "121"}}, Crew{"D", "131", {"132", "133", "131"}},
                                  Crew{"E", "141", {"142", "143", "141"}}};
inline constexpr std::array<std::string_view, 3> advisors{"201", "202", "203"};
inline constexpr std::string_view foreman = "301";
inline constexpr std::string_view inspector = "401";
inline constexpr std::string_view relations = "501";
inline constexpr std::string_view manager = "601";

/// The crew of a team; the first one for a bay without a team.
const Crew& crew_of(std::string_view team);

}  // namespace baytime::workday
