// The command line of baytime-signsim.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::signs::sim {

/// `bay-1:alpha:120x16`, `digits:modbus:36x7:3:profile=led-046`
struct SignSpec {
    std::string name{};
    const Driver* driver = nullptr;
    Setup setup{};
    std::string line{};  ///< path of the line's link; empty: NAME in the directory of the links
    int baud = 0;        ///< 0: the driver's
};

/// Every `[[sign]]` of a daemon's configuration whose port is a pseudo-terminal. Throws config::ConfigError.
std::vector<SignSpec> configured_signs(const std::string& path);

/// The sign, or a sentence that says what is wrong.
std::variant<SignSpec, std::string> parse_sign(std::string_view text);

/// One line on standard input: `unplug bay-1 for 5`, `nak bay-1 2`.
struct Control {
    enum class What { unplug, plug, power, nak, silence, garbage, bit_errors, slow } what = What::unplug;
    std::string name{};
    double value = 0;  ///< unplug: seconds, 0 for ever; nak, silence: how many, below 0 all; bit_errors: rate
    bool on = true;    ///< silence, slow
};
std::optional<Control> parse_control(std::string_view line);
/// What parse_control understands, for people.
std::string control_forms();

}  // namespace baytime::signs::sim
