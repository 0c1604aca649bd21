#include "config/document.hpp"

#include "config/message.hpp"
#include "config/reader.hpp"
#include "config/source.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <tuple>

namespace baytime::config {
namespace {

Place place_of(const toml::source_position& at) {
    return {.line = at.line, .column = at.column};
}

template <class Node>
std::string as_written(const Node& node) {
    std::ostringstream out;
    out << node;
    return out.str();
}

Value value_of(const toml::node& node);

void add_members(const toml::table& table, Value& out) {
    for (const auto& [key, node] : table) {
        const Place place = place_of(key.source().begin);
        Value value = value_of(node);
        // A table made by a dotted key has no place of its own.
        if (value.place.line == 0) value.place = place;
        out.members.push_back({.key = std::string(key.str()), .place = place, .value = std::move(value)});
    }
    std::ranges::stable_sort(out.members, {},
                             [](const Member& one) { return std::tuple(one.place.line, one.place.column); });
}

Value value_of(const toml::node& node) {
    Value out;
    out.place = place_of(node.source().begin);
    if (const auto* table = node.as_table()) {
        out.kind = Value::Kind::table;
        add_members(*table, out);
    } else if (const auto* list = node.as_array()) {
        out.kind = Value::Kind::list;
        for (const toml::node& one : *list) out.list.push_back(value_of(one));
    } else if (const auto* text = node.as_string()) {
        out.kind = Value::Kind::text;
        out.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        out.kind = Value::Kind::integer;
        out.integer = integer->get();
        out.real = static_cast<double>(integer->get());
        out.text = as_written(*integer);
    } else if (const auto* real = node.as_floating_point()) {
        out.kind = Value::Kind::real;
        out.real = real->get();
        out.text = as_written(*real);
    } else if (const auto* yes = node.as_boolean()) {
        out.kind = Value::Kind::boolean;
        out.yes = yes->get();
        out.text = as_written(*yes);
    } else {
        out.kind = Value::Kind::time;
        node.visit([&](const auto& one) { out.text = as_written(one); });
    }
    return out;
}

/// What toml++ calls the fault, without its `Error while`.
std::string fault_of(std::string_view description) {
    constexpr std::string_view preamble = "Error while ";
    if (description.starts_with(preamble)) description.remove_prefix(preamble.size());
    std::string out(description);
    if (!out.empty()) out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
    return "not written as TOML: " + out;
}

std::string help_with(std::string_view description) {
    const auto says = [&](std::string_view part) { return description.find(part) != std::string_view::npos; };
    if (says("redefine")) return "each key and each table may stand there once";
    if (says("parsing value")) return "a value is text in quotes (\"...\"), a number, true, false or a list ([...])";
    if (says("parsing string")) return "a text ends with the quotes it began with, on the same line";
    if (says("utf-8")) return "save the file as UTF-8";
    return "";
}

}  // namespace

const Value* Value::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &Member::key);
    return found == members.end() ? nullptr : &found->value;
}

bool Value::is_list_of_tables() const {
    return kind == Kind::list && !list.empty() &&
           std::ranges::all_of(list, [](const Value& one) { return one.kind == Kind::table; });
}

Value parse_toml(std::string_view text, const std::string& name, const std::vector<std::string>& lines) {
    check_source(text, name, lines);
    try {
        return value_of(toml::parse(text));
    } catch (const toml::parse_error& e) {
        const Place at = place_of(e.source().begin);
        throw ConfigError(message(name, lines,
                                  {.line = at.line,
                                   .column = at.column,
                                   .what = fault_of(e.description()),
                                   .accepted = help_with(e.description())}));
    }
}

}  // namespace baytime::config
