#include "board/cli/arguments.hpp"

#include "board/cli/trouble.hpp"
#include "protocol/table.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::cli {
namespace {

using protocol::Parameter;
using protocol::Verb;

[[noreturn]] void wrong(const std::string& token, const std::string& sentence) {
    throw Trouble(usage, token, sentence);
}

std::string usage_of(const Verb& verb) {
    return "; usage: baytime " + std::string(verb.usage);
}

const Verb& verb_named(const std::string& name) {
    if (const Verb* verb = protocol::find_verb(name)) return *verb;
    std::vector<std::string> names;
    for (const Verb& verb : protocol::verbs()) names.emplace_back(verb.name);
    wrong("unknown-verb", "there is no verb " + protocol::shown(name) + "." + protocol::did_you_mean(name, names) +
                              " See: baytime help");
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

protocol::json::value typed(const Parameter& parameter, const std::string& text) {
    if (parameter.type == "yes/no") {
        if (text == "yes" || text == "true") return true;
        if (text == "no" || text == "false") return false;
        wrong("bad-value", parameter.name + " takes yes or no, not " + protocol::shown(text));
    }
    if (parameter.type == "minutes" || parameter.type == "number") {
        int number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size()) {
            wrong("bad-value", parameter.name + " takes a whole number, not " + protocol::shown(text));
        }
        return number;
    }
    return protocol::json::string(text);
}

class Filler {
public:
    explicit Filler(const Verb& verb) : verb_(verb) {}

    /// Named values and flags; the bare ones wait until it is known what is left for them.
    void word(const std::string& text) {
        const auto equals = text.find('=');
        if (equals != std::string::npos && is_name(std::string_view(text).substr(0, equals))) {
            return named(text.substr(0, equals), text.substr(equals + 1));
        }
        const Parameter* flag = protocol::parameter_of(verb_, text);
        if (flag != nullptr && flag->flag) return put(*flag, true);
        bare_.push_back(text);
    }

    protocol::json::object finish() {
        for (const std::string& text : bare_) positional(text);
        for (const Parameter& parameter : verb_.parameters) {
            if (!parameter.required || out_.contains(parameter.name)) continue;
            wrong("missing-parameter", parameter.name + " is missing" + usage_of(verb_));
        }
        return std::move(out_);
    }

private:
    void named(const std::string& name, const std::string& value) {
        const Parameter* parameter = protocol::parameter_of(verb_, name);
        if (parameter == nullptr) {
            std::vector<std::string> names;
            for (const Parameter& known : verb_.parameters) names.push_back(known.name);
            wrong("unknown-parameter", std::string(verb_.name) + " takes no " + name + usage_of(verb_) + "." +
                                           protocol::did_you_mean(name, names));
        }
        put(*parameter, typed(*parameter, value));
    }

    // The required ones first, then those optional ones that may stand bare: `pause R1023 parts`.
    void positional(const std::string& text) {
        for (const bool required : {true, false}) {
            for (const Parameter& parameter : verb_.parameters) {
                const bool fits = parameter.positional && parameter.required == required;
                if (fits && !out_.contains(parameter.name)) return put(parameter, typed(parameter, text));
            }
        }
        wrong("unknown-parameter", "nothing in " + std::string(verb_.name) + " takes " + protocol::shown(text) +
                                       "; give its name too, as name=value" + usage_of(verb_));
    }

    void put(const Parameter& parameter, protocol::json::value value) {
        if (out_.contains(parameter.name)) wrong("bad-value", parameter.name + " is given twice");
        out_[parameter.name] = std::move(value);
    }

    const Verb& verb_;
    std::vector<std::string> bare_;
    protocol::json::object out_;
};

}  // namespace

std::vector<std::string> choices(const Parameter& parameter) {
    std::vector<std::string> out;
    if (parameter.type.find('|') == std::string::npos) return out;
    std::size_t from = 0;
    while (from <= parameter.type.size()) {
        const std::size_t bar = std::min(parameter.type.find('|', from), parameter.type.size());
        out.push_back(parameter.type.substr(from, bar - from));
        from = bar + 1;
    }
    return out;
}

Asked read_arguments(const std::vector<std::string>& words) {
    const Verb& verb = verb_named(words.at(0));
    Filler filler(verb);
    for (std::size_t i = 1; i < words.size(); ++i) filler.word(words[i]);
    return {.verb = &verb, .parameters = filler.finish()};
}

}  // namespace baytime::cli
