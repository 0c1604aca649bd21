// Described structs straight to JSON text, without a tree of values between: the same bytes as json::serialize() of
// to_json() (json.hpp), at a fraction of the cost. For what is written at every event.
#pragma once

#include "protocol/json.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace baytime::protocol {

/// Appends the text in double quotes.
void append_json_text(std::string& out, std::string_view text);

template <class T>
void append_json(std::string& out, const T& value);

namespace detail {
/// The described members, each behind a comma unless it is the first of its object.
template <class T>
void append_members(std::string& out, const T& value) {
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& item = value.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(item)>>::value) {
            if (!item) return;
        }
        if (out.back() != '{') out += ',';
        append_json_text(out, member.name);
        out += ':';
        append_json(out, item);
    });
}
}  // namespace detail

template <class T>
void append_json(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, Instant>) {
        append_json_text(out, iso_utc(value));
    } else if constexpr (std::is_same_v<T, Date>) {
        append_json_text(out, iso_date(value));
    } else if constexpr (std::is_enum_v<T>) {
        append_json_text(out, boost::describe::enum_to_string(value, "unknown"));
    } else if constexpr (std::is_same_v<T, std::string>) {
        append_json_text(out, value);
    } else if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        char digits[24];
        out.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
    } else if constexpr (detail::is_optional<T>::value) {
        value ? append_json(out, *value) : static_cast<void>(out += "null");
    } else if constexpr (detail::is_vector<T>::value) {
        out += '[';
        for (const auto& item : value) {
            if (out.back() != '[') out += ',';
            append_json(out, item);
        }
        out += ']';
    } else {
        static_assert(!std::is_floating_point_v<T>, "numbers with fractions are not written here");
        out += '{';
        detail::append_members(out, value);
        out += '}';
    }
}

}  // namespace baytime::protocol
