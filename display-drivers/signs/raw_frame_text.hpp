// The frame of a raw template as people write it: `02 'T' {address} @from {text} {check} 03`. Pure.
#pragma once

#include "display-drivers/signs/raw_template.hpp"

#include <map>
#include <string>
#include <string_view>

namespace baytime::signs::raw {

struct FrameFault {
    std::string what{}, accepted{};
};

/// `from..to`, both names of fields or marks; empty: as usual.
struct Spans {
    std::string length{}, check{}, escape{};
};

/// The frame, or what is wrong with it. `form` has everything but its frames.
std::variant<Frame, FrameFault> parse_frame(std::string_view text, const RawTemplate& form, const Spans& spans);

}  // namespace baytime::signs::raw
