// Packets of the AM03127 protocol, one function per packet. Pure; knows nothing of pages as the driver shows them.
// Source: "AM004-03128/03127 LED Display Board Communication" version 2.2 of 2005-08-13, and frames of three open
// libraries that agree with it.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::signs::am {

inline constexpr std::string_view frame_end = "<E>";
inline constexpr std::size_t max_packet_bytes = 1024;  ///< not documented; longer ones are refused by the simulator
inline constexpr int block_columns = 32, block_rows = 8;
inline constexpr std::size_t block_bytes = 64, max_blocks = 128, blocks_a_letter = 8;
inline constexpr std::size_t character_bytes = 8;  ///< of a changed European character
inline constexpr int max_lines = 8, last_page = 'Z', max_scheduled = 31;

/// Two upper-case hex digits: the xor of all bytes.
std::string checksum(std::string_view packet);
/// `<IDxx>` packet, its checksum, `<E>`.
Bytes frame(std::string_view address, std::string_view packet);
/// Without checksum, for the only sign on the line.
Bytes set_id(std::string_view address);

/// How a line appears, stays and goes, in the protocol's letters.
struct Manner {
    char lead = 'A';     ///< A immediate, E scroll left; lower case on line 1: every line has its own
    char display = 'A';  ///< speed and style: A fastest and steady, B blinks
    char wait = 'D';     ///< A 0.5 s, B 1 s, C 2 s .. Z 25 s
    char lag = 'A';
    bool operator==(const Manner&) const = default;
};
std::string line_packet(int line, char page, const Manner& manner, std::string_view text);
/// `second` has no place in SignClock.
std::string clock_packet(const SignClock& now, int second = 0);
/// Times are YYMMDDHHmm.
std::string schedule_packet(char schedule, std::string_view start, std::string_view end, std::string_view pages);
std::string default_page_packet(char page);
std::string brightness_packet(char level);  ///< A 100 %, B 75, C 50, D 25
std::string delete_all_packet();

/// Colours of a dot: both bits make yellow.
enum class Dot : std::uint8_t { off = 0, green = 1, red = 2, yellow = 3 };
/// 32 by 8 dots, row by row.
using Block = std::array<Dot, static_cast<std::size_t>(block_columns) * block_rows>;
/// `<GB2>` for the block at this place, 0 to 127.
std::string block_tag(std::size_t index);
std::string block_packet(std::size_t index, const Block& dots);
/// The layout has a single source, a figure of the maker: four units of 8 by 8 from left to right, in each row by row,
/// four dots a byte, the leftmost in the high bits.
std::string bytes_of_block(const Block& dots);

/// How many bytes of the packet that begins here are binary data behind its tag: 64 behind `<GXn>`, 8 behind `<Fsxy>`.
/// Such bytes may look like the end of the frame. `tag` is as long as is known so far; nothing while it is too short.
std::optional<std::size_t> binary_bytes(std::string_view tag);
inline constexpr std::size_t graphic_tag_bytes = 5, character_tag_bytes = 6;

}  // namespace baytime::signs::am
