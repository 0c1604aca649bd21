#include "display-drivers/signs/am03127_text.hpp"

#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs::am {

namespace {

struct Special {
    char32_t code;
    unsigned number;
};
/// Outside of Latin-1, or not where Latin-1 has it. 3A is the sign's º, used as degree.
constexpr Special specials[] = {{0x20AC, 0x00}, {0x2191, 0x01}, {0x2193, 0x02}, {0xA3, 0x23},
                                {0xA5, 0x25},   {0x2192, 0x26}, {0x2190, 0x27}, {0xB1, 0x31},
                                {0xBA, 0x3A},   {0xB0, 0x3A},   {0x17D, 0x57},  {0x2026, 0x77}};

/// The number of a European character, or nothing.
std::optional<unsigned> european(char32_t code) {
    const auto* found = std::ranges::find(specials, code, &Special::code);
    if (found != std::end(specials)) return found->number;
    constexpr char32_t first = 0xC0, last = 0xFF, times = 0xD7, divided = 0xF7, shift = 0x80;
    // Where Latin-1 has × and ÷ the sign has Ž and an ellipsis.
    if (code < first || code > last || code == times || code == divided) return std::nullopt;
    return static_cast<unsigned>(code - shift);
}

std::string european_tag(unsigned number) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {'<', 'U', digits[(number >> 4) & 15U], digits[number & 15U], '>'};
}

char without_brackets(char c) {
    return c == '<' ? '(' : c == '>' ? ')' : c;
}

Dot dot_of(Meaning meaning) {
    // Three colours: what is to be seen is yellow like the rest.
    if (meaning == Meaning::good) return Dot::green;
    return meaning == Meaning::alarm ? Dot::red : Dot::yellow;
}

void put(std::vector<Block>& blocks, const DotPicture& text, int left, int first_row, Dot colour) {
    for (int x = 0; x < text.columns; ++x) {
        const auto at = static_cast<std::size_t>((left + x) / block_columns);
        if (at >= blocks.size()) return;
        for (int y = 0; y < block_rows; ++y) {
            if (!text.at(x, first_row + y)) continue;
            blocks[at][static_cast<std::size_t>(y * block_columns + (left + x) % block_columns)] = colour;
        }
    }
}

}  // namespace

std::string tagged_text(std::string_view text, std::size_t room) {
    std::string out, run;
    const auto add = [&](const std::string& piece) {
        if (out.size() + piece.size() > room) return false;
        out += piece;
        return true;
    };
    // Words such as 号工位 are looked up whole, so characters between European ones go to latin() together.
    const auto end_run = [&] {
        for (const char c : latin(run)) {
            if (!add(std::string(1, without_brackets(c)))) return false;
        }
        run.clear();
        return true;
    };
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto number = european(code_point(character));
        text.remove_prefix(character.size());
        if (!number) {
            run += character;
        } else if (!end_run() || !add(european_tag(*number))) {
            return out;
        }
    }
    end_run();
    return out;
}

int letters_of(std::string_view tagged) {
    int count = 0;
    bool inside = false;
    for (const char c : tagged) {
        if (c == '<') inside = true;
        if (!inside || c == '>') ++count;
        if (c == '>') inside = false;
    }
    return count;
}

std::string unknown_tag(std::string_view text) {
    constexpr std::string_view colours = "ABCDEFGHIJKLMNPQRS", hex_digits = "0123456789ABCDEF";
    const auto within = [](char c, char first, char last) { return c >= first && c <= last; };
    const auto is_hex = [&](std::string_view two) { return two.find_first_not_of(hex_digits) == std::string::npos; };
    const auto known = [&](std::string_view tag) {
        if (tag.size() == 2 && tag[0] == 'A') return within(tag[1], 'A', 'E');
        if (tag.size() == 2 && tag[0] == 'B') return within(tag[1], 'A', 'Z');
        if (tag.size() == 2 && tag[0] == 'C') return colours.find(tag[1]) != std::string_view::npos;
        if (tag.size() == 3 && tag[0] == 'G') return within(tag[1], 'A', 'P') && within(tag[2], '1', '8');
        if (tag.size() == 3 && (tag[0] == 'N' || tag[0] == 'U')) return is_hex(tag.substr(1));
        return tag == "KD" || tag == "KT";
    };
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const auto end = text.find('>', at);
        if (end == std::string_view::npos) return "<";
        if (!known(text.substr(at + 1, end - at - 1))) return std::string(text.substr(at, end - at + 1));
    }
    return {};
}

bool is_chinese(std::string_view text) {
    constexpr char32_t first_east_asian = 0x2E80;
    while (!text.empty()) {
        const auto character = first_character(text);
        const char32_t code = code_point(character);
        if (code >= first_east_asian && code != 0xFFFD) return true;
        text.remove_prefix(character.size());
    }
    return false;
}

Picture picture_of(const Line& line, std::size_t most) {
    Picture out;
    for (const Segment& segment : line) out.columns += dot_width(segment.text);
    const auto needed = static_cast<std::size_t>((out.columns + block_columns - 1) / block_columns);
    Block dark{};
    out.upper.assign(std::min(needed, most), dark);
    out.lower = out.upper;
    int left = 0;
    for (const Segment& segment : line) {
        const DotPicture text = dots_of_text(segment.text);
        put(out.upper, text, left, 0, dot_of(segment.meaning));
        put(out.lower, text, left, block_rows, dot_of(segment.meaning));
        left += text.columns;
    }
    return out;
}

}  // namespace baytime::signs::am
