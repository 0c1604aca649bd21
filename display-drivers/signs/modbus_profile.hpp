// The register map of a Modbus display, as data: no two makers have the same one, and one maker has had two under one
// name. Read from TOML; the maps that are shipped are part of the program.
// Source of the maps: see the comments in config/modbus/*.toml.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace baytime::signs {

enum class RegisterEncoding {
    ascii,           ///< two characters a register
    gbk,             ///< Chinese: GBK bytes, two a register
    integer,         ///< two's complement in one or two registers
    fixed,           ///< as integer, times ten for each decimal place
    sign_magnitude,  ///< a sign byte, a byte with the decimal places, then the magnitude
};
enum class Justify { left, right };

/// One register that holds one number.
struct ControlRegister {
    std::uint16_t at = 0;
    std::uint8_t function = 0x06;
    bool operator==(const ControlRegister&) const = default;
};

/// What a meaning is written as, in the order of Meaning.
using MeaningValues = std::array<std::uint16_t, 4>;

/// One line of the glass.
struct RegisterLine {
    std::uint16_t at = 0;
    int count = 1;  ///< registers
    std::optional<std::uint16_t> colour{}, flash{};
    bool operator==(const RegisterLine&) const = default;
};

struct RegisterProfile {
    std::string name{};
    std::uint8_t function = 0x10;  ///< that writes a line: 06 or 10
    RegisterEncoding encoding = RegisterEncoding::ascii;
    bool high_first = true;       ///< the first byte of a text stands in the high byte of its register
    bool high_word_first = true;  ///< of a number in two registers
    std::uint8_t padding = ' ';
    Justify justify = Justify::left;
    int places = 0;     ///< decimal places of a fixed point number
    int digits = 0;     ///< of the glass; 0: as many as the registers hold
    int no_number = 0;  ///< shown when a text holds no number
    bool readable = false;
    std::vector<RegisterLine> lines{};
    std::optional<ControlRegister> decimal_point{}, brightness{}, colour{}, flash{};
    int darkest = 0, brightest = 7;  ///< the values of the brightness register
    MeaningValues colours{}, flashes{};
    std::string text{};  ///< the file, for telling whether it has changed
    bool operator==(const RegisterProfile&) const = default;

    bool is_text() const { return encoding == RegisterEncoding::ascii || encoding == RegisterEncoding::gbk; }
};

/// A register map that is part of the program.
struct ShippedProfile {
    std::string_view name{};  ///< `led-485`
    std::string_view text{};  ///< TOML
};
/// From config/modbus, by the build.
std::span<const ShippedProfile> shipped_profiles();

/// Reads the text of a profile. Throws config::ConfigError with every fault.
RegisterProfile parse_profile(std::string_view text, const std::string& file);
/// A shipped one by its name, else the file of this name counted from `folder`. Throws config::ConfigError, or
/// std::runtime_error when it is neither.
std::shared_ptr<const RegisterProfile> load_profile(std::string_view name, const std::string& folder);
/// A shipped one; null when there is none of that name.
std::shared_ptr<const RegisterProfile> shipped_profile(std::string_view name);
/// When a sign's options name none.
inline constexpr std::string_view usual_profile = "led-485";
/// The profile of this sign: the loaded one, else the shipped one that its option names. Throws std::runtime_error
/// when that is a file which nobody has loaded.
std::shared_ptr<const RegisterProfile> profile_of(const Setup& setup);

}  // namespace baytime::signs
