// How the simulated sign reads the codes inside a text.
#include "display-drivers/signs/alpha_sign.hpp"

namespace baytime::signs {

namespace {

/// Codes that are followed by so many bytes and draw nothing in this simulation.
std::size_t silent_bytes(char code, std::string_view rest) {
    switch (code) {
        case '\x05':
        case '\x06':
        case '\x07':
        case '\x08':
        case '\x0b':
        case '\x14':
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

void AlphaSign::draw(std::string_view text, Page& page, char& colour, bool& dim, int depth) const {
    constexpr std::string_view dim_colours = "456";
    if (page.lines.empty()) page.lines.emplace_back();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\x0c' || c == '\x0d') {
            page.lines.emplace_back();
        } else if (c == '\x10') {
            const auto* file = i + 1 < text.size() ? find(text[i + 1], 'B') : nullptr;
            if (file != nullptr && depth == 0) draw(file->data, page, colour, dim, depth + 1);
            ++i;  // a call to a missing string draws nothing
        } else if (c == '\x13') {
            page.lines.back().push_back({clock_, meaning_of(colour)});
        } else if (c < '\x20') {
            if (c == '\x1c' && i + 1 < text.size()) colour = text[i + 1];
            if (c == '\x1c') dim = dim_colours.find(colour) != std::string_view::npos;
            i += silent_bytes(c, text.substr(i + 1));
        } else {
            page.lines.back().push_back({std::string(1, c == '\x7e' ? ' ' : c), meaning_of(colour)});
        }
    }
}

}  // namespace baytime::signs
