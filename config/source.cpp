#include "config/source.hpp"

#include "config/message.hpp"
#include "config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace baytime::config {
namespace {

std::string too_large() {
    return fmt::format("larger than {} KiB [too-large]", max_file_bytes / 1024);
}

/// Where the text in quotes that begins at `at` ends: behind its closing quote, or where it would have had to close.
/// What is closed wrongly is refused by the parser at that very place, so nothing behind it matters.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
    const char quote = text[at];
    const auto is_quote = [&](std::size_t i) { return i < text.size() && text[i] == quote; };
    const bool many_lines = is_quote(at + 1) && is_quote(at + 2);
    for (at += many_lines ? 3 : 1; at < text.size(); ++at) {
        if (text[at] == '\\' && quote == '"') {
            ++at;
        } else if (text[at] == '\n' && !many_lines) {
            return at;
        } else if (is_quote(at) && !many_lines) {
            return at + 1;
        } else if (is_quote(at) && is_quote(at + 1) && is_quote(at + 2)) {
            at += 3;
            for (int more = 0; more < 2 && is_quote(at); ++more) ++at;  // of `"""""` the first two belong to the text
            return at;
        }
    }
    return text.size();
}

/// How deep the place is at which the text goes too deep, and what does.
struct TooDeep {
    std::size_t at = std::string_view::npos;
    std::string what;
};

TooDeep too_deep(std::string_view text) {
    std::size_t dots = 0, brackets = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char one = text[at];
        if (one == '#') {
            at = std::min(text.find('\n', at), text.size()) - 1;
        } else if (one == '"' || one == '\'') {
            at = behind_quotes(text, at) - 1;
        } else if (one == '.') {
            if (++dots >= max_dotted_names)
                return {at, fmt::format("more than {} names joined by dots [too-deep]", max_dotted_names)};
        } else if (std::string_view("=,[]{}\n").find(one) != std::string_view::npos) {
            dots = 0;
            if (one == '[' || one == '{') ++brackets;
            if ((one == ']' || one == '}') && brackets > 0) --brackets;
            if (brackets > max_brackets)
                return {at, fmt::format("more than {} brackets inside each other [too-deep]", max_brackets)};
        }
    }
    return {};
}

}  // namespace

std::string read_source(const std::string& path) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::string out(max_file_bytes + 1, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (!in.is_open() || in.bad())
        throw ConfigError(fmt::format("{}: cannot be read: {}", path, std::strerror(errno != 0 ? errno : EIO)));
    out.resize(static_cast<std::size_t>(in.gcount()));
    if (out.size() > max_file_bytes) throw ConfigError(fmt::format("{}: {}", path, too_large()));
    return out;
}

void check_source(std::string_view text, const std::string& name, const std::vector<std::string>& lines) {
    if (text.size() > max_file_bytes) throw ConfigError(fmt::format("{}: {}", name, too_large()));
    const auto deep = too_deep(text);
    if (deep.at == std::string_view::npos) return;
    const auto before = text.substr(0, deep.at);
    const auto begin = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto starts_character = [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; };
    throw ConfigError(
        message(name, lines,
                {.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
                 .column = static_cast<std::size_t>(std::ranges::count_if(before.substr(begin), starts_character)) + 1,
                 .what = deep.what,
                 .accepted = ""}));
}

}  // namespace baytime::config
