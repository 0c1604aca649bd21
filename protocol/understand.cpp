// From written values to a call: places bare values, refuses what is unknown, doubled or missing, reads the rest.
#include "protocol/table.hpp"

#include <algorithm>

namespace baytime::protocol {
namespace {

std::string usage_hint(const Verb& verb) {
    return "usage: " + std::string(verb.usage);
}

std::vector<std::string> parameter_names(const Verb& verb) {
    std::vector<std::string> out;
    for (const Parameter& one : verb.parameters) out.push_back(one.name);
    if (verb.acts) {
        for (const Parameter& one : common_parameters()) out.push_back(one.name);
    }
    return out;
}

Problem unknown_parameter(const Verb& verb, std::string_view name) {
    return {.token = "unknown-parameter",
            .sentence = std::string(verb.name) + " has no parameter " + shown(name) + "." +
                        did_you_mean(name, parameter_names(verb)) + " " + usage_hint(verb)};
}

Problem surplus(const Verb& verb, const Given& value) {
    return {.token = "unknown-parameter",
            .sentence = shown(value.text) + " is one value too many for " + std::string(verb.name) +
                        "; put the parameter's name before it, or quote a text with blanks; " + usage_hint(verb)};
}

std::optional<Problem> place_named(const Verb& verb, const Written& written, Values& values) {
    for (const auto& [name, value] : written.named) {
        if (parameter_of(verb, name) == nullptr) return unknown_parameter(verb, name);
        if (!values.emplace(name, value).second) {
            return Problem{.token = "bad-value", .sentence = name + " is given twice; give it once"};
        }
    }
    return std::nullopt;
}

/// Bare values fill the positional parameters that were not named: the required ones first.
std::optional<Problem> place_bare(const Verb& verb, const Written& written, Values& values) {
    std::vector<const Parameter*> places;
    for (const bool required : {true, false}) {
        for (const Parameter& one : verb.parameters) {
            const bool fits = one.positional && one.required == required && !values.contains(one.name);
            if (fits) places.push_back(&one);
        }
    }
    for (std::size_t i = 0; i < written.bare.size(); ++i) {
        if (i == places.size()) return surplus(verb, written.bare[i]);
        values.emplace(places[i]->name, written.bare[i]);
    }
    return std::nullopt;
}

std::optional<Problem> find_missing(const Verb& verb, const Values& values) {
    const auto lacking = std::ranges::find_if(
        verb.parameters, [&values](const Parameter& one) { return one.required && !values.contains(one.name); });
    if (lacking == verb.parameters.end()) return std::nullopt;
    return Problem{.token = "missing-parameter", .sentence = lacking->name + " is missing; " + usage_hint(verb)};
}

/// The common parameters, read by the same rules as the members of a command.
struct Common {
    std::optional<std::string> as, staff, pin;
    std::optional<Instant> at;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(Common, (), (as, staff, pin, at, key))

/// One person, named in one way.
std::optional<Problem> name_fault(const Common& common) {
    if (common.as && common.as->empty()) return Problem{"bad-value", "as is empty; give a badge, or leave it out"};
    if (common.staff && common.staff->empty())
        return Problem{"bad-value", "staff is empty; give a staff id, or leave it out"};
    if (common.as && common.staff)
        return Problem{"bad-value", "as and staff both name a person; give as=<badge>, or staff=<id> pin=<pin>"};
    if (common.pin && !common.staff)
        return Problem{"missing-parameter", "staff is missing: a pin belongs to one; give staff=<id> pin=<pin>"};
    return std::nullopt;
}

std::optional<Problem> read_common(const Values& values, const Clockwork& clock, Call& call) {
    Common common;
    if (auto problem = fill(values, clock, common)) return problem;
    if (auto problem = name_fault(common)) return problem;
    call.as = common.as.value_or("");
    call.staff = common.staff.value_or("");
    call.pin = common.pin.value_or("");
    call.at = common.at;
    call.key = common.key.value_or("");
    return std::nullopt;
}

}  // namespace

const std::vector<Parameter>& common_parameters() {
    static const std::vector<Parameter> list = [] {
        auto out = parameters_of<Common>();
        for (Parameter& one : out) one.positional = false;
        return out;
    }();
    return list;
}

const Parameter* parameter_of(const Verb& verb, std::string_view name) {
    const auto own = std::ranges::find(verb.parameters, name, &Parameter::name);
    if (own != verb.parameters.end()) return &*own;
    if (!verb.acts) return nullptr;
    const auto& common = common_parameters();
    const auto found = std::ranges::find(common, name, &Parameter::name);
    return found == common.end() ? nullptr : &*found;
}

std::optional<Problem> understand(const Verb& verb, const Written& written, const Clockwork& clock, Call& call) {
    Values values;
    if (auto problem = place_named(verb, written, values)) return problem;
    if (auto problem = place_bare(verb, written, values)) return problem;
    if (auto problem = find_missing(verb, values)) return problem;
    call.verb = &verb;
    if (verb.acts) {
        if (auto problem = read_common(values, clock, call)) return problem;
    }
    return reader_of(verb)(values, clock, call.what);
}

Problem unknown_verb(std::string_view name) {
    std::vector<std::string> known;
    for (const Verb& verb : verbs()) known.emplace_back(verb.name);
    return {
        .token = "unknown-verb",
        .sentence = "there is no verb " + shown(name) + "." + did_you_mean(name, known) + " \"help\" lists all verbs."};
}

}  // namespace baytime::protocol
