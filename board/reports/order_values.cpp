#include "board/reports/order_values.hpp"

#include "board/core/letters.hpp"
#include "board/reports/staff_names.hpp"
#include "protocol/times.hpp"
#include "protocol/verbs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

constexpr std::array<std::pair<std::string_view, BayKind>, 6> chinese_kinds{{
    {"机电", BayKind::general},
    {"快修", BayKind::express},
    {"钣金", BayKind::body},
    {"喷漆", BayKind::paint},
    {"四轮定位", BayKind::alignment},
    {"洗车", BayKind::wash},
}};

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_order_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

Read<Instant> read_moment(std::string_view text, const ShopZone& zone) {
    std::string iso(text);
    if (iso.size() > 10 && iso[10] == ' ') iso[10] = 'T';
    // +0800, as some systems write it, is +08:00.
    if (iso.size() > 5 && (iso[iso.size() - 5] == '+' || iso[iso.size() - 5] == '-') && iso.size() > 16 &&
        all_digits(std::string_view(iso).substr(iso.size() - 4)))
        iso.insert(iso.size() - 2, ":");
    // +08 is +08:00.
    if (iso.size() > 16 && (iso[iso.size() - 3] == '+' || iso[iso.size() - 3] == '-')) iso += ":00";
    const auto read = protocol::read_local(iso);
    if (!read) return Why{Wrong::bad_time};
    if (read->east) return Instant{read->minute.time_since_epoch() - *read->east + read->beyond};
    const auto at = zone.to_utc(read->minute + read->beyond);
    if (!at) return Why{Wrong::time_left_out};
    return *at;
}

Read<std::int64_t> read_yuan(std::string_view text) {
    const Why bad{Wrong::bad_amount};
    const std::size_t point = text.find('.');
    const std::string_view yuan = text.substr(0, point);
    if (!all_digits(yuan) || yuan.size() > max_yuan_digits) return bad;
    std::string fen = point == std::string_view::npos ? "00" : std::string(text.substr(point + 1));
    if (!all_digits(fen) || fen.size() > 2) return bad;
    fen.resize(2, '0');
    return std::stoll(std::string(yuan)) * 100 + std::stoll(fen);
}

std::string yuan(std::int64_t cents) {
    const auto rest = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

Read<std::string> read_order_number(std::string_view text) {
    std::string order(text);
    for (char& c : order) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (order.empty() || order.size() > protocol::max_order_bytes || !std::ranges::all_of(order, is_order_letter))
        return Why{Wrong::bad_order_number, {std::to_string(protocol::max_order_bytes)}};
    return order;
}

Read<std::string> read_person(std::string_view text) {
    std::string person = has_control(text) ? std::string{} : plain_name(text);
    if (person.empty() || person.size() > max_person_bytes)
        return Why{Wrong::bad_person, {std::to_string(max_person_bytes)}};
    return person;
}

Read<RepairType> read_repair_type(std::string_view text) {
    if (const auto known = from_name<RepairType>(text)) return *known;
    const auto found = std::ranges::find(chinese_types, text, &std::pair<std::string_view, RepairType>::first);
    if (found != chinese_types.end()) return found->second;
    return Why{Wrong::bad_repair_type};
}

Read<BayKind> read_bay_kind(std::string_view text) {
    if (const auto known = from_name<BayKind>(text)) return *known;
    const auto found = std::ranges::find(chinese_kinds, text, &std::pair<std::string_view, BayKind>::first);
    if (found != chinese_kinds.end()) return found->second;
    return Why{Wrong::bad_bay_kind};
}

Read<int> read_minutes(std::string_view text, int least, int most) {
    int minutes = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    const bool whole = failed == std::errc{} && end == text.data() + text.size();
    if (whole && minutes >= least && minutes <= most) return minutes;
    return Why{Wrong::bad_minutes, {std::to_string(least), std::to_string(most)}};
}

}  // namespace baytime::reports
