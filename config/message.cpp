#include "config/message.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace baytime::config {
namespace {

constexpr std::string_view margin = "    ";
/// Longest line, in bytes, that is shown with its fault.
constexpr std::size_t longest_shown = 1000;

struct Range {
    std::uint32_t from = 0, to = 0;
};
/// What terminals draw two cells wide (Unicode East Asian Width W and F, in blocks; and emoji).
constexpr Range wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                          {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
/// What is drawn onto the character before it.
constexpr Range narrowest[] = {{0x300, 0x36f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}};

template <std::size_t count>
bool among(const Range (&ranges)[count], std::uint32_t character) {
    return std::ranges::any_of(ranges, [&](const Range& one) { return character >= one.from && character <= one.to; });
}

std::size_t cells(std::uint32_t character) {
    if (among(narrowest, character)) return 0;
    return among(wide, character) ? 2 : 1;
}

/// Takes one UTF-8 character off the front; a byte that is none counts as a character of its own.
std::uint32_t take_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    if (first >= 0xf0)
        length = 4;
    else if (first >= 0xe0)
        length = 3;
    else if (first >= 0xc0)
        length = 2;
    length = std::min(length, text.size());
    std::uint32_t character = length == 1 ? first : first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i)
        character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    text.remove_prefix(length);
    return character;
}

/// Case and the choice between `-` and `_` are the mistakes that are none.
std::string plain(std::string_view word) {
    std::string out;
    for (const char c : word) out += c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// How many letters to add, drop, change or swap with a neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out.emplace_back(line);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

std::string indent_to(std::string_view line, std::size_t column) {
    std::string out;
    for (std::size_t at = 1; at < column; ++at) {
        const std::uint32_t character = line.empty() ? U' ' : take_character(line);
        if (character == U'\t') {
            out += '\t';
        } else {
            out.append(cells(character), ' ');
        }
    }
    return out;
}

std::string message(const std::string& file, const std::vector<std::string>& lines, const Fault& fault) {
    const std::string accepted = fault.accepted.empty() ? "" : fmt::format("\n{}{}", margin, fault.accepted);
    if (fault.line == 0) return fmt::format("{}: {}{}", file, fault.what, accepted);
    const std::string line = fault.line <= lines.size() ? lines[fault.line - 1] : "";
    if (line.size() > longest_shown)
        return fmt::format("{}:{}:{}: {}{}", file, fault.line, fault.column, fault.what, accepted);
    return fmt::format("{}:{}:{}: {}\n{}{}\n{}{}^{}", file, fault.line, fault.column, fault.what, margin, line, margin,
                       indent_to(line, fault.column), accepted);
}

std::string without_quotes(std::string_view messages) {
    std::string out;
    for (const auto& line : lines_of(messages)) {
        if (line.starts_with(margin)) continue;
        if (!out.empty()) out += '\n';
        out += line;
    }
    return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& accepted) {
    constexpr std::size_t longest = 64;  // letters; nobody mistypes a longer word
    if (word.size() > longest) return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& one : accepted) {
        const std::size_t away = distance(plain(word), plain(one));
        if (away >= least) continue;
        least = away;
        best = one;
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& accepted) {
    if (accepted.empty()) return "nothing is accepted here";
    const std::string meant = nearest(word, accepted);
    const std::string all = fmt::format("accepted here: {}", fmt::join(accepted, ", "));
    return meant.empty() ? all : fmt::format("did you mean \"{}\"? {}", meant, all);
}

}  // namespace baytime::config
