// What the simulated AM03127 sign shows: tags of a text, and pictures read as the text they were drawn from.
#include "display-drivers/signs/am03127_sign.hpp"
#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs {

namespace {

constexpr int letter_pitch = 6, block_width = 32, block_height = 8;
constexpr std::size_t block_tag = 5;  // <GA1>
constexpr unsigned dark = 0, green = 1, red = 2;

Meaning meaning_of_letter(char colour) {
    switch (colour) {
        case 'A':
        case 'B':
        case 'C':
        case 'L': return Meaning::alarm;  // reds
        case 'D':
        case 'E':
        case 'F':
        case 'K':
        case 'M': return Meaning::good;  // greens
        case 'G':
        case 'H':
        case 'I':
        case 'N': return Meaning::attention;  // oranges
        default: return Meaning::normal;      // yellow, and what is more than one colour
    }
}

/// The European characters, from the maker's table.
std::string european(unsigned number) {
    constexpr unsigned first_of_latin1 = 0x40, shift = 0x80;
    switch (number) {
        case 0x00: return "€";
        case 0x01: return "↑";
        case 0x02: return "↓";
        case 0x23: return "£";
        case 0x25: return "¥";
        case 0x26: return "→";
        case 0x27: return "←";
        case 0x31: return "±";
        case 0x3A: return "°";
        case 0x57: return "Ž";
        case 0x77: return "…";
        default: break;
    }
    return number >= first_of_latin1 ? utf8(number + shift) : "?";
}

std::optional<unsigned> hex(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        const auto at = std::string_view("0123456789ABCDEF").find(c);
        if (at == std::string_view::npos) return std::nullopt;
        value = value << 4 | static_cast<unsigned>(at);
    }
    return value;
}

unsigned dot_at(const std::string& block, int x, int y) {
    const auto byte = static_cast<unsigned char>(block[static_cast<std::size_t>((x / 8) * 16 + y * 2 + (x % 8) / 4)]);
    return static_cast<unsigned>(byte) >> (6 - 2 * (x % 4)) & 3U;
}

/// The names of blocks, when the text is nothing but blocks.
std::vector<std::string> only_blocks(std::string_view text) {
    std::vector<std::string> out;
    while (text.size() >= block_tag && text.starts_with("<G") && text[block_tag - 1] == '>') {
        out.emplace_back(text.substr(2, 2));
        text.remove_prefix(block_tag);
    }
    if (!text.empty()) out.clear();
    return out;
}

void append(Line& line, const std::string& text, Meaning meaning) {
    if (text.empty()) return;
    if (!line.empty() && line.back().meaning == meaning) {
        line.back().text += text;
    } else {
        line.push_back({text, meaning});
    }
}

/// The colour of the first dot that is lit between two columns, or dark.
unsigned colour_between(const std::vector<unsigned>& dots, int columns, int from, int until) {
    for (int x = from; x < until; ++x) {
        for (int y = 0; y < dot_rows; ++y) {
            const unsigned dot = dots[static_cast<std::size_t>(y * columns + x)];
            if (dot != dark) return dot;
        }
    }
    return dark;
}

}  // namespace

Line AmSign::draw(std::string_view text) const {
    Line out;
    Meaning meaning = Meaning::normal;
    while (!text.empty()) {
        const auto close = text[0] == '<' ? text.find('>') : std::string_view::npos;
        if (close == std::string_view::npos) {
            append(out, std::string(1, text[0] >= ' ' && text[0] <= '~' ? text[0] : '?'), meaning);
            text.remove_prefix(1);
            continue;
        }
        const auto tag = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        const auto number = tag.size() == 3 && tag[0] == 'U' ? hex(tag.substr(1)) : std::nullopt;
        if (number) append(out, european(*number), meaning);
        if (tag.size() == 2 && tag[0] == 'C') meaning = meaning_of_letter(tag[1]);
        if (tag == "KT") append(out, clock_.substr(8, 2) + ":" + clock_.substr(10, 2), meaning);
        if (tag == "KD")
            append(out, clock_.substr(6, 2) + "/" + clock_.substr(4, 2) + "/" + clock_.substr(0, 2), meaning);
        if (tag.size() == 3 && tag[0] == 'G') append(out, "#", meaning);  // a picture among letters
    }
    return out;
}

