// Register profiles and setups of the Modbus tests.
#pragma once

#include "display-drivers/signs/modbus_profile.hpp"
#include "display-drivers/signs/modbus_sign.hpp"
#include "tests/signs/frames.hpp"

namespace support {

using namespace baytime::signs;

/// A panel of one Chinese line of four registers at 0, as in the worked example.
inline constexpr std::string_view four_registers = R"toml(
name = "four registers"
encoding = "gbk"
readable = true
[[line]]
register = 0
count = 4
)toml";

/// Places, sign and magnitude in two registers, as the LED-485 takes them.
inline constexpr std::string_view magnitude = R"toml(
name = "magnitude"
encoding = "sign-magnitude"
places = 2
digits = 4
[[line]]
register = 0x0090
count = 2
)toml";

/// A whole number in one register, with a brightness and a colour for the whole glass.
inline constexpr std::string_view whole_number = R"toml(
name = "whole number"
function = 0x06
encoding = "integer"
digits = 6
readable = true
[[line]]
register = 0x0000
[decimal_point]
register = 0x0004
[brightness]
register = 0x0005
brightest = 15
[colour]
register = 0x0006
[colours]
normal = 1
good = 2
attention = 3
alarm = 4
)toml";

/// A fixed point number in two registers, the low one first.
inline constexpr std::string_view fixed_point = R"toml(
name = "fixed point"
encoding = "fixed"
first_register = "low"
places = 1
[[line]]
register = 0x0100
count = 2
)toml";

inline Setup modbus_setup(std::string_view profile_text, const std::string& address = "1") {
    Setup setup;
    setup.address = address;
    setup.registers = std::make_shared<const RegisterProfile>(parse_profile(profile_text, "test.toml"));
    return setup;
}

inline Setup shipped_setup(const std::string& profile, const std::string& address = "1") {
    Setup setup;
    setup.address = address;
    setup.options["profile"] = profile;
    return setup;
}

}  // namespace support
