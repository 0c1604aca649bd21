#include "board/store/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace baytime::store {
namespace {

/// `file:` name for SQLite; the three characters with a meaning there are escaped.
std::string still_uri(const std::string& path) {
    std::string out = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out + "?immutable=1";
}

void prepare_to_write(SQLite::Database& database) {
    // SQLite falls back to reading when it may not write; a journal must say so at start, not at the first event.
    if (::sqlite3_db_readonly(database.getHandle(), "main") == 1)
        throw SQLite::Exception("attempt to write a readonly database", SQLITE_READONLY);
    database.exec("PRAGMA foreign_keys=ON");
    database.exec("PRAGMA locking_mode=NORMAL");
    database.exec("PRAGMA journal_mode=WAL");
    database.exec("PRAGMA synchronous=FULL");
    database.exec("PRAGMA secure_delete=ON");
    database.exec(fmt::format("PRAGMA wal_autocheckpoint={}", checkpoint_pages));
}

/// Steps of SQLite's machine between two looks whether to stop: a fraction of a millisecond.
constexpr int steps_between_looks = 1000;

}  // namespace

Interruptible::Interruptible(SQLite::Database& database, std::stop_token stop)
    : database_(database), stop_(std::move(stop)) {
    ::sqlite3_progress_handler(
        database_.getHandle(), steps_between_looks,
        [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; }, &stop_);
}

Interruptible::~Interruptible() {
    ::sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr);
}

SQLite::Database connect(const std::string& path, Use use) {
    if (use == Use::still) return SQLite::Database(still_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    const int create = use == Use::create ? SQLite::OPEN_CREATE : 0;
    // A connection belongs to one thread, so SQLite needs no lock around each of its calls.
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | create, busy_milliseconds);
    if (use == Use::examine) ::sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (use == Use::read) database.exec("PRAGMA query_only=ON");
    if (use == Use::write) prepare_to_write(database);
    return database;
}

std::string sentence(const SQLite::Exception& error, const std::string& path) {
    switch (error.getErrorCode() & 0xff) {
        case SQLITE_FULL:
            return fmt::format("the disk is full: nothing more fits into {}; free some space on its file system", path);
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return fmt::format("{} is read-only: this user may not write to it or to its directory", path);
        case SQLITE_CANTOPEN:
            return fmt::format("{} cannot be opened: is it there, and may this user read and write it?", path);
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return fmt::format("{} is locked by another program: is it open in sqlite3?", path);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return fmt::format("{} is damaged: {}", path, error.what());
        case SQLITE_IOERR: return fmt::format("the disk that holds {} failed: {}", path, error.what());
        default: return fmt::format("{}: {}", path, error.what());
    }
}

bool says_damaged(const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR || code == SQLITE_MISMATCH;
}

}  // namespace baytime::store
