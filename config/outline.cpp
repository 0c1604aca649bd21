#include "config/outline.hpp"

#include "config/document.hpp"
#include "config/reader.hpp"
#include "config/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace baytime::config {
namespace {

/// Keys whose texts are words of the product, ids, places and times. Not `name`, not `token_hash`, not `pin_hash`.
constexpr std::array harmless_keys{"address",  "at",       "backups",   "bay",  "date",     "driver",       "format",
                                   "friday",   "from",     "hours",     "id",   "kind",     "level",        "list",
                                   "listen",   "language", "monday",    "path", "port",     "reveal_delay", "role",
                                   "saturday", "start",    "sunday",    "team", "thursday", "to",           "tuesday",
                                   "type",     "until",    "wednesday", "zone"};
/// Of these, keys whose texts are one of a few words. Any other text there may be anything, also somebody's name.
constexpr std::array word_keys{"driver", "format", "kind", "language", "level", "reveal_delay", "role", "type"};
using Words = std::set<std::string, std::less<>>;
/// A number that must not be seen stands under such a key.
constexpr std::array secret_parts{"token", "pin", "phone", "hash", "secret", "password"};

bool is_secret(std::string_view key) {
    return std::ranges::any_of(secret_parts, [key](std::string_view part) { return key.find(part) != key.npos; });
}

bool is_a_word_key(std::string_view key) {
    return std::ranges::find(word_keys, key) != word_keys.end();
}

/// Names and options of signs are the wiring of the shop.
bool is_of_a_sign(std::string_view where, std::string_view key) {
    const bool sign = where.starts_with("sign[");
    return sign && (where.find(".options") != where.npos || (key == "name" && where.find('.') == where.npos));
}

void put(const Value& value, const std::string& where, const std::string& key, bool may, const Words& words,
         std::vector<std::string>& out) {
    if (value.kind == Value::Kind::table) {
        for (const auto& member : value.members) {
            const bool shown =
                !is_secret(member.key) && (std::ranges::find(harmless_keys, member.key) != harmless_keys.end() ||
                                           is_of_a_sign(where, member.key));
            put(member.value, where.empty() ? member.key : where + "." + member.key, member.key, shown, words, out);
        }
        return;
    }
    if (value.kind == Value::Kind::list) {
        for (std::size_t i = 0; i < value.list.size(); ++i)
            put(value.list[i], fmt::format("{}[{}]", where, i), key, may, words, out);
        return;
    }
    const bool text = value.kind == Value::Kind::text;
    if (text && (!may || (is_a_word_key(key) && !words.contains(value.text)))) {
        out.push_back(fmt::format("{} = ({} bytes)", where, value.text.size()));
    } else if (!text && is_secret(key)) {
        out.push_back(where + " = (left out)");
    } else {
        out.push_back(text ? fmt::format("{} = \"{}\"", where, value.text) : fmt::format("{} = {}", where, value.text));
    }
}

}  // namespace

std::vector<std::string> outline(const std::string& path, const Words& words) {
    const std::string text = read_source(path);
    std::vector<std::string> lines, out;
    std::istringstream split(text);
    for (std::string line; std::getline(split, line);) lines.push_back(line);
    put(parse_toml(text, path, lines), "", "", false, words, out);
    return out;
}

}  // namespace baytime::config
