// What lies in a journal file, in numbers: its tables and how many rows each has. No row is read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace baytime::store {

struct TableCount {
    std::string table;
    std::string sql;  ///< how it was made
    std::int64_t rows = 0;
};
struct Inventory {
    int schema = 0;
    std::string sqlite;  ///< version of the library
    std::vector<TableCount> tables;
};

/// Beside a running daemon; changes nothing. Throws std::runtime_error.
Inventory inventory(const std::string& path);

}  // namespace baytime::store
