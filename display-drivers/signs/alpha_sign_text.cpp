// How the simulated sign reads the codes inside a text.
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/utf8.hpp"

namespace baytime::signs {

namespace {

constexpr std::string_view dim_colours = "456";

/// Codes that are followed by so many bytes and draw nothing in this simulation.
std::size_t silent_bytes(char code, std::string_view rest) {
    switch (code) {
        case '\x05':
        case '\x06':
        case '\x07':
        case '\x08':
        case '\x0b':
        case '\x1a':
        case '\x1e': return 1;
        case '\x1d': return 2;
        case '\x1c': return !rest.empty() && (rest[0] == 'Z' || rest[0] == 'Y') ? 7 : 1;
        default: return 0;
    }
}

Meaning meaning_of(char colour) {
    switch (colour) {
        case '1':
        case '4': return Meaning::alarm;
        case '2':
        case '5': return Meaning::good;
        case '7':
        case '8': return Meaning::attention;
        default: return Meaning::normal;
    }
}

}  // namespace

void AlphaSign::draw(std::string_view text, Pen& pen, int depth) const {
    if (pen.page.lines.empty()) pen.page.lines.emplace_back();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\x0c' || c == '\x0d') {
            pen.page.lines.emplace_back();
        } else if (c == '\x10') {
            const auto* file = i + 1 < text.size() ? find(text[i + 1], 'B') : nullptr;
            if (file != nullptr && depth == 0) draw(file->data, pen, depth + 1);
            ++i;  // a call to a missing string draws nothing
        } else if (c == '\x14') {
            const auto* file = i + 1 < text.size() ? find(text[i + 1], 'D') : nullptr;
            if (file != nullptr) draw_picture(*file, pen);
            ++i;
        } else if (c == '\x13') {
            pen.page.lines.back().push_back({clock_, meaning_of(pen.colour)});
        } else if (c < '\x20') {
            if (c == '\x1c' && i + 1 < text.size()) pen.colour = text[i + 1];
            if (c == '\x1c') pen.dim = dim_colours.find(pen.colour) != std::string_view::npos;
            i += silent_bytes(c, text.substr(i + 1));
        } else {
            pen.page.lines.back().push_back({std::string(1, c == '\x7e' ? ' ' : c), meaning_of(pen.colour)});
        }
    }
}

/// Its size in four hex digits, then rows that end with 0D. Text of the dot font is read back as text.
void AlphaSign::draw_picture(const Stored& file, Pen& pen) const {
    constexpr std::size_t size_digits = 4;
    if (file.data.size() < size_digits) return;
    const auto hex = [&](std::size_t at) { return std::stoi(file.data.substr(at, 2), nullptr, 16); };
    DotPicture picture{.columns = hex(2), .rows = hex(0)};
    picture.lit.resize(static_cast<std::size_t>(picture.columns * picture.rows));
    char colour = '0';
    int column = 0, row = 0;
    for (const char c : std::string_view(file.data).substr(size_digits)) {
        if (c == '\x0d') {
            ++row, column = 0;
        } else if (column < picture.columns && row < picture.rows) {
            picture.lit[static_cast<std::size_t>(row * picture.columns + column++)] = c == '0' ? 0 : 1;
            if (c != '0') colour = c;
        }
    }
    if (dim_colours.find(colour) != std::string_view::npos) pen.dim = true;
    if (const auto text = text_of_dots(picture)) {
        pen.page.lines.back().push_back({*text, meaning_of(colour)});
        return;
    }
    pen.page.lines.back().push_back(
        {utf8(first_picture + static_cast<char32_t>(pen.pictures.size())), meaning_of(colour)});
    pen.pictures.push_back(std::move(picture));
}

}  // namespace baytime::signs
