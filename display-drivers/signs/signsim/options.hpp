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
};

/// The sign, or a sentence that says what is wrong.
std::variant<SignSpec, std::string> parse_sign(std::string_view text);

/// One line on standard input: `unplug bay-1`.
struct Control {
    enum class What { unplug, plug, power } what = What::unplug;
    std::string name{};
};
std::optional<Control> parse_control(std::string_view line);

}  // namespace baytime::signs::sim
