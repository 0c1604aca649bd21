#include "board/reports/order_values.hpp"

#include "board/core/letters.hpp"
#include "protocol/times.hpp"
#include "protocol/verbs.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace baytime::reports {

namespace {

/// Longest id or name of a person in a file, in bytes.
constexpr std::size_t max_person_bytes = 64;
/// Digits of a sum before the point: a billion yuan is a mistake.
constexpr std::size_t max_yuan_digits = 9;

constexpr std::array<std::pair<std::string_view, RepairType>, 6> chinese_types{{
    {"首保", RepairType::first_service},
    {"常规保养", RepairType::maintenance},
    {"保养", RepairType::maintenance},
    {"普通修理", RepairType::repair},
    {"事故车", RepairType::accident},
    {"索赔", RepairType::warranty},
}};

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_order_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Read<Instant> read_moment(std::string_view text, const ShopZone& zone) {
    static const Accepted accepted{"a time as 2026-10-01T09:30:00+08:00, with Z, or 2026-10-01 09:30 in shop time"};
    std::string iso(text);
    if (iso.size() > 10 && iso[10] == ' ') iso[10] = 'T';
    // +0800, as some systems write it, is +08:00.
    if (iso.size() > 5 && (iso[iso.size() - 5] == '+' || iso[iso.size() - 5] == '-') && iso.size() > 16 &&
        all_digits(std::string_view(iso).substr(iso.size() - 4)))
        iso.insert(iso.size() - 2, ":");
    // +08 is +08:00.
    if (iso.size() > 16 && (iso[iso.size() - 3] == '+' || iso[iso.size() - 3] == '-')) iso += ":00";
    const auto read = protocol::read_local(iso);
    if (!read) return accepted;
    if (read->east) return Instant{read->minute.time_since_epoch() - *read->east + read->beyond};
    const auto at = zone.to_utc(read->minute + read->beyond);
    if (!at) return Accepted{"a time that exists: the clock change of the shop's zone leaves this one out"};
    return *at;
}

Read<std::int64_t> read_yuan(std::string_view text) {
    const Accepted accepted{"yuan as 1234.50: digits, and up to two behind a point"};
    const std::size_t point = text.find('.');
    const std::string_view yuan = text.substr(0, point);
    if (!all_digits(yuan) || yuan.size() > max_yuan_digits) return accepted;
    std::string fen = point == std::string_view::npos ? "00" : std::string(text.substr(point + 1));
    if (!all_digits(fen) || fen.size() > 2) return accepted;
    fen.resize(2, '0');
    return std::stoll(std::string(yuan)) * 100 + std::stoll(fen);
}

Read<std::string> read_order_number(std::string_view text) {
    std::string order(text);
    for (char& c : order) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (order.empty() || order.size() > protocol::max_order_bytes || !std::ranges::all_of(order, is_order_letter))
        return Accepted{"1 to " + std::to_string(protocol::max_order_bytes) + " of the characters A-Z 0-9 . _ -"};
    return order;
}

Read<std::string> read_person(std::string_view text) {
    if (text.empty() || text.size() > max_person_bytes || has_control(text))
        return Accepted{"an id or a name of 1 to " + std::to_string(max_person_bytes) + " bytes"};
    return std::string(text);
}

Read<RepairType> read_repair_type(std::string_view text) {
    if (const auto known = from_name<RepairType>(text)) return *known;
    const auto found = std::ranges::find(chinese_types, text, &std::pair<std::string_view, RepairType>::first);
    if (found != chinese_types.end()) return found->second;
    return Accepted{"one of first_service 首保, maintenance 常规保养, repair 普通修理, accident 事故车, warranty 索赔"};
}

}  // namespace baytime::reports
