// The figures of `health` in the text format of Prometheus, exposition 0.0.4
// (prometheus.io/docs/instrumenting/exposition_formats). Labels hold ids and names of things, never of people. Pure.
#pragma once

#include "protocol/json.hpp"

#include <string>
#include <string_view>

namespace baytime::protocol {

inline constexpr const char* metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// `health`: the result object of the verb. Figures that it does not have are left out.
std::string metrics_text(const json::object& health);
/// A value of a label: backslash, quote and newline are escaped.
std::string label_value(std::string_view text);

}  // namespace baytime::protocol
