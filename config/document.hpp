// A TOML file as a plain tree of values that know their places. The only file that knows toml++ is document.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

/// Both count from 1, the column in characters. Line 0: the file as a whole.
struct Place {
    std::size_t line = 0, column = 0;
};

struct Member;

struct Value {
    enum class Kind { text, integer, real, boolean, time, list, table };
    Kind kind = Kind::table;
    Place place;
    std::string text;  ///< of a text its content, else the value as TOML writes it; empty for list and table
    std::int64_t integer = 0;
    double real = 0;  ///< also of an integer
    bool yes = false;
    std::vector<Value> list;
    std::vector<Member> members;  ///< of a table, in the order of the file

    const Value* find(std::string_view key) const;  ///< null when the table has none
    bool is_list_of_tables() const;                 ///< and not empty
};

struct Member {
    std::string key;
    Place place;
    Value value;
};

/// Throws ConfigError with the place, the line and a caret when the text is no TOML, or passes a limit (source.hpp).
/// `lines` are those of `text`.
Value parse_toml(std::string_view text, const std::string& name, const std::vector<std::string>& lines);

}  // namespace baytime::config
