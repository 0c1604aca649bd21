// Driver for C-Power cards (Lumen) by their window protocol.
// The glass is divided into one window for each row of letters, once, at set-up: defining windows again would blank
// them. More lines than windows run one after the other in the last window. Source: cpower_frames.hpp.
#include "display-drivers/signs/cpower_codec.hpp"
#include "display-drivers/signs/cpower_frames.hpp"
#include "display-drivers/signs/cpower_sign.hpp"
#include "display-drivers/signs/cpower_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace baytime::signs {

namespace {

using namespace cpower;

bool is_address(std::string_view value) {
    return is_two_hex_digits(value) && value != "00";
}

std::vector<Packet> aimed(std::vector<Packet> packets, const std::string& target) {
    // Each packet of a long command is remembered by itself, or the first would never count as written.
    for (std::size_t i = 0; i < packets.size(); ++i) {
        packets[i].target = i + 1 == packets.size() ? target : target + " part " + std::to_string(i + 1);
    }
    return packets;
}

void append(std::vector<Packet>& all, std::vector<Packet> more) {
    std::ranges::move(more, std::back_inserter(all));
}

Window window_at(std::size_t number, const Setup& setup, const Choice& choice) {
    const int top = static_cast<int>(number) * choice.font;
    const bool last = number + 1 == choice.windows;
    return {.y = static_cast<std::uint16_t>(top),
            .width = static_cast<std::uint16_t>(setup.shape.columns),
            .height = static_cast<std::uint16_t>(last ? setup.shape.rows - top : choice.font)};
}

bool in_one_colour(const Content& content) {
    return !content.pieces.empty() && std::ranges::all_of(content.pieces, [&](const Piece& piece) {
        return colour_of(piece.meaning) == colour_of(content.pieces.front().meaning);
    });
}

/// Command 04: one colour, that of the most urgent piece. A byte for each letter, where command 02 takes three.
Bytes still_text(std::size_t number, const Content& content, const Setup& setup, const Choice& choice) {
    constexpr std::uint8_t simple_text = 1, bright = 255;
    const auto urgent = std::ranges::max_element(content.pieces, {}, &Piece::meaning);
    const auto colour = colour_of(urgent->meaning);
    Bytes out{static_cast<std::uint8_t>(Do::static_text), static_cast<std::uint8_t>(number), simple_text, choice.align};
    const Window window = window_at(number, setup, choice);
    for (const int value : {0, 0, int{window.width}, int{window.height}}) {
        out.insert(out.end(), {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
    }
    out.push_back(choice.size);
    for (const int bit : {1, 2, 4}) out.push_back((colour & bit) != 0 ? bright : 0);
    for (const Piece& piece : content.pieces) out.insert(out.end(), piece.gbk.begin(), piece.gbk.end());
    out.push_back(0);
    return out;
}

Bytes coloured_text(std::size_t number, const Content& content, bool runs, const Choice& choice) {
    Bytes formatted;
    for (const Piece& piece : content.pieces) {
        const Bytes more = characters(colour_of(piece.meaning), choice.size, piece.gbk);
        formatted.insert(formatted.end(), more.begin(), more.end());
    }
    return text({.window = static_cast<std::uint8_t>(number),
                 .mode = runs ? scroll_left : no_effect,
                 .align = static_cast<std::uint8_t>(runs ? 0 : choice.align),
                 .speed = choice.speed},
                formatted);
}

/// The layout is a guess: one byte, 0 to 31.
Bytes brightness_data(int percent) {
    constexpr int most = 31;
    return {static_cast<std::uint8_t>(std::clamp(percent * most / 100, 1, most))};
}

/// The layout is a guess: one byte, 1 for on.
Bytes screen_on_data() {
    return {1};
}

std::uint8_t code_named(std::string_view name) {
    return std::ranges::find(protocol_codes(), name, &ProtocolCode::name)->code;
}

std::vector<Packet> command_of(std::string_view name, const Bytes& data, const Choice& choice) {
    Head head = choice.head;
    head.code = code_named(name);
    return transmission(head, data);
}

std::vector<Packet> show(const Page& page, const Setup& setup) {
    const Choice choice = choice_of(setup);
    std::vector<Packet> out;
    if (choice.unconfirmed) {
        const Bytes data = brightness_data(setup.brightness);
        out = aimed(command_of("brightness", data, choice), "window brightness");
        out.back().lasting = true;  // where the card keeps it is not documented
    }
    const auto contents = contents_of(page, choice);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const bool runs = width_of(contents[i].bytes, choice) > setup.shape.columns;
        const bool still = choice.still || (choice.still_in_one_colour && in_one_colour(contents[i]));
        const Bytes data =
            still && !runs ? still_text(i, contents[i], setup, choice) : coloured_text(i, contents[i], runs, choice);
        append(out, aimed(transmission(choice.head, data), "window " + std::to_string(i)));
    }
    return out;
}

/// Throws std::runtime_error when the letters are higher than the glass.
void prepare(Setup& setup, const std::string&) {
    const auto font = std::to_string(choice_of(setup).font);
    if (setup.shape.rows >= choice_of(setup).font) return;
    throw std::runtime_error("letters of " + font + " dots are higher than the glass; rows = " + font +
                             " or more, as set on the card");
}

std::vector<Packet> initialise(const Setup& setup) {
    const Choice choice = choice_of(setup);
    std::vector<Window> windows;
    for (std::size_t i = 0; i < choice.windows; ++i) windows.push_back(window_at(i, setup, choice));
    std::vector<Packet> out;
    if (choice.unconfirmed) out = command_of("screen_power", screen_on_data(), choice);
    append(out, transmission(choice.head, define_windows(windows)));
    return out;
}

std::vector<Packet> clock(const SignClock& now, const Setup& setup) {
    return command_of("set_clock", clock_data(now), choice_of(setup));
}

/// No question is documented: whether a card is there, and has its windows, is seen by its answer to a text.
std::vector<Packet> ask(Question, const Setup&) {
    return {};
}

/// What the card returned. Its own packet may come back as an echo, which cards of old firmware answer like.
Answer acknowledge(const Packet& packet, std::span<const std::uint8_t> reply, const Setup&) {
    constexpr std::uint8_t obeyed = 0, wrong_sum = 1, wrong_order = 2;
    Answer out = Answer::partial;
    for (const Found& found : frames_in(reply)) {
        if (found.unfinished) continue;
        if (std::ranges::equal(reply.subspan(found.offset, found.length), packet.bytes)) continue;
        if (!found.fault.empty() || found.sum != found.right_sum) {
            out = Answer::bad;
        } else if (found.head.flag == obeyed) {
            return Answer::good;
        } else if (found.head.flag == wrong_sum || found.head.flag == wrong_order) {
            out = Answer::bad;
        } else {
            // Which one is not documented. A text fails when its window is gone, and then a set-up helps.
            out = packet.target.empty() ? Answer::refused : Answer::lost;
        }
    }
    return out;
}

Answer judge(Question, std::span<const std::uint8_t> reply, const Setup& setup) {
    return acknowledge(Packet{}, reply, setup);
}

int width(std::string_view text, const Setup& setup) {
    const Choice choice = choice_of(setup);
    return width_of(to_gbk(text, choice.glyphs, not_drawable).size(), choice);
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<CPowerSign>(setup);
}

constexpr int speeds[] = {115200, 57600, 38400};

}  // namespace

extern const Driver cpower_driver;
const Driver cpower_driver{
    .name = "cpower",
    .summary = "C-Power cards (Lumen), window protocol: Chinese text, red, green and yellow, replies to each packet",
    .chinese = true,
    .baud = 115200,
    .speeds = speeds,
    .address = {.name = "address",
                .otherwise = "FF",
                .accepts = "two hex digits: the card's id, 01 to FE, or FF for every card",
                .meaning = "the card's id",
                .fits = is_address},
    .options = cpower::options(),
    .prepare = prepare,
    .initialise = initialise,
    .show = show,
    .clock = clock,
    .ask = ask,
    .judge = judge,
    .acknowledge = acknowledge,
    .width = width,
    .simulate = simulate,
    .codec = &cpower::codec,
};

}  // namespace baytime::signs
