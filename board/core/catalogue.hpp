// The catalogue of standard times (rule §6) as CSV: code,name,name_en,repair_type,minutes,bay_kind. Pure.
#pragma once

#include "board/core/shop.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime {

inline constexpr std::string_view catalogue_header = "code,name,name_en,repair_type,minutes,bay_kind";
/// Longest standard time we believe, in minutes: two working weeks.
inline constexpr int max_standard_minutes = 4800;
/// Lines one catalogue may have.
inline constexpr std::size_t max_catalogue_rows = 20'000;

struct CatalogueFault {
    int line = 0;  ///< counts from 1
    std::string what{};
    bool operator==(const CatalogueFault&) const = default;
};

struct Catalogue {
    std::map<std::string, StandardTime> times{};  ///< by code: the rows that are good
    std::vector<CatalogueFault> faults{};
};

/// Reads all rows and tells every fault. A byte order mark, the header, empty lines and lines after `#` are skipped; a
/// field in double quotes may hold commas and doubled quotes, but no line end.
Catalogue read_catalogue(std::string_view csv);

}  // namespace baytime
