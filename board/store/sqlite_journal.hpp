// The journal on an SQLite file that is known to be good and of the newest schema (see open.cpp).
#pragma once

#include "board/store/connection.hpp"
#include "board/store/file_lock.hpp"
#include "board/store/journal.hpp"

namespace baytime::store {

/// `use` is Use::write, with a lock, or Use::read. Throws SQLite::Exception.
std::unique_ptr<Journal> journal_on(std::string path, Use use, std::unique_ptr<FileLock> lock, Opening opening);

}  // namespace baytime::store
