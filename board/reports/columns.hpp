// The columns of each report's rows, so that a report without rows has a header as well. Pure.
#pragma once

#include <span>
#include <string_view>

namespace baytime::reports {

/// In the order of the rows' members; nothing for an unknown report. `by`: of the monthly report.
std::span<const std::string_view> columns_of(std::string_view report, std::string_view by);

}  // namespace baytime::reports
