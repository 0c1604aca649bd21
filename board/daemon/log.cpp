#include "board/daemon/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace baytime::daemon::log {

namespace {

/// Longest value on a log line, in bytes; the rest is cut off.
constexpr std::size_t max_value = 400;

spdlog::logger& logger() {
    static const auto one = [] {
        auto made = spdlog::stderr_logger_st("baytimed");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *one;
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warn: return spdlog::level::warn;
        case Level::error: break;
    }
    return spdlog::level::err;
}

}  // namespace

std::string quoted(std::string_view text) {
    const auto plain = [](unsigned char c) { return c > ' ' && c != '"' && c != '\\' && c != '=' && c != 0x7f; };
    if (!text.empty() && text.size() <= max_value && std::ranges::all_of(text, plain)) return std::string(text);
    std::string out = "\"";
    for (const char each : text.substr(0, max_value)) {
        const auto c = static_cast<unsigned char>(each);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += each;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c < ' ' || c == 0x7f) {
            out += fmt::format("\\x{:02x}", c);
        } else {
            out += each;
        }
    }
    return out + (text.size() > max_value ? "...\"" : "\"");
}

Value::Value(std::string_view plain) : text(quoted(plain)) {}

void set_level(std::string_view name) {
    const auto level = name == "debug"   ? Level::debug
                       : name == "warn"  ? Level::warn
                       : name == "error" ? Level::error
                                         : Level::info;
    logger().set_level(level_of(level));
}

void write(Level level, std::string_view event, Fields fields) {
    if (!logger().should_log(level_of(level))) return;
    std::string line(event);
    for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, value.text);
    logger().log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace baytime::daemon::log
