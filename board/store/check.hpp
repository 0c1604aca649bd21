// Is this file a whole journal that this program can read? Asked at start and of every backup.
#pragma once

#include "board/store/connection.hpp"

#include <cstdint>
#include <string>

namespace baytime::store {

enum class Condition {
    good,
    damaged,
    newer,   ///< written by a later program: to be left alone
    foreign  ///< some other program's database: to be left alone
};

struct Finding {
    Condition condition = Condition::good;
    std::string why{};  ///< when not good: what is wrong, without the file's name
    std::uint64_t events = 0;
    int schema = 0;
};

/// Reads the whole file: SQLite's integrity check, then every event, its sum and its place in the sequence.
/// Throws std::runtime_error when the file could not be read at all (permissions, locks, a failing disk).
Finding examine(const std::string& path, Use use);

}  // namespace baytime::store
