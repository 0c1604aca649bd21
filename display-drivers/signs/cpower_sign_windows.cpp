// The glass of the simulated card: windows and their texts, clock, brightness.
#include "display-drivers/signs/cpower_sign.hpp"
#include "display-drivers/signs/gbk.hpp"

#include <algorithm>

namespace baytime::signs {

namespace {

using Span = std::span<const std::uint8_t>;

/// Beyond 1 and 2 no value is documented: this one is the simulator's choice.
constexpr std::uint8_t cannot = 3;
constexpr int sizes[] = {8, 12, 16, 24, 32, 40, 48, 56};

int two(Span bytes, std::size_t at) {
    return 256 * bytes[at] + bytes[at + 1];
}

Meaning meaning_of(unsigned colour) {
    return colour == 1 ? Meaning::alarm : colour == 2 ? Meaning::good : Meaning::normal;
}

int dots_of(unsigned size) {
    return size < std::size(sizes) ? sizes[size] : 0;
}

}  // namespace

std::uint8_t CPowerSign::refuse(const std::string& kind) {
    complain(kind);
    return cannot;
}

std::uint8_t CPowerSign::obey(Span data) {
    if (data.empty()) return refuse("unknown-command");
    const auto parameters = data.subspan(1);
    switch (data[0]) {
        case 0x01: return define(parameters);
        case 0x02: return show_text(parameters);
        case 0x04: return show_static(parameters);
        case 0x06:
            if (!parameters.empty()) return refuse("length");
            windows_.clear();
            return 0;
        case 0x07:
            if (parameters.size() != 3 || parameters[0] > 1) return refuse("length");
            saved_ = parameters[0] == 0 ? windows_ : std::vector<Window>{};
            return 0;
        case 0x03:
        case 0x05:
        case 0x0A:
        case 0x0E:
        case 0x85: return 0;  // known, and not drawn here
        default: return refuse("unknown-command");
    }
}

/// All earlier windows go, with what they show.
std::uint8_t CPowerSign::define(Span data) {
    if (data.empty() || data[0] < 1 || data[0] > 8 || data.size() != 1U + 8U * data[0]) return refuse("length");
    std::vector<Window> windows;
    for (std::size_t i = 1; i < data.size(); i += 8) {
        Window window{
            .left = two(data, i), .top = two(data, i + 2), .width = two(data, i + 4), .height = two(data, i + 6)};
        const bool inside = window.width > 0 && window.height > 0 &&
                            window.left + window.width <= setup_.shape.columns &&
                            window.top + window.height <= setup_.shape.rows;
        if (!inside) return refuse("window-outside");
        windows.push_back(std::move(window));
    }
    windows_ = std::move(windows);
    return 0;
}

/// A text that stands still shows only what fits.
std::uint8_t CPowerSign::show_text(Span data) {
    constexpr std::size_t manner_bytes = 6;
    if (data.size() < manner_bytes) return refuse("length");
    if (data[0] >= windows_.size()) return refuse("unknown-window");
    if (data[1] > 0x0C || data[2] > 2 || data[3] < 1 || data[3] > 100) return refuse("manner");
    Window& window = windows_[data[0]];
    const bool runs = data[1] >= 0x06;
    Line line;
    int width = 0;
    bool ended = false;
    auto rest = data.subspan(manner_bytes);
    for (; rest.size() >= 3 && !ended; rest = rest.subspan(3)) {
        ended = rest[0] == 0 && rest[1] == 0 && rest[2] == 0;
        if (ended) continue;
        const int dots = dots_of(rest[0] & 15U);
        if (dots == 0 || dots > window.height) return refuse("font");
        std::string gbk;
        if (rest[1] != 0) gbk += static_cast<char>(rest[1]);
        gbk += static_cast<char>(rest[2]);
        width += rest[1] != 0 ? dots : dots / 2;
        if (runs || width <= window.width) line.push_back({from_gbk(gbk), meaning_of(rest[0] >> 4U)});
    }
    if (!rest.empty()) return refuse("length");
    if (!ended) {
        complain("no-end");
        line.push_back({"\uFFFD", Meaning::normal});  // what happens to stand in the card's memory
    }
    window.line = std::move(line);
    window.moves = runs && width > window.width;
    return 0;
}

std::uint8_t CPowerSign::show_static(Span data) {
    constexpr std::size_t text_at = 15;
    if (data.size() < text_at + 1) return refuse("length");
    if (data[0] >= windows_.size()) return refuse("unknown-window");
    if (data[1] != 1 || data[2] > 2) return refuse("manner");
    Window& window = windows_[data[0]];
    const int dots = dots_of(data[11] & 15U);
    const int room = two(data, 7);
    if (dots == 0 || dots > two(data, 9) || two(data, 3) + room > window.width) return refuse("font");
    if (data.back() != 0) return refuse("no-end");
    const unsigned colour = (data[12] != 0 ? 1U : 0U) | (data[13] != 0 ? 2U : 0U) | (data[14] != 0 ? 4U : 0U);
    std::string gbk(data.begin() + text_at, data.end() - 1);
    const auto fits = static_cast<std::size_t>(2 * room / dots);  // in bytes, for letters as for Chinese
    window.line = {{from_gbk(gbk.substr(0, fits)), meaning_of(colour)}};
    window.moves = false;
    return 0;
}

std::uint8_t CPowerSign::other_code(std::uint8_t code, Span data) {
    switch (code) {
        case 0x47: {
            if (data.size() != 9 || data[0] != 0) return refuse("length");
            if (data[4] > 6) return refuse("weekday");  // the clock stops
            const auto digits = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
            clock_ = std::to_string(data[4]) + ' ' + digits(data[3]) + digits(data[2]);
            return 0;
        }
        case 0x76:
            if (data.size() != 1 || data[0] > 1) return refuse("length");
            on_ = data[0] == 1;
            return 0;
        case 0x46:
            if (data.size() != 1 || data[0] > 31) return refuse("length");
            brightness_ = data[0] * 100 / 31;
            return 0;
        case 0x2D:
        case 0xFE: {
            const Bytes asked = packet_;
            power_cycle();
            packet_ = asked;  // for the reply
            return 0;
        }
        default: return refuse("unknown-code");
    }
}

void CPowerSign::look() {
    Glass next{.brightness = brightness_, .pages = glass_.pages};
    for (const Window& window : windows_) {
        const auto blank = [](const Segment& s) { return s.text.find_first_not_of(' ') == std::string::npos; };
        if (!on_ || std::ranges::all_of(window.line, blank)) continue;
        next.page.lines.push_back(window.line);
        next.moves = next.moves || window.moves;
    }
    next.page = tidy(next.page);
    if (next != glass_) ++next.pages;
    glass_ = next;
}

}  // namespace baytime::signs
