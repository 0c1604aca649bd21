// The glass of the simulated card: dynamic areas, their time-outs, and the codes inside their texts.
#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/onbon_sign.hpp"

#include <algorithm>
#include <utility>

namespace baytime::signs {

namespace {

constexpr std::uint8_t unknown_command = 2, font_missing = 0x0C;
/// No error is documented for areas that cannot be: this one is the simulator's choice.
constexpr std::uint8_t bad_area = 0x10;
constexpr std::size_t block_head_bytes = 27;
constexpr int most_brightness = 15;
constexpr int vanishes = 2;                // run mode
constexpr int static_text = 1, quick = 2;  // display mode
constexpr int default_colour = 3;

using Span = std::span<const std::uint8_t>;

int two(Span bytes, std::size_t at) {
    return bytes[at] + 256 * bytes[at + 1];
}

/// In units of 8 pixels, or with bit 15 in pixels.
int columns(int value) {
    return (value & 0x8000) != 0 ? value & 0x7FFF : value * 8;
}

Meaning meaning_of(int colour) {
    return colour == 1 ? Meaning::alarm : colour == 2 ? Meaning::good : Meaning::normal;
}

/// `\FO000`: encoding, family and size of a font that cards have; nothing when this one is missing.
std::optional<int> font_height(std::string_view digits) {
    if (digits.size() < 3 || digits[0] < '0' || digits[0] > '2' || digits[1] < '0' || digits[1] > '4') return {};
    if (digits[2] < '0' || digits[2] > '2') return {};
    return 16 + 8 * (digits[2] - '0');
}

/// How many bytes the code at the beginning takes; nothing when it is none.
std::optional<std::size_t> code_bytes(std::string_view text) {
    if (text.starts_with("\\n")) return 2;
    if (text.starts_with("\\C") && text.size() > 2 && text[2] >= '1' && text[2] <= '3') return 3;
    if (text.starts_with("\\FO") || text.starts_with("\\FE")) return std::min<std::size_t>(6, text.size());
    return std::nullopt;
}

std::size_t character_bytes(std::string_view text) {
    return static_cast<unsigned char>(text[0]) >= 0x80 && text.size() > 1 ? 2 : 1;
}

}  // namespace

std::uint8_t OnbonSign::screen_command(std::uint8_t code, Span parameters, Moment at) {
    if (code == 0x00 && parameters.size() == 1 && (parameters[0] == 1 || parameters[0] == 2)) {
        on_ = parameters[0] == 1;
    } else if (code == 0x02 && parameters.size() == 50 && parameters[1] <= most_brightness) {
        brightness_ = parameters[1];
    } else if (code == 0x04 && parameters.size() == 6) {
        return 0;  // there is no stored program to hold
    } else if (code == 0x06) {
        return dynamic_areas(parameters, at);
    } else if (code == 0x10 && parameters.empty()) {
        areas_.clear();
    } else {
        return refuse("unknown-command", unknown_command);
    }
    return 0;
}

/// All of a frame or nothing.
std::uint8_t OnbonSign::dynamic_areas(Span parameters, Moment at) {
    constexpr std::uint8_t delete_all = 0xFF;
    if (parameters.empty()) return refuse("area-length", bad_area);
    Areas areas = parameters[0] == delete_all ? Areas{} : areas_;
    const std::size_t deleted = parameters[0] == delete_all ? 0 : parameters[0];
    if (parameters.size() < 2 + deleted) return refuse("area-length", bad_area);
    for (std::size_t i = 0; i < deleted; ++i) areas.erase(parameters[1 + i]);
    const std::size_t count = parameters[1 + deleted];
    std::size_t place = 2 + deleted;
    for (std::size_t i = 0; i < count; ++i) {
        if (parameters.size() < place + 2) return refuse("area-length", bad_area);
        const auto length = static_cast<std::size_t>(two(parameters, place));
        place += 2;
        if (parameters.size() < place + length) return refuse("area-length", bad_area);
        if (const auto error = write_area(parameters.subspan(place, length), areas, at)) return error;
        place += length;
    }
    if (place != parameters.size()) return refuse("area-length", bad_area);
    int next = 0;
    for (const auto& [id, area] : areas) {
        if (id != next++) return refuse("area-gap", bad_area);
    }
    areas_ = std::move(areas);
    return 0;
}

std::uint8_t OnbonSign::write_area(Span block, Areas& areas, Moment at) {
    if (block.size() < block_head_bytes) return refuse("area-length", bad_area);
    const std::size_t text_bytes =
        static_cast<std::size_t>(two(block, 23)) + 65536U * static_cast<unsigned>(two(block, 25));
    if (block.size() - block_head_bytes != text_bytes) return refuse("area-length", bad_area);
    if (block[0] != 0 || block[14] != 0 || block[15] != 0) return refuse("area-kind", bad_area);
    Area area{.left = columns(two(block, 1)),
              .top = two(block, 3),
              .width = columns(two(block, 5)),
              .height = two(block, 7),
              .run_mode = block[11],
              .timeout = std::chrono::seconds(two(block, 12)),
              .lines = block[17],
              .wrap = block[18],
              .display_mode = block[19],
              .text = std::string(block.begin() + block_head_bytes, block.end()),
              .written = at};
    const bool inside = area.width > 0 && area.height > 0 && area.left + area.width <= setup_.shape.columns &&
                        area.top + area.height <= setup_.shape.rows;
    if (!inside) return refuse("area-outside", bad_area);
    const bool known = area.run_mode <= 5 && area.lines >= 1 && area.lines <= 2 && area.wrap >= 1 && area.wrap <= 2 &&
                       area.display_mode >= 1 && area.display_mode <= 6 && block[21] <= 24;
    if (!known) return refuse("area-kind", bad_area);
    for (const auto& [id, other] : areas) {
        const bool apart = other.left >= area.left + area.width || area.left >= other.left + other.width ||
                           other.top >= area.top + area.height || area.top >= other.top + other.height;
        if (id != block[9] && !apart) return refuse("area-overlap", bad_area);
    }
    for (std::string_view rest = area.text; !rest.empty();) {
        const auto code = rest[0] == '\\' ? code_bytes(rest) : std::nullopt;
        if (rest[0] == '\\' && !code) complain("unknown-code");
        if (code && rest[1] == 'F') {
            const auto height = font_height(rest.substr(3, 3));
            if (!height) return refuse("font", font_missing);
            area.font_height = *height;
        }
        rest.remove_prefix(code.value_or(character_bytes(rest)));
    }
    areas[block[9]] = std::move(area);
    return 0;
}

void OnbonSign::expire(Moment at) {
    const auto over = [at](const auto& entry) {
        return entry.second.run_mode == vanishes && at - entry.second.written >= entry.second.timeout;
    };
    if (std::erase_if(areas_, over) > 0) look();
}

/// A single line that stands still, and lines without wrapping, show only what fits.
void OnbonSign::draw(const Area& area, Page& page, bool& moves) const {
    Line line;
    int colour = default_colour, width = 0;
    const bool still = area.display_mode == static_text || area.display_mode == quick;
    const bool cuts = still && area.wrap != 2;
    for (std::string_view rest = area.text; !rest.empty();) {
        const auto code = rest[0] == '\\' ? code_bytes(rest) : std::nullopt;
        const std::size_t bytes = code.value_or(character_bytes(rest));
        if (code && rest[1] == 'C') colour = rest[2] - '0';
        if (code && rest[1] == 'n' && area.lines == 2) {
            page.lines.push_back(std::exchange(line, {}));
            width = 0;
        }
        if (!code) {
            width += static_cast<int>(bytes) * area.font_height / 2;
            if (!cuts || width <= area.width) line.push_back({from_gbk(rest.substr(0, bytes)), meaning_of(colour)});
            if (!still && width > area.width) moves = true;
        }
        rest.remove_prefix(bytes);
    }
    page.lines.push_back(std::move(line));
}

void OnbonSign::look() {
    Glass next{.brightness = brightness_ * 100 / most_brightness, .pages = glass_.pages};
    std::vector<const Area*> areas;
    for (const auto& [id, area] : areas_) areas.push_back(&area);
    std::ranges::stable_sort(areas, {}, [](const Area* area) { return std::pair(area->top, area->left); });
    for (const Area* area : areas) {
        if (on_) draw(*area, next.page, next.moves);
    }
    const auto blank = [](const Line& line) {
        return std::ranges::all_of(line, [](const Segment& s) { return s.text.find_first_not_of(' ') == s.text.npos; });
    };
    std::erase_if(next.page.lines, blank);
    next.page = tidy(next.page);
    if (next != glass_) ++next.pages;
    glass_ = next;
}

}  // namespace baytime::signs
