// Described structs to JSON and back: the one spelling of values for wire and journal.
// Instants are ISO 8601 in UTC (`2026-11-21T02:30:00Z`, with `.123` when there are milliseconds); enumerators are
// their names; an empty optional is left out; a missing member keeps its default when read.
#pragma once

#include "board/core/time.hpp"
#include "board/core/words.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace baytime::protocol {

namespace json = boost::json;

/// `2026-11-21T02:30:00Z`, or with milliseconds when there are some.
std::string iso_utc(Instant at);
/// `2026-11-21`.
std::string iso_date(Date day);
/// Nothing when it is no day of 1970..2199.
std::optional<Date> from_iso_date(std::string_view text);
/// Reads ISO 8601 with `Z` or an offset; nothing when it is malformed or out of 1970..2199.
std::optional<Instant> from_iso(std::string_view text);

template <class T>
json::value to_json(const T& value);

template <class T>
void read_json(const json::value& from, T& into);

namespace detail {
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
json::object object_of(const T& value) {
    json::object out;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& item = value.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(item)>>::value) {
            if (item) out[member.name] = to_json(*item);
        } else {
            out[member.name] = to_json(item);
        }
    });
    return out;
}

template <class T>
void read_object(const json::value& from, T& into) {
    const auto& object = from.as_object();
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        if (const auto* found = object.if_contains(member.name)) read_json(*found, into.*member.pointer);
    });
}
}  // namespace detail

template <class T>
json::value to_json(const T& value) {
    if constexpr (std::is_same_v<T, Instant>) {
        return json::string(iso_utc(value));
    } else if constexpr (std::is_same_v<T, Date>) {
        return json::string(iso_date(value));
    } else if constexpr (std::is_enum_v<T>) {
        return json::string(name(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return json::string(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else if constexpr (detail::is_optional<T>::value) {
        return value ? to_json(*value) : json::value(nullptr);
    } else if constexpr (detail::is_vector<T>::value) {
        json::array out;
        for (const auto& item : value) out.push_back(to_json(item));
        return out;
    } else {
        return detail::object_of(value);
    }
}

/// Throws std::exception when the value has another shape than T.
template <class T>
void read_json(const json::value& from, T& into) {
    if constexpr (std::is_same_v<T, Instant>) {
        const auto at = from_iso(std::string_view(from.as_string()));
        if (!at) throw std::invalid_argument("not a time: " + json::serialize(from));
        into = *at;
    } else if constexpr (std::is_same_v<T, Date>) {
        const auto day = from_iso_date(std::string_view(from.as_string()));
        if (!day) throw std::invalid_argument("not a day: " + json::serialize(from));
        into = *day;
    } else if constexpr (std::is_enum_v<T>) {
        const auto found = from_name<T>(std::string_view(from.as_string()));
        if (!found) throw std::invalid_argument("unknown word: " + json::serialize(from));
        into = *found;
    } else if constexpr (std::is_same_v<T, std::string>) {
        into = std::string(from.as_string());
    } else if constexpr (std::is_arithmetic_v<T>) {
        into = json::value_to<T>(from);
    } else if constexpr (detail::is_optional<T>::value) {
        if (from.is_null()) {
            into.reset();
        } else {
            read_json(from, into.emplace());
        }
    } else if constexpr (detail::is_vector<T>::value) {
        into.clear();
        for (const auto& item : from.as_array()) read_json(item, into.emplace_back());
    } else {
        detail::read_object(from, into);
    }
}

template <class T>
T from_json(const json::value& from) {
    T out{};
    read_json(from, out);
    return out;
}

}  // namespace baytime::protocol
