// Frames of a raw template: values in, bytes out, and back. Pure; knows nothing of pages.
#pragma once

#include "display-drivers/signs/raw_template.hpp"

#include <span>
#include <string_view>

namespace baytime::signs::raw {

/// The check of these bytes. Over "123456789": sum8 DD, xor8 31, lrc 23, sum16 01DD, crc16-modbus 4B37, crc16-ccitt
/// 29B1 (start FFFF) or 31C3 (start 0).
unsigned check_of(CheckKind kind, std::span<const std::uint8_t> bytes, int start);

/// What the fields of one frame hold.
struct Values {
    Bytes text{};  ///< without padding
    int address = 0, line = 0, brightness = 0;
    Bytes colour{};
    std::optional<unsigned> check{};  ///< another one than it should have
};

/// The text in its field: cut between characters when it is too long.
Bytes fitted(const Bytes& text, const RawTemplate& form);
Bytes build(const Frame& frame, const RawTemplate& form, const Values& values);

struct Found {
    std::size_t length = 0;
    Values values{};  ///< `check` as it stands there
    unsigned right_check = 0;
    bool check_right() const { return !values.check || *values.check == right_check; }
};
/// The frame that these bytes begin with; the one with a right check when there are several readings.
std::optional<Found> frame_at(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes);
/// Whether a frame can begin so: the literals before everything else.
bool can_begin(const Frame& frame, std::span<const std::uint8_t> bytes);

}  // namespace baytime::signs::raw
