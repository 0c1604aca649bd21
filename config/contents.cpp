#include "config/contents.hpp"

#include "config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace baytime::config {
namespace {

/// What toml++ calls the fault, without its `Error while`.
std::string syntax_fault(std::string_view description) {
    constexpr std::string_view preamble = "Error while ";
    if (description.starts_with(preamble)) description.remove_prefix(preamble.size());
    std::string out(description);
    if (!out.empty()) out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
    return "not written as TOML: " + out;
}

std::string syntax_help(std::string_view description) {
    if (description.find("value") != std::string_view::npos)
        return "a value is text in quotes (\"...\"), a number, true, false or a list ([...])";
    if (description.find("redefine") != std::string_view::npos) return "each key and each table may stand there once";
    return "";
}

bool is_table_like(const toml::node& node) {
    return node.is_table() || node.is_array_of_tables();
}

}  // namespace

void Contents::know(const toml::table& table, std::string_view key) {
    auto& keys = known[&table];
    if (std::ranges::find(keys, key) == keys.end()) keys.emplace_back(key);
}

void Contents::add(const toml::source_position& at, std::string what, std::string accepted) {
    Fault fault{.line = at.line, .column = at.column, .what = std::move(what), .accepted = std::move(accepted)};
    // The same key may be asked for twice; its fault is one.
    if (std::ranges::find(faults, fault) == faults.end()) faults.push_back(std::move(fault));
}

void Contents::add_unknown(const toml::table& table) {
    const std::vector<std::string>& keys = known[&table];
    for (const auto& [key, node] : table) {
        if (std::ranges::find(keys, key.str()) == keys.end()) {
            add(key.source().begin, fmt::format("unknown {} \"{}\"", is_table_like(node) ? "table" : "key", key.str()),
                suggestion(key.str(), keys));
        } else if (const toml::table* inner = node.as_table()) {
            if (known.contains(inner)) add_unknown(*inner);
        } else if (const toml::array* list = node.as_array()) {
            for (const toml::node& one : *list)
                if (const toml::table* entry = one.as_table(); entry != nullptr && known.contains(entry))
                    add_unknown(*entry);
        }
    }
}

std::string Contents::written(const toml::source_region& at) const {
    if (at.begin.line != at.end.line || at.begin.line == 0 || at.begin.line > lines.size()) return {};
    const std::string& line = lines[at.begin.line - 1];
    // Only values without quotes and lists come here (numbers, dates, true), so characters are bytes.
    if (at.end.column > line.size() + 1 || at.end.column <= at.begin.column) return {};
    return line.substr(at.begin.column - 1, at.end.column - at.begin.column);
}

toml::table parse_toml(std::string_view text, const std::string& name, const std::vector<std::string>& lines) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& e) {
        throw ConfigError(message(name, lines,
                                  {.line = e.source().begin.line,
                                   .column = e.source().begin.column,
                                   .what = syntax_fault(e.description()),
                                   .accepted = syntax_help(e.description())}));
    }
}

}  // namespace baytime::config
