#include "board/cli/arguments.hpp"
#include "board/cli/help.hpp"
#include "board/cli/local_verbs.hpp"
#include "board/cli/trouble.hpp"
#include "protocol/json.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::cli;

namespace {

Trouble trouble_of(const std::vector<std::string>& words) {
    try {
        read_arguments(words);
    } catch (const Trouble& trouble) {
        return trouble;
    }
    FAIL("no trouble");
    throw std::logic_error("unreachable");
}

}  // namespace

TEST_CASE("words of the shell become the parameters of the call", "[cli]") {
    struct Case {
        std::vector<std::string> words;
        std::string json;
    };
    const auto c = GENERATE(values<Case>({
        {{"start", "R1023"}, R"({"order":"R1023"})"},
        {{"start", "R1023", "bay=3", "as=101"}, R"({"order":"R1023","bay":"3","as":"101"})"},
        {{"start", "R1023", "3", "force"}, R"({"order":"R1023","bay":"3","force":true})"},
        {{"start", "R1023", "force=no"}, R"({"order":"R1023","force":false})"},
        {{"inspect", "R1", "failed", "reason=a = b"}, R"({"order":"R1","failed":true,"reason":"a = b"})"},
        {{"cancel", "R1", "customer left"}, R"({"order":"R1","reason":"customer left"})"},
        {{"delay", "R1", "30", "reason=parts"}, R"({"order":"R1","minutes":30,"reason":"parts"})"},
        {{"add-work", "R1", "刹车片", "45"}, R"({"order":"R1","name":"刹车片","minutes":45})"},
        {{"estimate", "R1", "+30"}, R"({"order":"R1","to":"+30"})"},
        {{"jobs", "all"}, R"({"all":true})"},
        {{"jobs", "ready"}, R"({"state":"ready"})"},
        {{"watch", "events", "since=12"}, R"({"view":"events","since":12})"},
        {{"bays"}, R"({})"},
    }));
    CAPTURE(c.json);
    CHECK(boost::json::value(read_arguments(c.words).parameters) == boost::json::parse(c.json));
}

TEST_CASE("a wrong command line is a usage error that names the fault", "[cli]") {
    struct Case {
        std::vector<std::string> words;
        std::string token, part;
    };
    const auto c = GENERATE(values<Case>({
        {{"strat", "R1"}, "unknown-verb", "start"},
        {{"start"}, "missing-parameter", "order is missing"},
        {{"start", "R1", "bey=3"}, "unknown-parameter", "bay"},
        {{"start", "R1", "3", "4"}, "unknown-parameter", "takes"},
        {{"start", "R1", "bay=3", "bay=4"}, "bad-value", "twice"},
        {{"delay", "R1", "minutes=soon"}, "bad-value", "whole number"},
        {{"start", "R1", "force=perhaps"}, "bad-value", "yes or no"},
        {{"bays", "as=101"}, "unknown-parameter", "takes no as"},
    }));
    const Trouble trouble = trouble_of(c.words);
    CAPTURE(trouble.what());
    CHECK(trouble.code == usage);
    CHECK(trouble.token == c.token);
    CHECK(std::string(trouble.what()).find(c.part) != std::string::npos);
}

TEST_CASE("every verb of the table has its help, offline", "[cli]") {
    const std::string all = overview();
    for (const auto& verb : protocol::verbs()) {
        CAPTURE(verb.name);
        CHECK(all.find("\n  " + std::string(verb.name) + " ") != std::string::npos);
        const std::string help = help_of(std::string(verb.name));
        CHECK(help.find(std::string(verb.usage)) != std::string::npos);
        CHECK(help.find(std::string(verb.summary)) != std::string::npos);
        for (const auto& parameter : verb.parameters) {
            CHECK(help.find("\n  " + parameter.name + " ") != std::string::npos);
        }
        CHECK((help.find("who may:") != std::string::npos) == verb.acts);
    }
    for (const auto& verb : local_verbs) {
        CAPTURE(verb.name);
        CHECK(help_of(std::string(verb.name)).find(std::string(verb.summary)) != std::string::npos);
    }
    CHECK_THROWS_AS(help_of("fly"), Trouble);
}
