// The structured log: one line an event on stderr, `event key=value ...`, which journald keeps as it is.
// Values are quoted and escaped, so that nothing a client sends can forge a line.
#pragma once

#include <boost/describe/enum.hpp>

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace baytime::daemon::log {

enum class Level { debug, info, warn, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warn, error)

/// A value on a log line: a number as it is, text in quotes when it is not one plain word.
struct Value {
    std::string text;
    template <class T>
    requires std::is_arithmetic_v<T> Value(T number)
        : text(std::is_same_v<T, bool> ? (number ? "yes" : "no") : std::to_string(number)) {}
    Value(std::string_view plain);
    Value(const char* plain) : Value(std::string_view(plain)) {}
    Value(const std::string& plain) : Value(std::string_view(plain)) {}
};
using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

/// The parts of the daemon that a level can be set for, by the events they log.
enum class Room { daemon, door, store, signs };
BOOST_DESCRIBE_ENUM(Room, daemon, door, store, signs)
inline constexpr std::size_t rooms = 4;
Room room_of(std::string_view event);

/// `debug`, `info`, `warn`, `error`; any other name is info. For all rooms.
void set_level(std::string_view name);
void set_level(Room room, Level level);
Level level_of(Room room);

/// The newest lines are kept for a helper far away: so many, and so many bytes of them.
inline constexpr std::size_t max_kept_lines = 400;
inline constexpr std::size_t max_kept_bytes = 128 * 1024;
/// Oldest first, without newlines, as they stand in the log.
const std::deque<std::string>& kept_lines();

void write(Level level, std::string_view event, Fields fields = {});

inline void debug(std::string_view event, Fields fields = {}) {
    write(Level::debug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
    write(Level::info, event, fields);
}
inline void warn(std::string_view event, Fields fields = {}) {
    write(Level::warn, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
    write(Level::error, event, fields);
}

/// The escaping alone, for tests: `a b` -> `"a b"`, control characters as `\x1b`.
std::string quoted(std::string_view text);

}  // namespace baytime::daemon::log
