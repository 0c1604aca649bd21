// Bytes of the Onbon "font card" protocol (BX-5K, BX-5MK, BX-6K): frames, commands, dynamic areas. Pure; knows nothing
// of pages. Source: the maker's protocol document as open senders quote it, its worked examples, and one peer that was
// run. What has a single source says so with [1].
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs::onbon {

inline constexpr std::uint8_t frame_head = 0xA5, frame_end = 0x5A;
inline constexpr std::size_t usual_heads = 8, most_heads = 64;
/// Bytes of a frame with head and end. [1: open C header] The card's receive buffer has 1024.
inline constexpr std::size_t most_frame_bytes = 1023;
inline constexpr std::uint16_t everyone_silent = 0xFFFF;   ///< [1] every card obeys, none replies
inline constexpr std::uint16_t everyone_replies = 0xFFFE;  ///< [1] every card obeys and replies
inline constexpr std::uint16_t from_computer = 0x8000;
/// No pause is documented. With a reply the sign is ready again; without one it needs time to draw.
inline constexpr std::chrono::milliseconds pause_after_reply{50}, pause_unheard{300};
inline constexpr std::size_t half_hours = 48;  ///< of a day, in the brightness command

/// What stands before the data; `length` and check are computed.
struct Header {
    std::uint32_t destination = 1;
    std::uint32_t source = from_computer;
    std::uint32_t reserved = 0;
    std::uint32_t option = 0;
    std::uint32_t check_mode = 0;
    std::uint32_t display_mode = 0;
    std::uint32_t device_type = 0xFE;
    std::uint32_t protocol_version = 2;
};
struct HeaderField {
    std::string_view name;
    std::uint32_t Header::*member;
    std::size_t bytes;
    std::string_view meaning;
    std::uint32_t most = (std::uint32_t{1} << (8 * bytes)) - 1;
};
/// In the order of the wire.
std::span<const HeaderField> header_fields();

/// The data field of a frame.
struct Command {
    std::uint8_t group = 0, code = 0;
    std::uint8_t request = 1;    ///< 1: reply wanted, 2: none; in a reply the error
    std::uint16_t reserved = 0;  ///< of A3 06 the process mode: the maker's own example has the total length here
    Bytes parameters{};
};

/// A part of the glass with a text of its own, in the card's RAM: no limit of writes, lost at power-off.
struct Area {
    std::uint32_t area_type = 0;
    std::uint32_t x = 0, y = 0;  ///< x in units of 8 pixels (bit 15: in pixels, 6K cards only), y in pixels
    std::uint32_t width = 0, height = 0;
    std::uint32_t area_id = 0;
    std::uint32_t line_spacing = 0;
    std::uint32_t run_mode = 0;
    std::uint32_t timeout = 0;
    std::uint32_t voice = 0, extension_length = 0;
    std::uint32_t alignment = 0;
    std::uint32_t lines = 2, wrap = 1;
    std::uint32_t display_mode = 1, exit_mode = 0;
    std::uint32_t speed = 4, stay = 5;
    std::string text{};  ///< GBK bytes with the inline codes
};
struct AreaField {
    std::string_view name;
    std::uint32_t Area::*member;
    std::size_t bytes;
    std::string_view meaning;
    std::uint32_t least = 0, most = bytes == 1 ? 0xFF : 0xFFFF;
};
/// In the order of the wire; after them come four bytes of text length, and the text.
std::span<const AreaField> area_fields();

/// `areas` to delete by id; 255 of them, or `delete_all`, is every area.
Command dynamic_areas(const std::vector<std::uint8_t>& deleted, bool delete_all, const std::vector<Area>& areas);
Command ping();
/// [1: maker's library document] 1 is on, 2 is off.
Command screen_power(bool on);
/// 0..15, the same all day.
Command brightness(std::uint8_t value);
/// The answer A0 00 or A0 01.
Command answer(std::uint8_t error);

/// The check of header and data, by the header's mode. Sum and none [1]: their layout is only named.
std::uint16_t check_of(std::span<const std::uint8_t> bytes, std::uint32_t check_mode);
/// `check`: another one than it should have.
Bytes frame(const Header& header, const Command& command, std::size_t heads = usual_heads,
            std::optional<std::uint16_t> check = std::nullopt);
/// The same, ready to be sent; acknowledged when a reply is asked for.
Packet packet(const Header& header, const Command& command, Bytes bytes);

/// How many bytes these take between head and end, escaped.
std::size_t wire_bytes(std::string_view bytes);

/// Something that looks like a frame.
struct Found {
    std::size_t offset = 0, length = 0;
    std::size_t heads = 0;
    Header header{};
    Command command{};
    std::uint16_t check = 0, right_check = 0;
    bool unfinished = false;  ///< the wire ends before its end byte
    std::string fault{};      ///< a sentence; empty when header and command could be read
};
std::vector<Found> frames_in(std::span<const std::uint8_t> wire);

/// `crc_error`; empty when the protocol has no such error.
std::string_view error_name(std::uint8_t error);
/// The number of such a name; nothing when there is none.
std::optional<std::uint8_t> error_number(std::string_view name);

}  // namespace baytime::signs::onbon
