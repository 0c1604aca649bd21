#include "board/cli/text.hpp"

#include <algorithm>
#include <array>

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
    const std::size_t length = protocol::character_bytes(text);
    Letter letter{.code = broken, .bytes = text.substr(0, std::max<std::size_t>(length, 1))};
    if (length > 0) letter.code = static_cast<unsigned char>(text[0]) & (length == 1 ? 0xFFU : 0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        letter.code = (letter.code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(letter.bytes.size());
    return letter;
}

std::size_t columns_of(const Letter& letter) {
    if (letter.code == broken) return 1;
    if (in(zero, letter.code) || protocol::is_obeyed(letter.bytes)) return 0;
    return in(wide, letter.code) ? 2 : 1;
}

}  // namespace

std::size_t columns(std::string_view text) {
    std::size_t sum = 0;
    while (!text.empty()) sum += columns_of(take(text));
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
        const std::size_t more = columns_of(letter);
        if (used + more > width - 1) break;  // one column stays for the ellipsis
        out += letter.bytes;
        used += more;
    }
    return out + "…" + std::string(width - 1 - used, ' ');
}

}  // namespace baytime::cli
