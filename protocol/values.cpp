// Texts into typed values: see values.hpp.
#include "protocol/values.hpp"

#include "board/core/decide.hpp"
#include "board/core/letters.hpp"
#include "protocol/times.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace baytime::protocol {
namespace {

using Kind = Given::Kind;

constexpr std::array order_parameters{"order", "return_of"};
constexpr std::array id_parameters{"bay", "technician", "advisor", "as", "staff", "badge", "device"};
/// Never repeated in a sentence: logs and screens would keep them.
constexpr std::array secrets{"pin", "token"};

bool is_one_of(std::string_view name, const auto& names) {
    return std::ranges::any_of(names, [name](std::string_view one) { return one == name; });
}

bool is_id_letter(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           letter == '.' || letter == '_' || letter == '-';
}

bool is_id(std::string_view text, std::size_t longest) {
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_id_letter);
}

std::string upper(std::string text) {
    for (char& letter : text) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return text;
}

std::optional<std::uint64_t> whole(const Given& given, std::uint64_t least, std::uint64_t most) {
    if (given.kind != Kind::text && given.kind != Kind::number) return std::nullopt;
    std::uint64_t out = 0;
    const char* end = given.text.data() + given.text.size();
    const auto [stop, failed] = std::from_chars(given.text.data(), end, out);
    if (failed != std::errc{} || stop != end || out < least || out > most) return std::nullopt;
    return out;
}

/// With two places behind the point, or empty when more would be needed or it is out of all bounds.
std::string two_places(double amount) {
    if (!(amount >= 0 && amount <= 1e10)) return {};
    const double cents = amount * 100;
    if (std::abs(cents - std::round(cents)) > 1e-5) return {};
    char out[40];
    const int length = std::snprintf(out, sizeof out, "%.2f", amount);
    return {out, static_cast<std::size_t>(length)};
}

std::string range(std::string_view what, int least, int most) {
    return std::string(what) + " from " + std::to_string(least) + " to " + std::to_string(most);
}

constexpr std::string_view items_accepted =
    "items separated by commas, each a standard-time code or name:minutes, as in items=OIL-1,更换雨刮:15";

Wrong bad_item(std::string_view text, std::string_view why) {
    std::string out(items_accepted);  // built up, because g++ 12 suspects a longer sum of reading out of bounds
    out.append(" (").append(shown(text)).append(" ").append(why).append(")");
    return out;
}

/// `code`, or `name` with `minutes` beyond it.
Wrong read_item(std::string_view text, Item& into) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        if (!is_id(text, max_order_bytes)) return bad_item(text, "has no minutes");
        into.code = std::string(text);
        return std::nullopt;
    }
    const Given minutes{.kind = Kind::text, .text = std::string(text.substr(colon + 1))};
    const auto count = whole(minutes, 1, max_minutes);
    if (!count) return bad_item(text, "has no minutes from 1 to " + std::to_string(max_minutes));
    if (colon == 0) return bad_item(text, "has no name");
    into.name = std::string(text.substr(0, colon));
    into.minutes = static_cast<int>(*count);
    return std::nullopt;
}

Wrong read_item_object(const json::value& from, Item& into) {
    const auto* object = from.if_object();
    if (object == nullptr) return "objects with code, or with name and minutes";
    for (const auto& member : *object) {
        const std::string_view key = member.key();
        const bool text = key == "code" || key == "name";
        if (!text && key != "minutes") return "objects with code, name and minutes only, not " + shown(key);
        if (text && !member.value().is_string()) return "objects in which " + std::string(key) + " is a text";
        if (!text && !member.value().is_int64()) return "objects in which minutes is a whole number";
    }
    if (const auto* code = object->if_contains("code")) into.code = std::string(code->get_string());
    if (const auto* name = object->if_contains("name")) into.name = std::string(name->get_string());
    if (const auto* minutes = object->if_contains("minutes")) {
        if (minutes->get_int64() < 1 || minutes->get_int64() > max_minutes) {
            return "objects with " + range("minutes", 1, max_minutes);
        }
        into.minutes = static_cast<int>(minutes->get_int64());
    }
    if (!into.code.empty() && !is_id(into.code, max_order_bytes)) return "objects with a code of A-Z a-z 0-9 . _ -";
    if (into.code.empty() && (into.name.empty() || into.minutes == 0))
        return "objects with a code, or name and minutes";
    if (into.name.size() > max_text_bytes || has_control(into.name)) return "objects with names of one short line";
    return std::nullopt;
}

Wrong read_item_list(const json::array& list, std::vector<Item>& into) {
    if (list.size() > max_items) return "at most " + std::to_string(max_items) + " items";
    for (const json::value& one : list) {
        if (Wrong wrong = read_item_object(one, into.emplace_back())) return "an array of " + *wrong;
    }
    return std::nullopt;
}

}  // namespace

std::string_view kind_of_text(std::string_view parameter) {
    if (is_one_of(parameter, order_parameters)) return "order";
    return is_one_of(parameter, id_parameters) ? "id" : "text";
}

