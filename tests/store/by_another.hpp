// A journal as another version of the program leaves it.
#pragma once

#include "board/store/schema.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>

namespace baytime::support {

/// Gives event `seq` another kind and payload, with the right sum: as a program that knows more would write it.
inline void written_by_another(const std::filesystem::path& path, std::uint64_t seq, const std::string& kind,
                               const std::string& payload) {
    SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);
    const auto number = static_cast<std::int64_t>(seq);
    SQLite::Statement read(file, std::string("SELECT ") + store::row_columns + " FROM event WHERE seq = ?");
    read.bind(1, number);
    if (!read.executeStep()) throw std::runtime_error("no event " + std::to_string(seq));
    auto row = store::row_of(read);
    row.kind = kind;
    row.payload = payload;
    const std::int64_t sum{store::sum_of(row)};
    read.reset();
    SQLite::Statement write(file, "UPDATE event SET kind = ?, payload = ?, sum = ? WHERE seq = ?");
    write.bind(1, kind);
    write.bind(2, payload);
    write.bind(3, sum);
    write.bind(4, number);
    write.exec();
}

}  // namespace baytime::support
