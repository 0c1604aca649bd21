// Names that people read on boards, signs and in lists: one short line each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace baytime::config {

class Table;

/// Longest text of any key, in bytes: as long as a path may be. Table::text() keeps to it.
inline constexpr std::size_t max_text_bytes = 4096;
/// Longest name, in letters.
inline constexpr std::size_t max_name_letters = 80;

/// Table::text() and Table::required_text() for a name: no line break, and within max_name_letters.
std::string name(const Table& table, std::string_view key, std::string_view otherwise);
std::string required_name(const Table& table, std::string_view key);

}  // namespace baytime::config
