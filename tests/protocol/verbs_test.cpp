// The verb table itself.
#include "board/core/permission.hpp"

#include "tests/protocol/support.hpp"

#include <algorithm>
#include <set>

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;

namespace {

/// A value that a parameter of this type accepts.
std::string sample(const Parameter& one) {
    if (one.type == "time") return "11:00";
    if (one.type == "date") return "2026-11-21";
    if (one.type == "amount") return "12.50";
    if (one.type == "minutes" || one.type == "number") return "2";
    if (one.type == "yes/no") return "yes";
    if (one.type == "items") return "OIL:30";
    return one.type.substr(0, one.type.find('|'));
}

}  // namespace

TEST_CASE("verbs stand in alphabetical order and are found by their exact name", "[verbs]") {
    REQUIRE(std::ranges::is_sorted(verbs(), {}, &Verb::name));
    for (const Verb& verb : verbs()) {
        CHECK(find_verb(verb.name) == &verb);
        CHECK_FALSE(verb.summary.empty());
    }
    CHECK(find_verb("Start") == nullptr);
    CHECK(find_verb("") == nullptr);
    CHECK(find_verb("zzz") == nullptr);
}

TEST_CASE("one person is named in one way", "[verbs]") {
    struct Case {
        std::string line, token, says;
    };
    const auto c = GENERATE(values<Case>({
        {"finish R1 as=101 staff=102 pin=1234", "bad-value", "as and staff"},
        {"finish R1 as=101 staff=101", "bad-value", "as and staff"},
        {"finish R1 pin=1234", "missing-parameter", "staff is missing"},
        {"finish R1 as=101 pin=1234", "missing-parameter", "staff is missing"},
        {"finish R1 staff=", "bad-value", "staff"},
        {"finish R1 staff= pin=1234", "bad-value", "staff"},
        {"finish R1 as=", "bad-value", "as"},
    }));
    CAPTURE(c.line);
    const auto found = fault(c.line);
    CHECK(found.token == c.token);
    CAPTURE(found.sentence);
    CHECK(found.sentence.find(c.says) != std::string::npos);
    CHECK(call("finish R1 staff=101 pin=1234").staff == "101");
    CHECK(call("finish R1 as=101").as == "101");
}

TEST_CASE("every command has exactly one verb, with the roles of the permission table", "[verbs]") {
    std::set<std::size_t> seen;
    for (const Verb& verb : verbs()) {
        CAPTURE(verb.name);
        CHECK(verb.acts == !verb.roles.empty());
        if (!verb.acts) continue;
        std::string line(verb.name);
        for (const Parameter& one : verb.parameters) {
            if (one.required) line += " " + sample(one);
        }
        const auto command = std::get<Command>(call(line).what);
        CHECK(seen.insert(command.index()).second);
        const auto roles = allowed_roles(command.index());
        CHECK(std::ranges::equal(verb.roles, roles));
    }
    CHECK(seen.size() == std::variant_size_v<Command>);
}

TEST_CASE("the usage of a verb can be typed, and means what it says", "[verbs]") {
    for (const Verb& verb : verbs()) {
        std::string bare(verb.name);
        std::string named(verb.name);
        for (const bool required : {true, false}) {
            for (const Parameter& one : verb.parameters) {
                if (one.required == required) {
                    bare += " " + (one.positional ? "" : one.name + "=") + sample(one);
                    named += " " + one.name + "=" + sample(one);
                }
            }
        }
        CAPTURE(bare, named);
        const Call first = call(bare);
        const Call second = call(named);
        CHECK(first.verb == &verb);
        CHECK(first.what.index() == second.what.index());
        if (const auto* query = std::get_if<Query>(&first.what)) {
            CHECK(query->parameters == std::get<Query>(second.what).parameters);
            CHECK(query->parameters.size() == verb.parameters.size());
        }
    }
    CHECK(find_verb("assign")->usage == "assign <order> <bay> [<technician>] [parked]");
    CHECK(find_verb("pause")->usage == "pause <order> [<reason>]");
    CHECK(find_verb("no-show")->usage == "no-show <order>");
}

TEST_CASE("an answer to a usage with a missing parameter repeats the usage", "[verbs]") {
    for (const Verb& verb : verbs()) {
        const auto needs = std::ranges::any_of(verb.parameters, &Parameter::required);
        if (!needs) continue;
        const Fault found = fault(verb.name);
        CHECK(found.token == "missing-parameter");
        CHECK_THAT(found.sentence, Catch::EndsWith("usage: " + std::string(verb.usage)));
    }
}

TEST_CASE("a display may watch, and anyone may ask what this is", "[verbs]") {
    std::set<std::string_view> anyone, display;
    for (const Verb& verb : verbs()) {
        if (verb.access == Access::anyone) anyone.insert(verb.name);
        if (verb.access == Access::display) display.insert(verb.name);
    }
    CHECK(anyone == std::set<std::string_view>{"bye", "hello", "help", "ping", "version"});
    CHECK(display == std::set<std::string_view>{"unwatch", "watch"});
}
