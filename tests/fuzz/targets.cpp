#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <array>

namespace baytime::fuzz {

namespace {

constexpr std::array table = {
    Target{"alpha", bear_alpha},       Target{"am03127", bear_am03127},
    Target{"audit", bear_audit},       Target{"config", bear_config},
    Target{"cpower", bear_cpower},     Target{"framer", bear_framer},
    Target{"jsonrpc", bear_jsonrpc},   Target{"known_hosts", bear_known_hosts},
    Target{"modbus", bear_modbus},     Target{"onbon", bear_onbon},
    Target{"orders", bear_orders},     Target{"profile", bear_profile},
    Target{"raw", bear_raw},           Target{"scan", bear_scan},
    Target{"settings", bear_settings}, Target{"standards", bear_standards},
    Target{"tokens", bear_tokens},     Target{"words", bear_words},
};
static_assert(std::ranges::is_sorted(table, {}, &Target::name), "keep the targets in alphabetical order");

}  // namespace

std::span<const Target> targets() {
    return table;
}

const Target* find_target(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Target::name);
    return found == table.end() ? nullptr : &*found;
}

}  // namespace baytime::fuzz
