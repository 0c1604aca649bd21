#include "board/store/restore.hpp"

#include "board/core/board.hpp"
#include "board/store/check.hpp"
#include "board/store/files.hpp"
#include "board/store/log_space.hpp"
#include "board/store/rescue.hpp"
#include "board/store/schema.hpp"
#include "board/store/sqlite_journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& backup, const std::string& why) {
    throw std::runtime_error(fmt::format("{} is not restored, nothing was changed: {}", backup, why));
}

void check_backup(const std::string& path, const std::string& backup) {
    if (!fs::is_regular_file(backup)) refuse(backup, "there is no such file");
    if (fs::exists(path) && fs::equivalent(path, backup)) refuse(backup, "it is the journal itself");
    if (log_holds_something(backup))
        refuse(backup,
               "a -wal file with events lies beside it, so it is a journal in use and not whole; make a copy with "
               "'baytime backup', or start a daemon on it once and stop it, which puts them in");
    const Finding found = examine(backup, Use::still);
    switch (found.condition) {
        case Condition::good: return;
        case Condition::damaged: refuse(backup, "it is damaged: " + found.why);
        case Condition::newer: refuse(backup, "a later version of Baytime wrote it: " + found.why);
        case Condition::foreign: refuse(backup, found.why);
    }
}

/// Brings the copy to the newest schema and replays it.
Restored look_through(const std::string& copy) {
    {
        SQLite::Database database = connect(copy, Use::write);
        upgrade(database, std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    }
    Board board;
    const auto journal = journal_on(copy, Use::read, nullptr, {});
    journal->read(0, [&board](const Event& event) {
        apply(board, event);
        return true;
    });
    return {.events = board.seq, .newest = board.newest, .set_aside = {}};
}

std::string free_name(const std::string& path) {
    const std::string name = path + ".replaced-" + time_for_name();
    std::string free = name;
    for (int again = 2; fs::exists(free); ++again) free = fmt::format("{}-{}", name, again);
    return free;
}

/// Of a damaged journal only its side files may be left.
std::string set_aside(const std::string& path) {
    if (!fs::exists(path) && !fs::exists(path + side_files[0])) return {};
    const std::string aside = free_name(path);
    if (fs::exists(path)) move_durably(path, aside, false);
    move_side_files(path, aside);
    return aside;
}

Restored put_in_place(const std::string& path, const std::string& backup) {
    const std::string waiting = path + ".restoring";  // a start finds it when this is cut off (rescue.cpp)
    remove_database(waiting);
    copy_durably(backup, waiting);
    Restored out;
    try {
        out = look_through(waiting);
    } catch (const std::exception& failed) {
        remove_database(waiting);
        refuse(backup, failed.what());
    }
    for (const char* side : side_files) fs::remove(waiting + side);
    flush(waiting);
    out.set_aside = set_aside(path);
    move_durably(waiting, path, false);
    return out;
}

}  // namespace

std::vector<std::string> set_newer_aside(const std::string& directory, std::uint64_t events) {
    std::vector<fs::path> newer;
    std::error_code missing;  // no directory, no copies
    for (const auto& entry : fs::directory_iterator(directory, missing))
        if (entry.path().extension() == ".db" && std::cmp_greater(newest_event(entry.path()), events))
            newer.push_back(entry.path());
    std::ranges::sort(newer);
    std::vector<std::string> out;
    for (const auto& copy : newer) {
        out.push_back(copy.string() + ".before-restore-" + time_for_name());
        try {
            move_durably(copy, out.back(), false);
        } catch (const std::system_error& failed) {
            throw std::runtime_error(
                fmt::format("the copy {} holds more than what was restored and cannot be renamed: {}; move it away, or "
                            "a rescue would take it for the newest",
                            copy.string(), failed.code().message()));
        }
    }
    return out;
}

Restored restore(const std::string& path, const std::string& backup) {
    try {
        const std::string name = fs::weakly_canonical(fs::absolute(path));
        fs::create_directories(fs::path(name).parent_path());
        const FileLock lock(name);
        check_backup(name, backup);
        return put_in_place(name, backup);
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, backup));
    } catch (const fs::filesystem_error& e) {
        throw std::runtime_error(
            fmt::format("{} is not restored: {}: {}", backup, e.path1().string(), e.code().message()));
    }
}

}  // namespace baytime::store
