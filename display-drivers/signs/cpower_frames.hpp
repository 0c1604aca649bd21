// Bytes of the C-Power (Lumen) window protocol: frames, packet numbers, commands. Pure; knows nothing of pages.
// Source: the maker's "C-Power1200 multi-window control communication protocol" V3.3, and frames of two open programs.
// What has a single source says so with [1], and what was measured on a real sign with [hw].
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs::cpower {

inline constexpr std::uint8_t frame_start = 0xA5, frame_end = 0xAE;
inline constexpr std::uint8_t request = 0x68, answer = 0xE8;  ///< packet types; cards of old firmware answer with 68
inline constexpr std::uint8_t card_type = 0x32;
inline constexpr std::uint8_t every_card = 0xFF;
/// What a packet of a long command carries. No limit is documented.
inline constexpr std::size_t most_packet_data_bytes = 512;
inline constexpr std::size_t most_packets = 256;
/// Longest frame that is looked at: all of it escaped.
inline constexpr std::size_t most_frame_bytes = 4096;
inline constexpr std::size_t most_windows = 8;
inline constexpr std::chrono::milliseconds packet_pause{100};  ///< [1: open driver]
inline constexpr std::uint8_t scroll_left = 0x0B, no_effect = 0x00;
inline constexpr std::string_view text_end{"\0\0\0", 3};  ///< [hw] without it the card shows its memory after the text

/// Protocol codes. Only windows have a length and packet numbers [1: open driver and server, from captures].
inline constexpr std::uint8_t windows_code = 0x7B;
struct ProtocolCode {
    std::string_view name;
    std::uint8_t code;
    std::string_view summary;
};
/// Besides windows. Each [1: open Java server or driver].
std::span<const ProtocolCode> protocol_codes();

/// What begins the data of a window command.
enum class Do : std::uint8_t {
    define_windows = 0x01,
    text = 0x02,
    image = 0x03,
    static_text = 0x04,
    clock = 0x05,
    leave = 0x06,
    save = 0x07,
    variables = 0x0A,
    timers = 0x0E,
    template_text = 0x85,
};

struct Head {
    std::uint8_t type = request, card = card_type, id = every_card, code = windows_code;
    std::uint8_t flag = 1;  ///< bit 0: a reply is wanted; in a reply what it returns
    bool operator==(const Head&) const = default;
};
/// The number of a packet, and of the last one; both from 0.
struct Place {
    std::uint8_t packet = 0, last = 0;
};

/// One frame. `place` for codes with packet numbers; `sum`: another one than it should have.
Bytes frame(const Head& head, std::optional<Place> place, std::span<const std::uint8_t> data,
            std::optional<std::uint16_t> sum = std::nullopt);
/// A whole command, in as many packets as it needs.
std::vector<Packet> transmission(const Head& head, std::span<const std::uint8_t> data);

struct Window {
    std::uint16_t x = 0, y = 0, width = 0, height = 0;  ///< dots
};
Bytes define_windows(const std::vector<Window>& windows);
/// How a window shows its text.
struct Manner {
    std::uint8_t window = 0, mode = scroll_left, align = 0, speed = 30;
    std::uint16_t stay = 2;  ///< seconds
};
/// GBK bytes of one colour and size, three bytes for each character. That a Chinese character has its GB code in high
/// and low byte is inferred from the layout, which says only that ASCII has 0 for the high byte.
Bytes characters(std::uint8_t colour, std::uint8_t size, std::string_view gbk);
Bytes text(const Manner& manner, std::span<const std::uint8_t> formatted);
/// Date and time: the layout is known from captures of one open project, the weekday (0 is Sunday, with 7 the clock
/// stops) from its sign [hw].
Bytes clock_data(const SignClock& now);

/// Something that looks like a frame.
struct Found {
    std::size_t offset = 0, length = 0;
    Head head{};
    std::optional<Place> place{};
    Bytes data{};
    std::uint16_t sum = 0, right_sum = 0;
    bool unfinished = false;  ///< the wire ends before its end byte
    std::string fault{};      ///< a sentence; empty when it could be read
};
std::vector<Found> frames_in(std::span<const std::uint8_t> wire);

/// Dots that a size code stands for; 0 when it is none.
int dots_of_size(std::uint8_t code);

}  // namespace baytime::signs::cpower
