#include "board/store/rescue.hpp"

#include "board/store/check.hpp"
#include "board/store/connection.hpp"
#include "board/store/files.hpp"
#include "board/store/replace.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

/// A copy and the number of its newest event.
struct Copy {
    std::int64_t events = 0;
    fs::file_time_type written{};
    fs::path path{};
    auto operator<=>(const Copy&) const = default;
};

/// All `*.db` files there, that with the newest event first.
std::vector<Copy> backups_in(const std::string& directory) {
    std::vector<Copy> out;
    std::error_code missing;  // no directory of backups is no backup
    for (const auto& entry : fs::directory_iterator(directory, missing))
        if (entry.is_regular_file() && entry.path().extension() == ".db")
            out.push_back({newest_event(entry.path()), entry.last_write_time(), entry.path()});
    std::ranges::sort(out, std::ranges::greater{});
    return out;
}

bool is_good(const std::string& path) {
    try {
        return examine(path, Use::still, Depth::replays).condition == Condition::good;
    } catch (const std::runtime_error&) {
        return false;  // an unreadable backup is none; the next one is tried
    }
}

}  // namespace

std::int64_t newest_event(const fs::path& copy) {
    try {
        return connect(copy, Use::still).execAndGet("SELECT coalesce(max(seq), 0) FROM event").getInt64();
    } catch (const std::runtime_error&) {
        return -1;
    }
}

void rescue(const std::string& path, const std::string& backups, Opening& opening) {
    const std::string unfinished = unfinished_name(path);
    opening.restored_from.clear();
    for (const auto& backup : backups_in(backups)) {
        if (!is_good(backup.path)) continue;
        copy_durably(backup.path, unfinished);
        if (!is_good(unfinished)) continue;
        move_durably(unfinished, waiting_name(path), true);
        opening.restored_from = backup.path;
        break;
    }
    if (opening.restored_from.empty()) fs::remove(waiting_name(path));
    fs::remove(unfinished);
    if (const auto aside = replace_journal(path, damaged_mark); !aside.empty()) opening.damaged = aside;
}

bool finish_rescue(const std::string& path, Opening& opening) {
    const auto finished = finish_replacing(path);
    if (!finished) return false;
    opening.damaged = finished->aside;
    opening.damage = finished->why;
    if (finished->put_in_place) opening.restored_from = waiting_name(path);
    return true;
}

void look_for_newer_copy(const std::string& backups, std::uint64_t events, Opening& opening) {
    for (const auto& copy : backups_in(backups)) {
        if (std::cmp_less_equal(copy.events, events)) return;
        if (!is_good(copy.path)) continue;
        opening.newer_copy = copy.path;
        opening.newer_copy_events = static_cast<std::uint64_t>(copy.events);
        return;
    }
}

}  // namespace baytime::store
