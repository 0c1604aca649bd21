// What is wrong, from what was measured and the limits of the configuration. Pure; texts in protocol/problems.hpp.
#pragma once

#include "board/daemon/backups.hpp"
#include "board/daemon/clock_guard.hpp"
#include "board/daemon/door_places.hpp"
#include "board/daemon/settings.hpp"
#include "board/store/journal.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace baytime::daemon {

enum class HealthLevel { ok, warning, critical };
BOOST_DESCRIBE_ENUM(HealthLevel, ok, warning, critical)

struct Problem {
    std::string name;  ///< of protocol::problems()
    HealthLevel level = HealthLevel::warning;
    std::string about;   ///< which sign, screen or directory; may be empty
    std::string detail;  ///< what exactly: figures, or why; may be empty
    bool operator==(const Problem&) const = default;
};

struct DiskVital {
    std::string place;
    std::int64_t free_mib = 0;
};
struct ScreenVital {
    std::string id;
    bool connected = false;
    std::optional<std::chrono::minutes> away;  ///< since it left, or since the start when it has not come
};

/// What was measured.
struct Vitals {
    bool sound = true;
    store::Opening opening{};
    std::string set_aside{};  ///< a damaged journal of an earlier start that lies beside this one, or empty
    std::string config_fault{};
    std::string restart_needed{};                    ///< `[listen], [store]`, or empty
    std::map<std::string, std::size_t> lost_bays{};  ///< not configured, and how many cars are there
    std::string tokens_put_back{};                   ///< the copy that was taken, or empty
    std::string tls_key_put_back{};                  ///< the same
    std::string journal_gone{};  ///< the path at which the open journal does not lie any more, or empty
    std::string drop_folder{};   ///< where order files wait, or empty
    std::string drop_trouble{};  ///< because of this
    std::vector<std::string> required_signs_down{};
    std::vector<ScreenVital> screens{};
    std::vector<DiskVital> disks{};
    std::chrono::seconds backup_age{};
    std::string backup_failure{};
    std::vector<CopyDoubt> copy_doubts{};
    ClockDoubt clock = ClockDoubt::none;
    std::chrono::seconds clock_difference{};  ///< system minus shop
    std::optional<Shortage> shortage{};       ///< somebody found no place lately
    std::uint64_t refusals_unwritten = 0;     ///< that the disk has not taken yet
    std::size_t commands_waiting = 0, output_unread = 0;
};

/// The critical ones first, then in the order of protocol::problems(). Empty when all is well.
std::vector<Problem> problems_of(const Vitals& vitals, const HealthLimits& limits);
HealthLevel worst(const std::vector<Problem>& problems);

}  // namespace baytime::daemon
