// Values of a file as people and other systems write them. Each reader returns the value or says what is wrong.
#pragma once

#include "board/reports/order_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace baytime::reports {

template <class T>
using Read = std::variant<T, Why>;

/// ISO 8601 with `Z` or an offset, or `2026-10-01 09:30[:SS]` in shop time.
Read<Instant> read_moment(std::string_view text, const ShopZone& zone);
/// Decimal yuan with up to two decimals, `1234.50`, as cents.
Read<std::int64_t> read_yuan(std::string_view text);
/// Cents as `1280.50`.
std::string yuan(std::int64_t cents);
/// An order number in capitals.
Read<std::string> read_order_number(std::string_view text);
/// The id or name of a person, any text without control characters, as plain_name() writes it.
Read<std::string> read_person(std::string_view text);
/// The stable name or the Chinese one.
Read<RepairType> read_repair_type(std::string_view text);
Read<BayKind> read_bay_kind(std::string_view text);
/// Whole minutes between these two.
Read<int> read_minutes(std::string_view text, int least, int most);

}  // namespace baytime::reports
