#include "board/daemon/log.hpp"

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

/// Bytes at the beginning that a terminal would obey: a control character of C0 or C1, a line separator, a mark of
/// direction.
std::size_t commanding(std::string_view text) {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    if (byte(0) < ' ' || byte(0) == 0x7f) return 1;
    if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return 2;
    const bool mark = byte(1) == 0x80 && (byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae));
    const bool isolate = byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
    return byte(0) == 0xe2 && (mark || isolate) ? 3 : 0;
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out;
    bool plain = !text.empty() && text.size() <= max_value;
    for (auto rest = text.substr(0, max_value); !rest.empty();) {
        const char first = rest.front();
        const auto obeyed = commanding(rest);
        plain = plain && obeyed == 0 && first != ' ' && first != '=' && first != '"' && first != '\\';
        if (first == '\n') {
            out += "\\n";
        } else if (obeyed > 0) {
            for (const char each : rest.substr(0, obeyed))
                out += fmt::format("\\x{:02x}", static_cast<unsigned char>(each));
        } else {
            if (first == '"' || first == '\\') out += '\\';
            out += first;
        }
        rest.remove_prefix(std::max<std::size_t>(obeyed, 1));
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
