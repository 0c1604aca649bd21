#include "board/daemon/help.hpp"

#include "board/core/words.hpp"
#include "board/daemon/parameter.hpp"
#include "protocol/replies.hpp"

namespace baytime::daemon {

namespace json = boost::json;

namespace {

json::object help_line(const protocol::Verb& verb) {
    return {{"verb", verb.name}, {"usage", verb.usage}, {"summary", verb.summary}};
}

protocol::Result all_verbs() {
    protocol::Result result{.members = {}, .lines_name = "verbs", .lines = {}};
    for (const auto& verb : protocol::verbs()) result.lines.push_back(help_line(verb));
    result.members["count"] = result.lines.size();
    return result;
}

}  // namespace

Outcome help(const protocol::Query& query) {
    const auto asked = parameter(query, "verb");
    if (asked.empty()) return all_verbs();
    protocol::Result result;
    const auto* verb = protocol::find_verb(asked);
    if (verb == nullptr) return Refused{"unknown-verb", "there is no such verb; help lists them all", -32601};
    result.members = help_line(*verb);
    result.lines_name = "parameters";
    for (const auto& one : verb->parameters)
        result.lines.push_back(json::object{{"name", one.name}, {"type", one.type}, {"required", one.required}});
    json::array roles;
    for (const auto role : verb->roles) roles.push_back(json::string(name(role)));
    if (!roles.empty()) result.members["roles"] = roles;
    return result;
}

std::string all_help(bool json, const json::value& id) {
    static const std::string words = protocol::words_reply(all_verbs());
    static const std::string made = json::serialize(protocol::result_object(all_verbs()));
    if (!json) return words;
    return R"({"jsonrpc":"2.0","id":)" + json::serialize(id) + R"(,"result":)" + made + "}";
}

}  // namespace baytime::daemon
