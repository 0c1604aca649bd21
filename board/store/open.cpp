// The way from a name to a journal that can be trusted: lock, check, rescue when damaged, create or upgrade.
#include "board/store/check.hpp"
#include "board/store/files.hpp"
#include "board/store/order_list.hpp"
#include "board/store/rescue.hpp"
#include "board/store/schema.hpp"
#include "board/store/sqlite_journal.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

Instant now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// The same name for the same file, so that a link to it meets the same lock.
std::string real_name(const std::string& path) {
    if (path.empty()) throw std::runtime_error("the journal has no file name: set [store] path");
    const std::string name = fs::weakly_canonical(fs::absolute(path));
    if (fs::is_directory(name)) throw std::runtime_error(fmt::format("{} is a directory, not a journal file", name));
    return name;
}

[[noreturn]] void leave_alone(const std::string& path, const Finding& found) {
    if (found.condition == Condition::foreign)
        throw std::runtime_error(
            fmt::format("{} is no Baytime journal: {}. It was left as it is; name another file", path, found.why));
    throw std::runtime_error(left_alone(path, found.why));
}

/// Under another name first, so that a power cut cannot leave half a journal.
void create(const std::string& path) {
    const std::string unfinished = path + ".new";
    remove_database(unfinished);
    {
        SQLite::Database database = connect(unfinished, Use::create);
        upgrade(database, now());
    }
    flush(unfinished);
    move_durably(unfinished, path, false);
}

void take_missing_steps(const std::string& path, Opening& opening) {
    SQLite::Database database = connect(path, Use::write);
    const int before = schema_of(database);
    if (before == newest_step) return;
    upgrade(database, now());
    opening.upgraded_from = before;
}

void list_events_anew(const std::string& path) {
    SQLite::Database database = connect(path, Use::write);
    store::list_events_anew(database);
}

std::unique_ptr<Journal> open_checked(const std::string& path, const std::string& backups) {
    fs::create_directories(fs::path(path).parent_path());
    auto lock = std::make_unique<FileLock>(path);
    Opening opening;
    // A log without its journal, or a damaged journal set aside with nothing in its place yet.
    if (finish_rescue(path, opening) && !fs::exists(path)) rescue(path, backups, opening);
    std::uint64_t events = 0;
    if (fs::exists(path)) {
        const Finding found = examine(path, Use::examine);
        events = found.events;
        opening.listed_anew = found.condition == Condition::good && !found.listed;
        if (found.condition == Condition::newer || found.condition == Condition::foreign) leave_alone(path, found);
        if (found.condition == Condition::damaged) {
            opening.damage = found.why;
            rescue(path, backups, opening);
        }
    } else {
        opening.created = true;
    }
    if (opening.restored_from.empty()) look_for_newer_copy(backups, events, opening);
    if (!fs::exists(path)) create(path);
    take_missing_steps(path, opening);
    if (opening.listed_anew) list_events_anew(path);
    return journal_on(path, Use::write, std::move(lock), std::move(opening));
}

}  // namespace

std::unique_ptr<Journal> Journal::open(const std::string& path, const std::string& backups) {
    const std::string name = real_name(path);
    try {
        return open_checked(name, backups);
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, name));
    } catch (const fs::filesystem_error& e) {
        throw std::runtime_error(
            fmt::format("the journal {} cannot be used: {}: {}", name, e.path1().string(), e.code().message()));
    }
}

std::unique_ptr<Journal> Journal::open_to_read(const std::string& path) {
    const std::string name = real_name(path);
    try {
        SQLite::Database database = connect(name, Use::read);
        const int schema = schema_of(database);
        if (schema != newest_step)
            throw std::runtime_error(
                fmt::format("{} has schema {}, this program reads schema {}: start this version's daemon on it once",
                            name, schema, newest_step));
        return journal_on(name, Use::read, nullptr, {});
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, name));
    }
}

}  // namespace baytime::store
