// One sign of each family for each fault that the simulator can play, as a table.
#pragma once

#include "tests/support/sign_hall.hpp"

#include <array>
#include <string>
#include <string_view>

namespace baytime::support {

/// A kind of sign.
struct SignFamily {
    std::string_view name{};
    std::string_view driver{};
    std::string_view place{}, options{};
};

inline constexpr std::array sign_families = {
    SignFamily{.name = "alpha", .driver = "alpha"},
    SignFamily{.name = "onbon", .driver = "onbon", .place = "columns = 96\nrows = 32\n"},
    SignFamily{.name = "modbus-digits", .driver = "modbus"},
    SignFamily{.name = "modbus-panel",
               .driver = "modbus",
               .place = "columns = 128\nrows = 32\n",
               .options = "profile = \"text-panel\"\n"},
    SignFamily{.name = "am03127", .driver = "am03127", .place = "address = \"01\"\n"},
    SignFamily{.name = "cpower", .driver = "cpower", .place = "columns = 128\nrows = 32\n"},
    SignFamily{
        .name = "raw", .driver = "raw", .place = "columns = 96\nrows = 32\n", .options = "template = \"strip\"\n"},
};

/// What happens to a line, in the simulator's words behind the sign's name.
struct LineFault {
    std::string_view name{};
    std::string_view begin{};  ///< `silence NAME on`
    std::string_view end{};    ///< said once the daemon has noticed; empty: it ends by itself
    std::string_view kinds{};  ///< of which the sign's health then names at least one; empty: it may go unnoticed
    bool changes = true;       ///< the page changes meanwhile
};

inline constexpr std::array line_faults = {
    LineFault{.name = "nak", .begin = "nak NAME 2", .end = "", .kinds = "garbled unanswered"},
    LineFault{.name = "silence", .begin = "silence NAME on", .end = "silence NAME off", .kinds = "no-answer"},
    LineFault{.name = "garbage", .begin = "garbage NAME", .end = "", .kinds = ""},
    LineFault{.name = "bit-errors",
              .begin = "bit-errors NAME 0.02",
              .end = "bit-errors NAME 0",
              .kinds = "garbled unanswered no-answer memory refused"},
    LineFault{.name = "slow", .begin = "slow NAME on", .end = "slow NAME off", .kinds = ""},
    LineFault{.name = "unplug", .begin = "unplug NAME for 2", .end = "", .kinds = "lost missing"},
    LineFault{.name = "power", .begin = "power NAME", .end = "", .kinds = "", .changes = false},
};

/// `nak NAME 2` for this sign.
inline std::string control_of(std::string_view form, const std::string& sign) {
    std::string out(form);
    return out.replace(out.find("NAME"), 4, sign);
}

/// A sign of this family on a line of its own.
inline HungSign hung(const SignFamily& family, const std::string& name, const std::string& bay) {
    return {.name = name,
            .driver = std::string(family.driver),
            .bay = bay,
            .place = std::string(family.place),
            .options = std::string(family.options)};
}

/// Puts a job into the bay at once, in the place of `before` (empty: the bay is free).
inline void put_into_bay(SignHall& hall, const std::string& bay, const std::string& job, const std::string& before,
                         const std::string& technician) {
    if (!before.empty()) hall.say("cancel " + before + " reason=test as=301");
    hall.say("receive " + job + " plate=沪A00" + job + " model=Golf type=repair promise=+600 as=301");
    hall.say("assign " + job + " bay=" + bay + " as=201");
    hall.say("start " + job + " as=" + technician);
}

}  // namespace baytime::support
