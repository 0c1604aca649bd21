// A configuration file in memory: its TOML, the keys that were asked for, and the faults found. Inside config/ only.
#pragma once

#include "config/message.hpp"

#include <toml++/toml.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

struct Contents {
    std::string name;
    std::vector<std::string> lines;
    toml::table root;
    std::map<const toml::table*, std::vector<std::string>> known;  ///< in the order of asking
    std::vector<Fault> faults;

    void know(const toml::table& table, std::string_view key);
    void add(const toml::source_position& at, std::string what, std::string accepted);
    /// Adds a fault for every key of this table, and of those in it, that nobody asked for.
    void add_unknown(const toml::table& table);
    /// The value as it is written in the file, when it stands on one line; else empty.
    std::string written(const toml::source_region& at) const;
};

/// Throws ConfigError when the text is no TOML.
toml::table parse_toml(std::string_view text, const std::string& name, const std::vector<std::string>& lines);

}  // namespace baytime::config
