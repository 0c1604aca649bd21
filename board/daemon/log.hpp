// The structured log: one line an event on stderr, `event key=value ...`, which journald keeps as it is.
// Values are quoted and escaped, so that nothing a client sends can forge a line.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace baytime::daemon::log {

enum class Level { debug, info, warn, error };

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

/// `debug`, `info`, `warn`, `error`; any other name is info.
void set_level(std::string_view name);
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
