#include "config/contents.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::config {

void Contents::know(const Value& table, std::string_view key) {
    auto& keys = known[&table];
    if (std::ranges::find(keys, key) == keys.end()) keys.emplace_back(key);
}

void Contents::add(Place at, std::string what, std::string accepted) {
    Fault fault{.line = at.line, .column = at.column, .what = std::move(what), .accepted = std::move(accepted)};
    if (std::ranges::find(faults, fault) == faults.end()) faults.push_back(std::move(fault));
}

void Contents::add_unknown(const Value& table) {
    const auto asked = known.find(&table);
    if (asked == known.end()) return;
    const std::vector<std::string>& keys = asked->second;
    for (const Member& member : table.members) {
        if (std::ranges::find(keys, member.key) == keys.end()) {
            const bool is_table = member.value.kind == Value::Kind::table || member.value.is_list_of_tables();
            add(member.place, fmt::format("unknown {} \"{}\"", is_table ? "table" : "key", member.key),
                suggestion(member.key, keys));
            continue;
        }
        add_unknown(member.value);
        for (const Value& one : member.value.list) add_unknown(one);
    }
}

}  // namespace baytime::config
