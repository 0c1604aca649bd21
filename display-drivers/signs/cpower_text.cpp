#include "display-drivers/signs/cpower_text.hpp"

#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs::cpower {

namespace {

constexpr std::string_view between_lines = "   ";  ///< of one window
/// A window's text goes in one packet, so that it can be written again by itself.
constexpr std::size_t most_characters = (most_packet_data_bytes - 10) / 3;
constexpr int least_speed = 1, most_speed = 100;

bool is_speed(std::string_view value) {
    const bool digits =
        !value.empty() && value.size() <= 3 && value.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && std::stoi(std::string(value)) >= least_speed && std::stoi(std::string(value)) <= most_speed;
}

constexpr OptionForm all_options[] = {
    {"text_command", "auto", "auto, 02 or 04",
     "02 coloured characters, which can run; 04 a text that stands still, of one colour; auto: 04 for such lines",
     [](std::string_view v) { return v == "auto" || v == "02" || v == "04"; }},
    {"windows", "lines", "lines or one", "one window for each row of letters, or one for the whole glass",
     [](std::string_view v) { return v == "lines" || v == "one"; }},
    {"font_size", "16", "16, 24 or 32", "height of the letters in dots",
     [](std::string_view v) { return v == "16" || v == "24" || v == "32"; }},
    {"charset", "gb2312", "gb2312 or gbk", "which Chinese characters the card's fonts hold",
     [](std::string_view v) { return v == "gb2312" || v == "gbk"; }},
    {"align", "centre", "left, centre or right", "where text that stands still begins",
     [](std::string_view v) { return v == "left" || v == "centre" || v == "right"; }},
    {"speed", "30", "1 (fastest) to 100", "how fast text runs that is wider than the glass", is_speed},
    {"replies", "yes", "yes or no", "no when only the wire towards the sign is connected",
     [](std::string_view v) { return v == "yes" || v == "no"; }},
    {"unconfirmed", "no", "yes or no", "also send screen on (76) and brightness (46), whose data nobody has confirmed",
     [](std::string_view v) { return v == "yes" || v == "no"; }},
};

void add(Content& content, std::string_view text, Meaning meaning, GlyphSet glyphs) {
    Piece piece{.gbk = {}, .meaning = meaning};
    while (!text.empty()) {
        const auto character = first_character(text);
        text.remove_prefix(character.size());
        // A look-alike may have several letters.
        const auto bytes = to_gbk(character, glyphs, not_drawable);
        const bool wide = bytes.size() == 2 && static_cast<unsigned char>(bytes[0]) >= 0x80;
        const std::size_t count = wide ? 1 : bytes.size();
        if (content.characters + count > most_characters) break;
        content.characters += count;
        content.bytes += bytes.size();
        piece.gbk += bytes;
    }
    if (!piece.gbk.empty()) content.pieces.push_back(std::move(piece));
}

}  // namespace

std::span<const OptionForm> options() {
    return all_options;
}

Choice choice_of(const Setup& setup) {
    const auto chosen = [&](std::string_view name) { return option(setup, all_options, name); };
    Choice out;
    out.glyphs = chosen("charset") == "gbk" ? GlyphSet::gbk : GlyphSet::gb2312;
    out.font = std::stoi(chosen("font_size"));
    while (dots_of_size(out.size) < out.font) ++out.size;
    const auto align = chosen("align");
    out.align = align == "left" ? 0 : align == "right" ? 2 : 1;
    out.speed = static_cast<std::uint8_t>(std::stoi(chosen("speed")));
    const bool by_lines = chosen("windows") == "lines";
    out.windows =
        by_lines ? std::clamp<std::size_t>(static_cast<std::size_t>(setup.shape.rows / out.font), 1, most_windows) : 1;
    out.still = chosen("text_command") == "04";
    out.still_in_one_colour = chosen("text_command") == "auto";
    out.unconfirmed = chosen("unconfirmed") == "yes";
    out.head = {.id = static_cast<std::uint8_t>(std::stoul(setup.address, nullptr, 16)),
                .flag = static_cast<std::uint8_t>(chosen("replies") == "yes" ? 1 : 0)};
    return out;
}

std::uint8_t colour_of(Meaning meaning) {
    constexpr std::uint8_t red = 1, green = 2, yellow = red | green;
    return meaning == Meaning::alarm ? red : meaning == Meaning::good ? green : yellow;
}

std::vector<Content> contents_of(const Page& page, const Choice& choice) {
    std::vector<Content> out;
    for (const Line& line : page.lines) {
        Content content;
        for (const Segment& segment : line) add(content, segment.text, segment.meaning, choice.glyphs);
        if (content.pieces.empty()) continue;
        if (out.size() < choice.windows) {
            out.push_back(std::move(content));
        } else if (out.back().characters + between_lines.size() + content.characters <= most_characters) {
            add(out.back(), between_lines, out.back().pieces.back().meaning, choice.glyphs);
            for (const Piece& piece : content.pieces) out.back().pieces.push_back(piece);
            out.back().characters += content.characters;
            out.back().bytes += content.bytes;
        }
    }
    out.resize(choice.windows);
    for (Content& content : out) {
        if (content.pieces.empty()) add(content, " ", Meaning::normal, choice.glyphs);
    }
    return out;
}

int width_of(std::size_t bytes, const Choice& choice) {
    return static_cast<int>(bytes) * choice.font / 2;
}

}  // namespace baytime::signs::cpower
