#include "board/cli/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace baytime::cli {
namespace {

struct Range {
    char32_t first = 0, last = 0;
};

// Wide and full-width characters by Unicode's EastAsianWidth.txt, in coarse blocks; emoji included.
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},
                          Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},
                          Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
                          Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
                          Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
constexpr std::array zero{Range{0x0300, 0x036F}, Range{0x200B, 0x200D}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}};
// C0, DEL and C1; line and paragraph separators; marks that turn the writing direction.
constexpr std::array obeyed{Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x061C, 0x061C}, Range{0x200E, 0x200F},
                            Range{0x2028, 0x202E}, Range{0x2066, 0x2069}, Range{0xFEFF, 0xFEFF}};

template <class Table>
bool in(const Table& table, char32_t letter) {
    return std::ranges::any_of(table, [&](const Range& r) { return letter >= r.first && letter <= r.last; });
}

constexpr char32_t broken = 0xFFFFFFFF;

struct Letter {
    char32_t code = broken;
    std::string_view bytes;
};

// Takes one character off the front; a byte that begins none is taken alone and is `broken`.
Letter take(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80           ? 1
                               : (first >> 5) == 0x06 ? 2
                               : (first >> 4) == 0x0E ? 3
                               : (first >> 3) == 0x1E ? 4
                                                      : 0;
    Letter letter{.code = broken, .bytes = text.substr(0, 1)};
    if (length == 1) letter.code = first;
    if (length > 1 && length <= text.size()) {
        char32_t code = first & (0xFFU >> (length + 1));
        bool good = true;
        for (std::size_t i = 1; i < length; ++i) {
            good = good && (byte(i) >> 6) == 0x02;
            code = (code << 6) | (byte(i) & 0x3FU);
        }
        constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
        if (good && code >= least[length] && code <= 0x10FFFF) {
            letter.code = code;
            letter.bytes = text.substr(0, length);
        }
    }
    text.remove_prefix(letter.bytes.size());
    return letter;
}

std::size_t columns_of(char32_t code) {
    if (code == broken) return 1;
    if (in(zero, code) || in(obeyed, code)) return 0;
    return in(wide, code) ? 2 : 1;
}

}  // namespace

std::string harmless(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Letter letter = take(text);
        if (letter.code == broken || in(obeyed, letter.code)) {
            out += "\uFFFD";
        } else {
            out += letter.bytes;
        }
    }
    return out;
}

std::string harmless_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const Letter letter = take(json);
        if (letter.code == broken) {
            out += "\uFFFD";
        } else if (in(obeyed, letter.code)) {
            std::array<char, 12> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(letter.code));
            out += escape.data();
        } else {
            out += letter.bytes;
        }
    }
    return out;
}

std::size_t columns(std::string_view text) {
    std::size_t sum = 0;
    while (!text.empty()) sum += columns_of(take(text).code);
    return sum;
}

std::string fit(std::string_view text, std::size_t width) {
    const std::size_t whole = columns(text);
    if (whole <= width) return std::string(text) + std::string(width - whole, ' ');
    if (width == 0) return {};
    std::string out;
    std::size_t used = 0;
    while (!text.empty()) {
        const Letter letter = take(text);
        const std::size_t more = columns_of(letter.code);
        if (used + more > width - 1) break;  // one column stays for the ellipsis
        out += letter.bytes;
        used += more;
    }
    return out + "…" + std::string(width - 1 - used, ' ');
}

}  // namespace baytime::cli
