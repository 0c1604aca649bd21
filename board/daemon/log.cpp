#include "board/daemon/log.hpp"

#include "protocol/harmless.hpp"
#include "protocol/json.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace baytime::daemon::log {

namespace {

/// Longest value on a log line, in bytes; the rest is cut off.
constexpr std::size_t max_value = 400;

spdlog::logger& logger() {
    static const auto one = [] {
        auto made = spdlog::stderr_logger_st("baytimed");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->flush_on(spdlog::level::trace);
        made->set_level(spdlog::level::trace);  // write() has decided already
        return made;
    }();
    return *one;
}

spdlog::level::level_enum spdlog_level(Level level) {
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
    std::string out;
    bool plain = !text.empty() && text.size() <= max_value;
    for (auto rest = text; !rest.empty() && text.size() - rest.size() < max_value;) {
        const std::size_t length = protocol::character_bytes(rest);
        const auto character = rest.substr(0, std::max<std::size_t>(length, 1));
        const bool as_hex = length == 0 || protocol::is_obeyed(character);
        const bool mark = character == "\"" || character == "\\";
        plain = plain && !as_hex && !mark && character != " " && character != "=";
        if (character == "\n") {
            out += "\\n";
        } else if (as_hex) {
            for (const char each : character) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(each));
        } else {
            if (mark) out += '\\';
            out += character;
        }
        rest.remove_prefix(character.size());
    }
    return plain ? out : '"' + out + (text.size() > max_value ? "...\"" : "\"");
}

Value::Value(std::string_view plain) : text(quoted(plain)) {}

Room room_of(std::string_view event) {
    struct Prefix {
        std::string_view begins;
        Room room;
    };
    static constexpr std::array prefixes{
        Prefix{"connect", Room::door}, Prefix{"identity", Room::door}, Prefix{"door", Room::door},
        Prefix{"metrics", Room::door}, Prefix{"storage", Room::store}, Prefix{"journal", Room::store},
        Prefix{"backup", Room::store}, Prefix{"events", Room::store},  Prefix{"sign", Room::signs},
        Prefix{"tls", Room::door},     Prefix{"token", Room::door},
    };
    const auto* found =
        std::ranges::find_if(prefixes, [event](const Prefix& one) { return event.starts_with(one.begins); });
    return found == prefixes.end() ? Room::daemon : found->room;
}

namespace {

std::array<Level, rooms> levels{Level::info, Level::info, Level::info, Level::info};

/// The newest lines, within their limits.
class Kept {
public:
    void add(std::string line) {
        bytes_ += line.size();
        lines.push_back(std::move(line));
        while (lines.size() > max_kept_lines || bytes_ > max_kept_bytes) {
            bytes_ -= lines.front().size();
            lines.pop_front();
        }
    }
    std::deque<std::string> lines;

private:
    std::size_t bytes_ = 0;
};

Kept& kept() {
    static Kept one;
    return one;
}

void keep(Level level, const std::string& line) {
    constexpr std::array names{"debug", "info", "warning", "error"};
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    kept().add(protocol::iso_utc(now) + " " + names[static_cast<std::size_t>(level)] + " " + line);
}

}  // namespace

void set_level(std::string_view name) {
    levels.fill(name == "debug"   ? Level::debug
                : name == "warn"  ? Level::warn
                : name == "error" ? Level::error
                                  : Level::info);
}

void set_level(Room room, Level level) {
    levels[static_cast<std::size_t>(room)] = level;
}

Level level_of(Room room) {
    return levels[static_cast<std::size_t>(room)];
}

const std::deque<std::string>& kept_lines() {
    return kept().lines;
}

void write(Level level, std::string_view event, Fields fields) {
    if (level < level_of(room_of(event))) return;
    std::string line(event);
    for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, value.text);
    logger().log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
    keep(level, line);
}

}  // namespace baytime::daemon::log
