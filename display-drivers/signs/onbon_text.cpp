// The options of the Onbon driver, and lines in the bytes that a card draws.
#include "display-drivers/signs/onbon_text.hpp"

#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/onbon_frames.hpp"
#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/utf8.hpp"

namespace baytime::signs::onbon {

namespace {

constexpr int most_timeout = 65535, least_timeout = 60, most_speed = 24;
/// The protocol has no way to send a backslash that is no code, so the wide one is shown.
constexpr std::string_view instead_of_backslash = "＼";
constexpr char not_drawable = '_';

bool within(std::string_view value, int least, int most) {
    const bool digits =
        !value.empty() && value.size() <= 5 && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits) return false;
    const int number = std::stoi(std::string(value));
    return number >= least && number <= most;
}

constexpr OptionForm all_options[] = {
    {"timeout", "600", "0 (never) or 60 to 65535", "seconds after which text that was not written again vanishes",
     [](std::string_view v) { return v == "0" || within(v, least_timeout, most_timeout); }},
    {"font_size", "16", "16, 24 or 32", "height of the letters in dots",
     [](std::string_view v) { return v == "16" || v == "24" || v == "32"; }},
    {"charset", "gb2312", "gb2312 or gbk", "which Chinese characters the card's fonts hold",
     [](std::string_view v) { return v == "gb2312" || v == "gbk"; }},
    {"areas", "lines", "lines or one", "one area for each line, or one for the whole glass",
     [](std::string_view v) { return v == "lines" || v == "one"; }},
    {"align", "centre", "left, centre or right", "where text that stands still begins",
     [](std::string_view v) { return v == "left" || v == "centre" || v == "right"; }},
    {"speed", "4", "0 (fastest) to 24", "how fast text runs that is wider than the glass",
     [](std::string_view v) { return within(v, 0, most_speed); }},
    {"programs", "beside", "beside or below", "programs stored on the card stand beside the text, or below it",
     [](std::string_view v) { return v == "beside" || v == "below"; }},
    {"replies", "yes", "yes or no", "no when only the wire towards the sign is connected",
     [](std::string_view v) { return v == "yes" || v == "no"; }},
};

GlyphSet glyphs_of(const Setup& setup) {
    return option(setup, all_options, "charset") == "gbk" ? GlyphSet::gbk : GlyphSet::gb2312;
}

/// One character.
std::string drawn_character(std::string_view character, GlyphSet glyphs) {
    std::string bytes = to_gbk(character == "\\" ? instead_of_backslash : character, glyphs, not_drawable);
    return bytes.find('\\') == std::string::npos ? bytes : std::string(1, not_drawable);
}

/// Red, green and yellow are all there is. The words say it too.
std::string_view colour_code(Meaning meaning) {
    switch (meaning) {
        case Meaning::good: return "\\C2";
        case Meaning::alarm: return "\\C1";
        default: return "\\C3";
    }
}

/// As much as fits into a frame, cut at the end of a character.
Drawn line_of(const Line& line, GlyphSet glyphs) {
    Drawn out;
    for (const Segment& segment : line) {
        const auto code = colour_code(segment.meaning);
        bool coloured = false;
        for (std::string_view rest = segment.text; !rest.empty();) {
            const auto character = first_character(rest);
            rest.remove_prefix(character.size());
            const auto bytes = drawn_character(character, glyphs);
            if (bytes.empty()) continue;
            const std::size_t more = wire_bytes(bytes) + (coloured ? 0 : code.size());
            if (out.on_wire + more > most_text_bytes) return out;
            if (!coloured) out.text += code;
            coloured = true;
            out.text += bytes;
            out.letters += bytes.size();
            out.on_wire += more;
        }
    }
    return out;
}

}  // namespace

std::span<const OptionForm> options() {
    return all_options;
}

std::string chosen(const Setup& setup, std::string_view name) {
    return option(setup, all_options, name);
}

std::uint32_t chosen_number(const Setup& setup, std::string_view name) {
    return static_cast<std::uint32_t>(std::stoul(chosen(setup, name)));
}

std::string drawn(std::string_view text, const Setup& setup) {
    std::string out;
    for (const auto glyphs = glyphs_of(setup); !text.empty();) {
        const auto character = first_character(text);
        out += drawn_character(character, glyphs);
        text.remove_prefix(character.size());
    }
    return out;
}

int width_of(std::size_t letters, const Setup& setup) {
    return static_cast<int>(letters * chosen_number(setup, "font_size") / 2);
}

std::string font_codes(const Setup& setup) {
    const std::string charset = chosen(setup, "charset") == "gbk" ? "1" : "0";
    const std::string song = "0";
    const std::string size = std::to_string((chosen_number(setup, "font_size") - 16) / 8);
    const std::string font = charset + song + size;
    return "\\FO" + font + "\\FE" + font;
}

std::vector<Drawn> lines_of(const Page& page, const Setup& setup) {
    const auto glyphs = glyphs_of(setup);
    std::vector<Drawn> out;
    for (const Line& line : page.lines) {
        auto one = line_of(line, glyphs);
        if (!one.text.empty()) out.push_back(std::move(one));
    }
    return out;
}

}  // namespace baytime::signs::onbon
