// Bytes of Modbus RTU: one function per request, and what a reply says. Pure; knows nothing of registers' meaning.
// Source: Modbus application protocol 1.1b3 and Modbus over serial line 1.02, both of modbus.org; the examples of
// display makers agree with it.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace baytime::signs::modbus {

using Registers = std::vector<std::uint16_t>;

inline constexpr std::uint8_t read_holding_function = 0x03, write_one_function = 0x06, write_many_function = 0x10;
inline constexpr std::uint8_t exception_bit = 0x80;
inline constexpr int broadcast = 0, first_unit = 1, last_unit = 247;
inline constexpr std::size_t most_read = 125, most_written = 123;  ///< registers in one request
inline constexpr std::size_t most_frame_bytes = 256;

/// CRC-16/MODBUS; over "123456789" it is 4B37.
std::uint16_t crc(std::span<const std::uint8_t> bytes);
/// With the CRC behind it, low byte first.
Bytes with_crc(Bytes frame);

Bytes read_holding(int unit, std::uint16_t at, std::uint16_t count);
Bytes write_one(int unit, std::uint16_t at, std::uint16_t value);
Bytes write_many(int unit, std::uint16_t at, const Registers& values);
Bytes read_holding_reply(int unit, const Registers& values);
Bytes write_many_reply(int unit, std::uint16_t at, std::uint16_t count);
Bytes exception_reply(int unit, std::uint8_t function, std::uint8_t code);

/// `illegal data address`, or `exception 9` for a code without a name.
std::string exception_name(std::uint8_t code);

/// Lengths that a frame beginning with these bytes can have, as request or as reply; shortest first. Empty while too
/// few bytes are there to tell, or when the function is unknown.
std::vector<std::size_t> possible_lengths(std::span<const std::uint8_t> bytes);
/// Whether the last two bytes are the CRC of those before.
bool crc_fits(std::span<const std::uint8_t> frame);
std::uint16_t word(std::span<const std::uint8_t> bytes, std::size_t at);

/// Silence that ends a frame: 3.5 characters of 11 bits, and 1.75 ms above 19200 baud.
std::chrono::microseconds frame_gap(int baud);

/// What came back after `request`, which asked this unit for something. Answers of other units, an echo of the request
/// and noise before the reply are passed over.
struct Reply {
    Answer answer = Answer::partial;
    std::uint8_t exception = 0;  ///< the code, when the unit sent one
    Registers values{};          ///< of a read
};
Reply reply_to(std::span<const std::uint8_t> request, std::span<const std::uint8_t> received, bool echo);

}  // namespace baytime::signs::modbus
