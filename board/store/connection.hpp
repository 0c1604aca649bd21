// Opening SQLite files the way the journal wants them, and saying in plain words why it did not work.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <stop_token>
#include <string>

namespace baytime::store {

/// Pages of write-ahead log before it is copied back; the default of 1000 makes one answer in a hundred slow.
inline constexpr int checkpoint_pages = 4000;
/// How long to wait for another connection (a report, a person in sqlite3), in milliseconds.
inline constexpr int busy_milliseconds = 2000;

enum class Use {
    create,   ///< a new file, rolled back by a plain journal
    write,    ///< the journal's own connection: WAL, synchronous=FULL
    read,     ///< beside a writer; changes nothing
    examine,  ///< may be damaged or from a later program: leaves the file's bytes alone, also when closing
    still     ///< a file that nobody writes (a backup): leaves no side files
};

/// Throws SQLite::Exception.
SQLite::Database connect(const std::string& path, Use use);

/// While it lives, whatever runs on this connection ends with SQLITE_INTERRUPT soon after `stop` was requested.
class Interruptible {
public:
    Interruptible(SQLite::Database& database, std::stop_token stop);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

private:
    SQLite::Database& database_;
    std::stop_token stop_;
};

/// One sentence for people, naming the file and what to do about it.
std::string sentence(const SQLite::Exception& error, const std::string& path);

/// True when the error says that the file's content is wrong, not that it could not be reached.
bool says_damaged(const SQLite::Exception& error);

}  // namespace baytime::store