Problem bad_value(std::string_view parameter, const Given& given, std::string_view accepted) {
    std::string sentence = std::string(parameter) + " must be " + std::string(accepted);
    if (!is_one_of(parameter, secrets) && given.kind != Kind::other) sentence += "; " + shown(given.text) + " is not";
    return {.token = "bad-value", .sentence = sentence};
}

Wrong no_such_word(const Given& given, const std::vector<std::string>& accepted) {
    const std::string hint = given.kind == Kind::text ? did_you_mean(given.text, accepted) : std::string();
    return "one of " + one_of(accepted) + (hint.empty() ? "" : " -" + hint);
}

Wrong read_text(const Given& given, std::string_view parameter, bool may_be_empty, std::string& into) {
    const std::string_view kind = kind_of_text(parameter);
    // A number is accepted for a text, so that a program may write "bay": 3.
    const bool text = given.kind == Kind::text || given.kind == Kind::number;
    if (may_be_empty && text && given.text.empty()) {
        into.clear();
        return std::nullopt;
    }
    if (kind != "text") {
        const std::size_t longest = kind == "order" ? max_order_bytes : max_id_bytes;
        if (!text || !is_id(given.text, longest)) {
            return "1 to " + std::to_string(longest) + " of the characters A-Z a-z 0-9 . _ -";
        }
        into = kind == "order" ? upper(given.text) : given.text;
        return std::nullopt;
    }
    const std::size_t longest = parameter == "key" ? max_key_bytes : max_text_bytes;
    if (!text || given.text.empty() || given.text.size() > longest || has_control(given.text)) {
        return "a text of 1 to " + std::to_string(longest) + " bytes without control characters";
    }
    into = given.text;
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork& clock, Instant& into) {
    const auto at = given.kind == Kind::text ? read_time(given.text, clock) : std::nullopt;
    if (!at) {
        return "a time: 11:00 today, 2026-11-21T11:00 in the shop's zone, 2026-11-21T03:00:00Z, or +30 for minutes "
               "from now";
    }
    into = *at;
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, MinuteCount& into) {
    const auto count = whole(given, 1, max_minutes);
    if (!count) return range("whole minutes", 1, max_minutes);
    into.value = static_cast<int>(*count);
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork& clock, Date& into) {
    constexpr std::string_view accepted = "a date, such as 2026-11-21, or today";
    if (given.kind != Kind::text) return std::string(accepted);
    if (given.text == "today") {
        into = Date(std::chrono::floor<std::chrono::days>(clock.to_local(clock.now)));
        return std::nullopt;
    }
    const auto day = from_iso_date(given.text);
    if (!day) return std::string(accepted);
    into = *day;
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, Amount& into) {
    const std::string accepted = "an amount from 0 to " + std::to_string(max_amount / 100) + ", such as 1280.50";
    // A program's 1280.5 is a binary fraction; written out again it is what the program meant.
    const bool fraction = given.json != nullptr && given.json->is_double();
    const std::string text = fraction ? two_places(given.json->get_double()) : given.text;
    if (!fraction && given.kind != Kind::text && given.kind != Kind::number) return accepted;
    const std::size_t point = text.find('.');
    std::string digits = text.substr(0, point);
    std::string cents = point == std::string::npos ? "00" : text.substr(point + 1);
    if (digits.empty() || cents.empty() || cents.size() > 2) return accepted;
    if (cents.size() == 1) cents += '0';
    const auto count = whole({.kind = Kind::text, .text = digits + cents}, 0, static_cast<std::uint64_t>(max_amount));
    if (!count) return accepted;
    into.cents = static_cast<std::int64_t>(*count);
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, int& into) {
    const auto number = whole(given, 0, max_number);
    if (!number) return range("a whole number", 0, max_number);
    into = static_cast<int>(*number);
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, std::uint64_t& into) {
    const auto number = whole(given, 0, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
    if (!number) return "a sequence number, a whole number from 0";
    into = *number;
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, FileText& into) {
    if (given.kind != Kind::text) return "a text: a piece of the file";
    into.value = given.text;
    return std::nullopt;
}

Wrong read_value(const Given& given, const Clockwork&, bool& into) {
    if (given.kind != Kind::other && (given.text == "yes" || given.text == "no")) {
        into = given.text == "yes";
        return std::nullopt;
    }
    return "yes or no (true or false in JSON)";
}

Wrong read_value(const Given& given, const Clockwork&, std::vector<Item>& into) {
    if (given.json != nullptr && given.json->is_array()) return read_item_list(given.json->get_array(), into);
    if (given.kind != Kind::text) return std::string(items_accepted);
    std::string_view rest = given.text;
    if (has_control(rest)) return "a text without control characters";
    if (rest.empty()) return std::nullopt;
    for (;;) {
        const std::size_t comma = rest.find(',');
        if (into.size() == max_items) return "at most " + std::to_string(max_items) + " items";
        if (Wrong wrong = read_item(rest.substr(0, comma), into.emplace_back())) return wrong;
        if (comma == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(comma + 1);
    }
}

}  // namespace baytime::protocol
