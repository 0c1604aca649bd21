// Is this file a whole journal that this program can read? Asked at start and of every backup.
#pragma once

#include "board/store/connection.hpp"

#include <cstdint>
#include <stop_token>
#include <string>

namespace baytime::store {

enum class Condition {
    good,
    damaged,
    newer,   ///< whole, but written by a program that knew more: to be left alone
    foreign  ///< some other program's database: to be left alone
};

struct Finding {
    Condition condition = Condition::good;
    std::string why{};  ///< when not good: what is wrong, without the file's name
    std::uint64_t events = 0;
    int schema = 0;
    bool listed = true;  ///< the list of events by order is right; when not, it can be made anew
};

enum class Depth {
    sums,    ///< a replay will read the facts
    replays  ///< the facts are read here: what is good then surely replays
};

/// Reads the whole file: SQLite's integrity check, then every event, its sum and its place in the sequence, then the
/// list of events by order.
/// Throws std::runtime_error when the file could not be read at all (permissions, locks, a failing disk), and soon
/// after `stop` was requested.
Finding examine(const std::string& path, Use use, Depth depth = Depth::sums, const std::stop_token& stop = {});

/// Says why a whole file is left alone, and what to do.
std::string left_alone(const std::string& path, const std::string& why);

}  // namespace baytime::store
