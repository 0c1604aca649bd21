// Text measuring and fitting.
#include "display-drivers/lounge/pen.hpp"

#include <algorithm>
#include <cmath>

namespace baytime::lounge {

namespace {

/// Ink of Chinese letters reaches from 0.88 above the baseline to 0.12 below it; descenders of Latin ones lower.
constexpr double ink_above = 0.88;
constexpr double ink_height = 1.12;

std::size_t previous_letter(const std::string& text, std::size_t at) {
    do {
        --at;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return at;
}

std::string joined(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '|') {
            out += text[i];
        } else if (i > 0 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0x80) {
            out += ' ';  // Latin words need a blank where a line break would have been
        }
    }
    return out;
}

}  // namespace

int Pen::left(int x, int baseline, const std::string& text, Font font, Color color) {
    if (text.empty()) return 0;
    const int wide = width(text, font);
    const Rect at{x, baseline - static_cast<int>(std::lround(font.px * ink_above)), wide,
                  static_cast<int>(std::lround(font.px * ink_height))};
    add(Text{at, baseline, text, font, color});
    return wide;
}

int Pen::right(int x, int baseline, const std::string& text, Font font, Color color) {
    return left(x - width(text, font), baseline, text, font, color);
}

int Pen::center(int x, int baseline, const std::string& text, Font font, Color color) {
    return left(x - width(text, font) / 2, baseline, text, font, color);
}

std::string Pen::cut(const std::string& text, Font font, int room) const {
    if (width(text, font) <= room) return text;
    std::string kept = text;
    while (!kept.empty()) {
        kept.resize(previous_letter(kept, kept.size()));
        while (!kept.empty() && kept.back() == ' ') kept.pop_back();
        if (width(kept + "…", font) <= room) return kept + "…";
    }
    return {};
}

Font Pen::shrink(const std::string& text, Font font, int room, double least) const {
    const int smallest = std::max(1, static_cast<int>(font.px * least));
    const int wide = width(text, font);
    if (wide <= room) return font;
    Font smaller{font.bold, std::clamp(font.px * room / wide, smallest, font.px)};
    while (smaller.px > smallest && width(text, smaller) > room) --smaller.px;
    return smaller;
}

std::vector<std::string> Pen::lines(const std::string& text, Font font, int room) const {
    const std::string whole = joined(text);
    const auto bar = text.find('|');
    if (width(whole, font) <= room || bar == std::string::npos) return {whole};
    return {text.substr(0, bar), joined(text.substr(bar + 1))};
}

int centred(int y, Font font) {
    return y + static_cast<int>(std::lround(font.px * 0.37));
}

}  // namespace baytime::lounge
