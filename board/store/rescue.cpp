#include "board/store/rescue.hpp"

#include "board/store/check.hpp"
#include "board/store/connection.hpp"
#include "board/store/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

/// A verified copy of the backup waits under this name, so that a power cut at any moment leaves a way on.
std::string waiting_name(const std::string& path) {
    return path + ".restoring";
}

/// A name that is free: two damaged files can be found within one second.
std::string damaged_name(const std::string& path) {
    const std::string name = path + ".damaged-" + time_for_name();
    std::string free = name;
    for (int again = 2; fs::exists(free); ++again) free = fmt::format("{}-{}", name, again);
    return free;
}

/// All `*.db` files there, that with the newest event first.
std::vector<fs::path> backups_in(const std::string& directory) {
    std::vector<std::tuple<std::int64_t, fs::file_time_type, fs::path>> found;
    std::error_code missing;  // no directory of backups is no backup
    for (const auto& entry : fs::directory_iterator(directory, missing))
        if (entry.is_regular_file() && entry.path().extension() == ".db")
            found.push_back({newest_event(entry.path()), entry.last_write_time(), entry.path()});
    std::ranges::sort(found, std::ranges::greater{});
    std::vector<fs::path> out;
    for (const auto& [seq, time, path] : found) out.push_back(path);
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
    const std::string waiting = waiting_name(path);
    for (const fs::path& backup : backups_in(backups)) {
        if (!is_good(backup)) continue;
        copy_durably(backup, waiting);
        if (!is_good(waiting)) continue;
        opening.restored_from = backup;
        break;
    }
    if (opening.restored_from.empty()) fs::remove(waiting);
    opening.damaged = damaged_name(path);
    move_durably(path, opening.damaged, false);
    move_side_files(path, opening.damaged);
    if (!opening.restored_from.empty()) move_durably(waiting, path, false);
}

void finish_rescue(const std::string& path, Opening& opening) {
    const std::string waiting = waiting_name(path);
    if (fs::exists(path)) {
        fs::remove(waiting);
        return;
    }
    if (!fs::exists(waiting)) {
        // Side files without their database: the rest of one that was set aside or deleted by hand.
        move_side_files(path, damaged_name(path));
        return;
    }
    opening.damaged = damaged_name(path);
    opening.damage = "an earlier start was cut off while it put a backup in place of a damaged file";
    move_side_files(path, opening.damaged);
    move_durably(waiting, path, false);
    opening.restored_from = waiting;
}

}  // namespace baytime::store