std::optional<Line> AmSign::read_picture(std::string_view upper, std::string_view lower) {
    const auto above = only_blocks(upper), below = only_blocks(lower);
    if (above.empty() || above.size() != below.size()) return std::nullopt;
    const int columns = static_cast<int>(above.size()) * block_width;
    std::vector<unsigned> dots(static_cast<std::size_t>(columns * dot_rows), dark);
    for (int half = 0; half < 2; ++half) {
        for (std::size_t i = 0; i < above.size(); ++i) {
            const auto stored = blocks_.find(half == 0 ? above[i] : below[i]);
            if (stored == blocks_.end()) continue;
            for (int at = 0; at < block_width * block_height; ++at) {
                const int x = static_cast<int>(i) * block_width + at % block_width;
                const int y = half * block_height + at / block_width;
                dots[static_cast<std::size_t>(y * columns + x)] =
                    dot_at(stored->second, at % block_width, at / block_width);
            }
        }
    }
    DotPicture picture{.columns = columns, .rows = dot_rows};
    for (const unsigned dot : dots) picture.lit.push_back(dot == dark ? 0 : 1);
    const auto text = text_of_dots(picture);
    if (!text) {
        glass_.pictures.push_back(picture);
        const auto place = static_cast<char32_t>(first_picture + glass_.pictures.size() - 1);
        return Line{{utf8(place), Meaning::normal}};
    }
    Line out;
    Meaning meaning = Meaning::normal;
    int left = 0;
    for (std::string_view rest = *text; !rest.empty();) {
        const auto character = first_character(rest);
        const int right = left + dot_width(character);
        const unsigned colour = colour_between(dots, columns, left, right);
        if (colour != dark) {
            meaning = colour == green ? Meaning::good : colour == red ? Meaning::alarm : Meaning::normal;
        }
        append(out, std::string(character), meaning);
        rest.remove_prefix(character.size());
        left = right;
    }
    while (!out.empty() && out.back().text.back() == ' ') {
        out.back().text.pop_back();
        if (out.back().text.empty()) out.pop_back();
    }
    return out;
}

bool AmSign::is_wide(const Line& line) const {
    int width = 0;
    for (const Segment& segment : line) {
        for (std::string_view rest = segment.text; !rest.empty(); rest.remove_prefix(first_character(rest).size())) {
            width += letter_pitch;
        }
    }
    return width - 1 > shape_.columns;
}

void AmSign::draw_page(char letter, Page& page) {
    constexpr int most_lines = 8;
    for (int line = 1; line <= most_lines; ++line) {
        const auto stored = lines_.find({letter, line});
        if (stored == lines_.end()) continue;
        const auto next = lines_.find({letter, line + 1});
        if (next != lines_.end()) {
            if (auto picture = read_picture(stored->second.text, next->second.text)) {
                int width = 0;
                for (const Segment& segment : *picture) width += dot_width(segment.text);
                glass_.moves = glass_.moves || width > shape_.columns;
                if (!picture->empty()) page.lines.push_back(*std::move(picture));
                ++line;
                continue;
            }
        }
        Line drawn = draw(stored->second.text);
        glass_.moves = glass_.moves || is_wide(drawn);
        if (!drawn.empty()) page.lines.push_back(std::move(drawn));
    }
}

void AmSign::look() {
    constexpr int percent_a_level = 25;
    Page page;
    const std::string pages = pages_now();
    glass_.moves = false;
    glass_.pictures.clear();
    for (const char letter : pages) draw_page(letter, page);
    page.priority = pages == "Z";
    if (page != glass_.page) ++glass_.pages;
    glass_.page = std::move(page);
    glass_.brightness = percent_a_level * ('D' - level_ + 1);
}

}  // namespace baytime::signs
