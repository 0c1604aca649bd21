// One layer for both spellings: what was given for a parameter becomes a typed value, or a sentence that says what
// would be accepted.
#pragma once

#include "protocol/text.hpp"
#include "protocol/verbs.hpp"

#include <boost/describe/enumerators.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace baytime::protocol {

/// A value as it came: words give texts only; JSON scalars keep their kind, so that `true` is no plate.
struct Given {
    enum class Kind { text, number, boolean, other };
    Kind kind = Kind::text;
    std::string text;                   ///< the text; digits of a number; `yes` or `no` of a boolean
    const json::value* json = nullptr;  ///< for Kind::other; lives as long as the line is read
};
using Values = std::map<std::string, Given, std::less<>>;

/// A fault without its place in a line.
struct Problem {
    std::string token;
    std::string sentence;
};

/// What is accepted instead, to follow `<parameter> must be `; nothing when the value was read.
using Wrong = std::optional<std::string>;

Wrong read_text(const Given& given, std::string_view parameter, bool may_be_empty, std::string& into);
Wrong read_value(const Given& given, const Clockwork& clock, Instant& into);
Wrong read_value(const Given& given, const Clockwork& clock, MinuteCount& into);
Wrong read_value(const Given& given, const Clockwork& clock, Date& into);
/// `1280`, `1280.5` or `1280.50`.
Wrong read_value(const Given& given, const Clockwork& clock, Amount& into);
Wrong read_value(const Given& given, const Clockwork& clock, int& into);
Wrong read_value(const Given& given, const Clockwork& clock, std::uint64_t& into);
Wrong read_value(const Given& given, const Clockwork& clock, bool& into);
Wrong read_value(const Given& given, const Clockwork& clock, std::vector<Item>& into);
Wrong read_value(const Given& given, const Clockwork& clock, FileText& into);
/// The sentence for a word that is none of the list.
Wrong no_such_word(const Given& given, const std::vector<std::string>& accepted);
/// `order`, `id` or `text`, by the parameter's name: ids are held to their letters.
std::string_view kind_of_text(std::string_view parameter);
/// The sentence for a value that was not accepted; secrets are never repeated.
Problem bad_value(std::string_view parameter, const Given& given, std::string_view accepted);

template <class E>
std::vector<std::string> names_of() {
    std::vector<std::string> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&out](auto one) { out.push_back(one.name); });
    return out;
}

template <class E>
requires std::is_enum_v<E> Wrong read_value(const Given& given, const Clockwork&, E& into) {
    const auto found = given.kind == Given::Kind::text ? from_name<E>(given.text) : std::nullopt;
    if (!found) return no_such_word(given, names_of<E>());
    into = *found;
    return std::nullopt;
}

/// The name of a member's type, as usage and help show it.
template <class T>
std::string type_name(std::string_view parameter) {
    if constexpr (detail::is_optional<T>::value) {
        return type_name<typename T::value_type>(parameter);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return std::string(kind_of_text(parameter));
    } else if constexpr (std::is_same_v<T, Instant>) {
        return "time";
    } else if constexpr (std::is_same_v<T, Date>) {
        return "date";
    } else if constexpr (std::is_same_v<T, Amount>) {
        return "amount";
    } else if constexpr (std::is_same_v<T, MinuteCount>) {
        return "minutes";
    } else if constexpr (std::is_same_v<T, bool>) {
        return "yes/no";
    } else if constexpr (std::is_integral_v<T>) {
        return "number";
    } else if constexpr (std::is_same_v<T, std::vector<Item>>) {
        return "items";
    } else if constexpr (std::is_same_v<T, FileText>) {
        return "file";
    } else {
        std::string out;
        for (const std::string& name : names_of<T>()) out += (out.empty() ? "" : "|") + name;
        return out;
    }
}

template <class T>
Wrong read_member(const Given& given, const Clockwork& clock, std::string_view parameter, T& into) {
    if constexpr (std::is_same_v<T, std::string>) {
        return read_text(given, parameter, false, into);
    } else if constexpr (std::is_same_v<T, std::optional<std::string>>) {
        return read_text(given, parameter, true, into.emplace());
    } else if constexpr (detail::is_optional<T>::value) {
        return read_value(given, clock, into.emplace());
    } else {
        return read_value(given, clock, into);
    }
}

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

/// Reads every given value into the member of its name.
template <class T>
std::optional<Problem> fill(const Values& values, const Clockwork& clock, T& into) {
    std::optional<Problem> problem;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto found = values.find(std::string_view(member.name));
        if (problem || found == values.end()) return;
        const Wrong wrong = read_member(found->second, clock, member.name, into.*member.pointer);
        if (wrong) problem = bad_value(member.name, found->second, *wrong);
    });
    return problem;
}

/// The parameters of a struct: its members in their order; the required ones are positional.
template <class T>
std::vector<Parameter> parameters_of() {
    std::vector<Parameter> out;
    boost::mp11::mp_for_each<Members<T>>([&out](auto member) {
        using Value = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        Parameter one{.name = member.name, .type = type_name<Value>(member.name)};
        one.flag = std::is_same_v<Value, bool>;
        one.required = !detail::is_optional<Value>::value && !one.flag;
        one.positional = one.required;
        out.push_back(std::move(one));
    });
    return out;
}

}  // namespace baytime::protocol
