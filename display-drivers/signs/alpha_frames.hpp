// Bytes of the Alpha protocol, one function per command. Pure; knows nothing of pages.
// Source: Adaptive Micro Systems form 9708-8061 revision F, and frames of three open libraries that agree with it.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs::alpha {

inline constexpr char esc = '\x1b', call_string = '\x10', new_page = '\x0c', new_line = '\x0d', colour = '\x1c';
inline constexpr std::size_t sync_nulls = 5;  ///< for the sign to find the baud rate
inline constexpr std::size_t max_string_bytes = 125;
inline constexpr std::size_t max_priority_bytes = 125;
/// 0.25 s is enough and 0.1 s loses packets on one sign that was measured; others say 0.5 s.
inline constexpr std::chrono::milliseconds packet_pause{500};
/// After each STX of a nested transmission, and before the rows of a picture: 100 ms at least, and a USB converter may
/// hand the bytes on late.
inline constexpr std::chrono::milliseconds inner_pause{150};
/// After memory was cleared. Measured: 1 s at least, 2 s is safe.
inline constexpr std::chrono::milliseconds clear_pause{2000};

/// One command: what stands between STX and ETX.
struct Command {
    std::string body;
    std::size_t pause_before = 0;  ///< offset in the body before which the sign needs inner_pause; 0 for none
};

/// One entry of the memory table.
struct File {
    char label = 'A';
    char type = 'A';             ///< `A` TEXT, `B` STRING, `D` DOTS
    char lock = 'U';             ///< `L` for strings
    std::string size = "0100";   ///< 4 hex digits: bytes, or for DOTS rows and columns
    std::string times = "FFFF";  ///< TEXT: always. STRING: `0000`. DOTS: `4000` for eight colours
};

Command write_text(char label, char position, char mode, std::string_view text);
Command release_priority();
Command write_string(char label, std::string_view text);
Command write_dots(char label, const std::vector<std::string>& rows);
Command clear_memory();
Command set_memory(const std::vector<File>& files);
Command run_in_order(std::string_view labels);
Command set_time(int hour, int minute);
Command set_date(int year, int month, int day);
Command set_weekday(int weekday);  ///< 0 is Sunday
Command read_errors();
Command clear_errors();
Command read_memory();

/// Four upper-case hex digits of a number below 65536.
std::string hex4(unsigned value);
/// The 16-bit sum of the bytes as four hex digits.
std::string checksum(std::string_view bytes);

/// One transmission. More than one command is nested, with the pauses that needs; the last packet has `pause_after`.
std::vector<Packet> transmission(const Setup& setup, const std::vector<Command>& commands, bool with_checksum = true,
                                 std::chrono::milliseconds pause_after = packet_pause);

}  // namespace baytime::signs::alpha
