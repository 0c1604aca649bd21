// The shop as configured: bays, teams, people, and the few numbers the rules take from configuration.
// Filled by the daemon from its configuration file; the rules only read it.
#pragma once

#include "board/core/calendar.hpp"
#include "board/core/words.hpp"

#include <chrono>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace baytime {

/// A place where one car stands.
struct Bay {
    std::string id{};     ///< short, stable: `3`
    std::string label{};  ///< what people read: `3号工位`
    BayKind kind = BayKind::general;
    std::string team{};  ///< owning team's id, may be empty
    bool operator==(const Bay&) const = default;
};

/// A lead with technicians; usually owns two neighbouring bays.
struct Team {
    std::string id{};
    std::string name{};
    bool operator==(const Team&) const = default;
};

/// Someone who acts. `id` is also the badge number printed on the badge as `T<id>`.
struct Person {
    std::string id{};
    std::string name{};
    Role role = Role::technician;
    std::string team{};      ///< team's id, for technicians and leads
    std::string pin_hash{};  ///< libsodium string hash; empty: no PIN, so only badge or trusted station
    bool operator==(const Person&) const = default;
};

/// A standard time (rule §6): prefills an item's name and minutes when an order names only its code.
struct StandardTime {
    std::string code{};
    std::string name{};     ///< zh-CN
    std::string name_en{};  ///< English
    RepairType type = RepairType::maintenance;
    int minutes = 0;
    BayKind kind = BayKind::general;
    bool operator==(const StandardTime&) const = default;
};

/// What a prediction counts besides the work itself (rule §5).
struct PredictionSettings {
    std::chrono::minutes inspection_2{10};  ///< each inspection level takes this
    std::chrono::minutes inspection_3{10};
    std::chrono::minutes wash{20};
    std::chrono::minutes floor{5};      ///< work that is not finished still takes this at least
    std::chrono::minutes no_items{60};  ///< work of an order without items
    bool open_consents = true;          ///< added work counts while the customer has not answered
    int learn_after = 30;               ///< finished jobs of an item before the shop's own p80 replaces the catalogue
    bool operator==(const PredictionSettings&) const = default;
};

struct Shop {
    std::string name = "Baytime";
    std::string zone = "Asia/Shanghai";  ///< IANA name
    Calendar calendar{};                 ///< opening hours, in that zone; without configured hours: open always
    std::vector<Bay> bays{};
    std::vector<Team> teams{};
    std::vector<Person> people{};
    std::map<std::string, StandardTime> standard_times{};  ///< by code

    /// Highest inspection level a repair needs (rule §2); finishing is always level 1. Returns need 3.
    std::map<RepairType, int> inspection_levels = {{RepairType::accident, 3}};
    int default_inspection_level = 2;
    int return_inspection_level = 3;
    std::chrono::minutes delay_notice{30};         ///< rule §5: a flag at least this early is in time
    std::chrono::minutes delivered_row_stays{10};  ///< a delivered job leaves the lounge board after this
    std::chrono::minutes appointment_overdue{15};  ///< rule §5
    std::chrono::minutes contact_every{60};        ///< rule §5: a waiting customer hears something at least this often
    std::chrono::minutes escalate_after{10};       ///< of open time; then an alert is passed on. 0: never
    PredictionSettings prediction{};
    Reveal reveal_delay = Reveal::when_told;  ///< nobody learns of a delay from a wall

    /// Where each bay stands in `bays`: made by number_bays(), so that a shop of thousands finds one at once. Without
    /// it they are looked through.
    std::unordered_map<std::string, std::size_t> bay_places{};
    void number_bays();

    const Bay* bay(std::string_view id) const;
    const Team* team(std::string_view id) const;
    const Person* person(std::string_view id) const;
    /// The inspection level after which a job of this kind may leave the workshop.
    int inspections_for(RepairType type, bool is_return) const;
};

}  // namespace baytime
