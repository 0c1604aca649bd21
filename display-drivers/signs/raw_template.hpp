// The frame of a sign that nobody documented, as data: literal bytes and fields, with a choice of checksum. Read from
// TOML, from the sign's own configuration or from a file of its own.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace baytime::config {
class Table;
}

namespace baytime::signs {

namespace raw {

inline constexpr std::size_t most_text_bytes = 1024;   ///< in one frame
inline constexpr std::size_t most_parts = 64;          ///< of one frame
inline constexpr std::size_t most_frame_bytes = 4096;  ///< all of it escaped
inline constexpr int most_lines = 16;
inline constexpr int rows_of_two_lines = 32;  ///< of a glass whose lines share one frame

enum class Encoding { utf8, gbk, ascii };
enum class CheckKind { none, sum8, xor8, lrc, sum16, crc16_modbus, crc16_ccitt };
enum class NumberKind { byte, low_high, high_low, hex, decimal };  ///< as bytes, or as ASCII digits

struct NumberForm {
    NumberKind as = NumberKind::byte;
    int digits = 2;  ///< of hex and decimal
    bool operator==(const NumberForm&) const = default;
    std::size_t size() const;
    int most() const;
};

enum class PartKind { literal, text, address, line, colour, brightness, length, check };
struct Part {
    PartKind kind = PartKind::literal;
    Bytes bytes{};  ///< of a literal
    bool operator==(const Part&) const = default;
};

/// Parts from `begin` to before `end`.
struct Span {
    std::size_t begin = 0, end = 0;
    bool operator==(const Span&) const = default;
    bool holds(std::size_t part) const { return part >= begin && part < end; }
};

/// What tells a receiver where the text ends.
enum class TextEnd { no_text, width, length, literal, check_then_literal, escape, nothing };

struct Frame {
    std::vector<Part> parts{};
    Span length_over{}, check_over{};
    std::optional<Span> escape_over{};
    TextEnd text_end = TextEnd::no_text;
    bool operator==(const Frame&) const = default;
    /// Where a part of this kind stands, or parts.size().
    std::size_t place(PartKind kind) const;
    bool has(PartKind kind) const { return place(kind) < parts.size(); }
};

struct Escape {
    std::uint8_t byte = 0;
    Bytes sent{};  ///< instead of it
    bool operator==(const Escape&) const = default;
};

/// Bytes of an answer; nothing stands for any byte.
using Pattern = std::vector<std::optional<std::uint8_t>>;

}  // namespace raw

struct RawTemplate {
    std::string name{};
    raw::Frame frame{};
    std::vector<raw::Frame> set_up{};  ///< sent once before the texts
    std::chrono::milliseconds pause{50};
    std::chrono::seconds refresh{0};  ///< all is written again so often; 0: as usual
    int lines = 1;                    ///< a frame for each, when the frame has {line}
    int first_line = 1;
    raw::NumberForm line_as{}, address_as{}, brightness_as{}, length_as{}, check_as{};

    raw::Encoding encoding = raw::Encoding::ascii;
    std::size_t width = 0;  ///< bytes of the text field; 0: as many as the text has
    std::size_t most = 64;  ///< bytes of a text without fixed width
    std::uint8_t padding = ' ';
    bool right = false;  ///< the text stands at the right of its field
    Bytes line_break{' '};
    int letter_dots = 0;  ///< wide; Chinese twice that; 0: by the rows of the glass

    std::array<Bytes, 4> colours{};  ///< in the order of Meaning
    int darkest = 0, brightest = 15;
    int length_more = 0;  ///< added to the length counted
    raw::CheckKind check = raw::CheckKind::none;
    int check_start = 0;
    std::vector<raw::Escape> escapes{};
    raw::Pattern acknowledged{}, refused{};  ///< answers; empty: the sign says nothing

    bool operator==(const RawTemplate&) const = default;
};

namespace raw {

/// Bytes of the check field.
std::size_t check_size(const RawTemplate& form);
std::size_t size_of(const Part& part, const RawTemplate& form);  ///< 0 for a text without fixed width
/// Whether a text of this encoding never has that byte.
bool never_in_text(std::uint8_t byte, const RawTemplate& form);

}  // namespace raw

/// Reads a template; faults are left at the table. Nothing when there was one.
std::shared_ptr<const RawTemplate> read_raw_template(const config::Table& table);
/// Throws config::ConfigError with every fault.
std::shared_ptr<const RawTemplate> parse_raw_template(std::string_view text, const std::string& file);

struct ShippedRaw {
    std::string_view name{};
    std::string_view text{};  ///< TOML
};
/// From config/raw, by the build.
std::span<const ShippedRaw> shipped_raw();
inline constexpr std::string_view usual_raw = "plain";
/// A shipped one by its name, else the file of this name counted from `folder`. Throws config::ConfigError, or
/// std::runtime_error when it is neither.
std::shared_ptr<const RawTemplate> load_raw(std::string_view name, const std::string& folder);
/// The loaded one, else the shipped one that the option names. Throws std::runtime_error.
std::shared_ptr<const RawTemplate> raw_of(const Setup& setup);

}  // namespace baytime::signs
