#include "board/cli/help.hpp"

#include "board/cli/arguments.hpp"
#include "board/cli/local_verbs.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace baytime::cli {
namespace {

constexpr std::size_t name_columns = 14;

constexpr std::string_view head =
    "baytime VERB [words and name=value ...]     speaks with the daemon, baytimed\n"
    "\n"
    "  baytime start R1023 bay=3 as=101\n"
    "  baytime help start\n"
    "\n"
    "Options\n"
    "  --host HOST, --port PORT   where the daemon listens (127.0.0.1, 7420)\n"
    "  --tls                      speak TLS (port 7421); the first visit remembers the certificate\n"
    "  --fingerprint HEX          speak TLS with the server that has this certificate, and no other\n"
    "  --known-hosts FILE         servers visited before (~/.config/baytime-known-hosts)\n"
    "  --token TOKEN              this device's token; better: --token-file FILE\n"
    "  --device NAME              which configured device to be, where the daemon is open\n"
    "  --as ID                    who acts, when the command does not say as=...\n"
    "  --json                     print the result as JSON\n"
    "  --lang zh|en               language of top\n"
    "  -h, --help   -V, --version\n"
    "Also read: BAYTIME_HOST, BAYTIME_PORT, BAYTIME_TOKEN, BAYTIME_AS, BAYTIME_TLS,\n"
    "BAYTIME_FINGERPRINT, BAYTIME_KNOWN_HOSTS, ~/.config/baytime.toml\n"
    "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no connection\n";

std::string line(std::string_view name, std::string_view summary) {
    return "  " + fit(name, name_columns) + " " + std::string(summary) + "\n";
}

std::string what_it_takes(const std::string& type) {
    if (type == "date") return "2026-11-21, or today";
    if (type == "amount") return "money, such as 1280.50";
    if (type == "time") return "11:00, 2026-11-21T11:00, +30 (minutes from now), or ISO 8601 with Z or an offset";
    if (type == "minutes") return "whole minutes, at least 1";
    if (type == "number") return "a whole number";
    if (type == "order") return "an order number, such as R1023";
    if (type == "id") return "the id of a bay, a device or a person";
    if (type == "items") return "CODE or name:minutes, more of them with commas between";
    return type;
}

std::string parameter_line(const protocol::Parameter& parameter) {
    return "  " + fit(parameter.name, name_columns) + " " + (parameter.required ? "required  " : "optional  ") +
           what_it_takes(parameter.type) + (parameter.flag ? "; the bare name means yes" : "") + "\n";
}

}  // namespace

std::string overview() {
    std::string out(head);
    out += "\nThe workshop\n";
    for (const auto& verb : protocol::verbs()) {
        if (verb.acts) out += line(verb.name, verb.summary);
    }
    out += "\nAsking\n";
    for (const auto& verb : protocol::verbs()) {
        if (!verb.acts) out += line(verb.name, verb.summary);
    }
    out += "\nHere\n";
    for (const auto& verb : local_verbs) out += line(verb.name, verb.summary);
    return out;
}

std::string help_of(const std::string& name) {
    const auto local = std::ranges::find(local_verbs, name, &LocalVerb::name);
    if (local != local_verbs.end()) {
        return "baytime " + std::string(local->usage) + "\n  " + std::string(local->summary) + "\n";
    }
    const protocol::Verb* verb = protocol::find_verb(name);
    if (verb == nullptr) {
        std::vector<std::string> names;
        for (const auto& known : protocol::verbs()) names.emplace_back(known.name);
        throw Trouble(usage, "unknown-verb",
                      "there is no verb " + protocol::shown(name) + "." + protocol::did_you_mean(name, names));
    }
    std::string out = "baytime " + std::string(verb->usage) + "\n  " + std::string(verb->summary) + "\n";
    if (!verb->parameters.empty()) out += "\n";
    for (const auto& parameter : verb->parameters) out += parameter_line(parameter);
    if (!verb->acts) return out;
    out +=
        "\nand as every change: as=<badge id>, staff=<id> pin=<pin>, at=<time of the tap>, key=<made by the client>\n";
    out += "who may:";
    for (const Role role : verb->roles) out += " " + baytime::name(role);
    return out + "\n";
}

}  // namespace baytime::cli
