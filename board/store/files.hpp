// Small, durable steps with whole files: set aside, copy, put in place. Knows no SQLite.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace baytime::store {

/// The files that SQLite keeps beside a database: `-wal` and `-shm`.
inline constexpr const char* side_files[] = {"-wal", "-shm"};

/// Flushes a file or directory to disk. Throws std::system_error.
void flush(const std::filesystem::path& path);
/// Renames durably; with `replace` false a file that is there stays, and it throws. Throws std::system_error.
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to, bool replace);
/// Copies durably over whatever is at `to`; nothing is there when that fails. Throws std::system_error.
void copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Writes a file that its owner alone may read (0600), whole or not at all; whatever is at `path` is replaced. Throws
/// std::system_error.
void write_private(const std::filesystem::path& path, std::string_view text);
/// The whole file; empty when there is none. Takes it from everyone but its owner. Throws std::system_error.
std::string read_private(const std::filesystem::path& path);
/// Moves a database's side files along with it, where there are any.
void move_side_files(const std::string& from, const std::string& to);
/// Removes a database and its side files, where there are any.
void remove_database(const std::string& path);
/// `2026-11-21T023000Z`: a time of now for names of files.
std::string time_for_name();

}  // namespace baytime::store
