// The catalogue of standard times (rule §6) from a CSV file: code, name, name_en, repair_type, minutes, bay_kind. Pure.
#pragma once

#include "board/core/shop.hpp"
#include "board/reports/table_file.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

/// Longest standard time we believe, in minutes: two working weeks.
inline constexpr int max_standard_minutes = 4800;
/// Lines one catalogue may have.
inline constexpr std::size_t max_catalogue_rows = 20'000;
/// Letters of one code.
inline constexpr std::size_t max_code_letters = 16;

struct Catalogue {
    std::map<std::string, StandardTime> times{};  ///< by code: the rows that are good
    std::vector<Fault> faults{};                  ///< of all rows
    std::size_t bad_rows = 0;
};

/// `text` is UTF-8. Columns stand in any order; `name_en` may be missing, and a row may have one of both names. Rows
/// that begin with # are passed over.
Catalogue read_catalogue(std::string_view text);

}  // namespace baytime::reports
