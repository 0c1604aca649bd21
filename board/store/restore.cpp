#include "board/store/restore.hpp"

#include "board/core/board.hpp"
#include "board/store/check.hpp"
#include "board/store/files.hpp"
#include "board/store/log_space.hpp"
#include "board/store/replace.hpp"
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

Restored put_in_place(const std::string& path, const std::string& backup) {
    finish_replacing(path);
    const std::string unfinished = unfinished_name(path);
    Restored out;
    try {
        copy_durably(backup, unfinished);
        out = look_through(unfinished);
        for (const char* side : side_files) fs::remove(unfinished + side);
        flush(unfinished);
        move_durably(unfinished, waiting_name(path), true);
    } catch (const std::exception& failed) {
        remove_database(unfinished);
        refuse(backup, failed.what());
    }
    try {
        out.set_aside = replace_journal(path, replaced_mark);
    } catch (const std::system_error& failed) {
        throw std::runtime_error(
            fmt::format("restoring {} was cut off: {}; nothing is lost, and the next start of the daemon finishes it",
                        backup, failed.what()));
    }
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
