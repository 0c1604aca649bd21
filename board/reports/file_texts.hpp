// What is said about files of other systems, in both languages: the texts of assets/lang whose keys begin with `file.`.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace baytime::reports {

/// The text `file.KEY` with `{0}`, `{1}` ... replaced. Asserts that there is one.
std::string file_text(std::string_view key, std::span<const std::string> with, bool chinese);

}  // namespace baytime::reports
