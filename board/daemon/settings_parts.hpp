// The lists of the configuration file: each reads its tables and reports faults at their place.
#pragma once

#include "board/daemon/settings.hpp"
#include "config/reader.hpp"

#include <functional>
#include <set>
#include <string>

namespace baytime::daemon {

/// 1 to 16 letters, digits, `.`, `_` or `-`.
bool is_id(std::string_view text);

/// What may stand in the configuration where one of a few words belongs.
std::set<std::string, std::less<>> words_of_settings();

/// read_settings() of a text. Files it names are looked for beside `path`.
Settings parse_settings(std::string_view text, const std::string& path);

void read_teams(const config::Table& root, Settings& settings);
void read_bays(const config::Table& root, Settings& settings);
void read_staff(const config::Table& root, Settings& settings);
void read_devices(const config::Table& root, Settings& settings);
void read_signs(const config::Table& root, Settings& settings);
/// [backup], [health] and [metrics].
void read_operation(const config::Table& root, Settings& settings);
/// After the staff, so that a person's target can be checked.
void read_targets(const config::Table& root, Settings& settings);

}  // namespace baytime::daemon
