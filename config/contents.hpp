// A configuration file in memory: its values, the keys that were asked for, and the faults found. Inside config/ only.
#pragma once

#include "config/document.hpp"
#include "config/message.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

struct Contents {
    std::string name;
    std::vector<std::string> lines;
    Value root;
    std::map<const Value*, std::vector<std::string>> known{};  ///< the keys of each table, in the order of asking
    std::vector<Fault> faults{};

    void know(const Value& table, std::string_view key);
    /// The same fault twice is one fault: a key may be asked for twice.
    void add(Place at, std::string what, std::string accepted);
    /// Adds a fault for every key that nobody asked for, in `table` and in the asked-for tables inside it.
    void add_unknown(const Value& table);
};

}  // namespace baytime::config
