// baytime: the command line of the workshop.
#include "board/cli/arguments.hpp"
#include "board/cli/completion.hpp"
#include "board/cli/connection.hpp"
#include "board/cli/help.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/refusal_text.hpp"
#include "board/cli/show.hpp"
#include "board/cli/sign.hpp"
#include "board/cli/text.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace {

using namespace baytime;
using namespace baytime::cli;

/// The shop's offsets from UTC, asked only when a time is to be shown.
Offset offset_of(const Settings& settings) {
    try {
        const json::object pong = call_once(settings, "ping", {}, false);
        const auto* clock = pong.if_contains("clock");
        const json::object& place = clock != nullptr && clock->is_object() ? clock->get_object() : pong;
        const auto* minutes = place.if_contains("offset_minutes");
        const auto* zone = place.if_contains("zone");
        return {zone != nullptr && zone->is_string() ? std::string(zone->get_string()) : std::string(),
                minutes != nullptr && minutes->is_number() ? minutes->to_number<int>() : 0};
    } catch (const std::exception&) {
        return Offset{};  // the answer itself is here: show it in UTC rather than not at all
    }
}

/// `token add ...` is the verb token-add.
Settings as_token_verb(Settings settings) {
    auto& words = settings.words;
    if (words.size() < 2 || (words[1] != "add" && words[1] != "list" && words[1] != "revoke"))
        throw Trouble(
            usage, "unknown-parameter",
            "usage: baytime token add DEVICE [display|station|full] [bay=ID], token list, token revoke DEVICE");
    words[1] = "token-" + words[1];
    words.erase(words.begin());
    return settings;
}

int run_call(const Settings& settings) {
    Asked asked = read_arguments(settings.words);
    // A verb that asks and wants to know for whom.
    const auto takes_as = [](const protocol::Parameter& one) { return one.name == "as"; };
    if (std::ranges::any_of(asked.verb->parameters, takes_as) && !settings.as.empty() &&
        !asked.parameters.contains("as") && !asked.parameters.contains("staff"))
        asked.parameters["as"] = settings.as;
    const json::object result = call_once(settings, asked.verb->name, std::move(asked.parameters), asked.verb->acts);
    if (settings.json) {
        std::cout << harmless_json(json::serialize(result)) << "\n";
    } else {
        const auto cells = asked.verb->name == "sign-trace" ? Cells::whole : Cells::narrow;
        std::cout << show(result, holds_time(result) ? offset_of(settings) : Offset{}, cells);
    }
    return done;
}

int run_completion(const Settings& settings) {
    if (settings.words.size() != 2 || settings.words[1] != "bash") {
        throw Trouble(usage, "bad-value", "usage: baytime completion bash");
    }
    std::cout << bash_completion();
    return done;
}

int run(const Settings& settings) {
    if (settings.version) {
        std::cout << "baytime " BAYTIME_VERSION "\n";
        return done;
    }
    const std::string verb = settings.words.empty() ? "" : settings.words.front();
    if (settings.help || verb == "help") {
        const std::size_t subject = verb == "help" ? 1 : 0;
        std::cout << (settings.words.size() > subject ? help_of(settings.words[subject]) : overview());
        return done;
    }
    if (verb.empty()) {
        std::cerr << overview();
        return usage;
    }
    if (verb == "completion") return run_completion(settings);
    if (verb == "backup") return run_backup(settings);
    if (verb == "export") return run_export(settings);
    if (verb == "health") return run_health(settings);
    if (verb == "import") return run_import(settings);
    if (verb == "raw") return run_raw(settings);
    if (verb == "report") return run_report(settings);
    if (verb == "restore") return run_restore(settings);
    if (verb == "standards") return run_standards(settings);
    if (verb == "support") return run_support(settings);
    if (verb == "tls") return run_tls(settings);
    if (verb == "token") return run_call(as_token_verb(settings));
    if (verb == "top") return run_top(settings);
    if (verb == "watch") return run_watch(settings);
    return run_call(settings);
}

}  // namespace

int main(int count, char** arguments) {
    bool chinese = false;
    try {
        if (is_sign(count, arguments)) return run_sign(read_sign_words(count, arguments, process_environment()));
        const auto settings = read_settings(count, arguments, process_environment());
        chinese = settings.chinese;
        return run(settings);
    } catch (const Trouble& trouble) {
        const std::string token = trouble.token.empty() ? "" : " [" + harmless(trouble.token) + "]";
        // Faults of a configuration file show its lines; other sentences have one.
        const bool lines = trouble.token == "bad-settings";
        const auto sentence = sentence_of(trouble, chinese);
        std::cerr << "baytime: " << (lines ? harmless_lines(sentence) : harmless(sentence)) << token << "\n";
        return trouble.code;
    } catch (const std::exception& error) {
        std::cerr << "baytime: " << harmless(error.what()) << "\n";
        return refused;
    }
}
