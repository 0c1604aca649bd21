// The plain-words spelling.
#include "protocol/words.hpp"

#include "tests/protocol/support.hpp"

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;

TEST_CASE("bare values fill the required parameters in order, names come in any order", "[words]") {
    const auto assigned = command<Assign>("assign r1023 3");
    CHECK(assigned.order == "R1023");
    CHECK(assigned.bay == "3");
    CHECK_FALSE(assigned.technician);
    CHECK_FALSE(assigned.parked);
    const auto named = command<Assign>("assign parked=yes bay=3 technician=101 order=R1023");
    CHECK(named.order == "R1023");
    CHECK(named.bay == "3");
    CHECK(named.technician == "101");
    CHECK(named.parked);
    const auto mixed = command<Assign>("assign bay=3 R1023");
    CHECK(mixed.order == "R1023");
    CHECK(mixed.bay == "3");
    CHECK(command<Cancel>("cancel R1023 \"customer left\"").reason == "customer left");
}

TEST_CASE("some optional parameters may stand bare behind the required ones", "[words]") {
    CHECK(command<Pause>("pause R1 parts").reason == PauseReason::parts);
    CHECK(command<Start>("start R1 3").bay == "3");
    CHECK(command<Assign>("assign R1 3 101").technician == "101");
    CHECK(command<FlagDelay>("delay R1 parts 30").minutes == MinuteCount{30});
    CHECK(std::get<Query>(call("help start").what).parameters.at("verb") == "start");
    CHECK(std::get<Query>(call("jobs waiting").what).parameters.at("state") == "waiting");
}

TEST_CASE("the bare name of a yes/no says yes, unless it is quoted", "[words]") {
    CHECK(command<Start>("start R1023 force").force);
    CHECK(command<Start>("start R1023 force=yes").force);
    CHECK_FALSE(command<Start>("start R1023 force=no").force);
    CHECK(command<Inspect>("inspect R1023 passed").passed);
    CHECK(command<Inspect>("inspect R1023 failed reason=scratch").failed);
    CHECK(command<Receive>("receive R1 wash").wash == true);
    CHECK(command<Receive>("receive R1 wash=no").wash == false);
    CHECK_FALSE(command<Receive>("receive R1").wash);
    CHECK(command<GiveConsent>("consent R1 1 \"declined\" phone").who == "declined");
    CHECK(fault("start R1 force=maybe").token == "bad-value");
}

TEST_CASE("double quotes hold blanks, quotes, backslashes and equals signs", "[words]") {
    const auto c = GENERATE(table<std::string, std::string>({
        {R"("two words")", "two words"},
        {R"("say \"hi\"")", "say \"hi\""},
        {R"("a\\b")", "a\\b"},
        {R"("x=1")", "x=1"},
        {R"(漆面划伤)", "漆面划伤"},
    }));
    CHECK(command<Cancel>("cancel R1 reason=" + std::get<0>(c)).reason == std::get<1>(c));
    CHECK(command<Cancel>("cancel R1 " + std::get<0>(c)).reason == std::get<1>(c));
}

TEST_CASE("quotes that do not fit are no call, and the sentence says why", "[words]") {
    const auto c = GENERATE(table<std::string, std::string>({
        {R"(cancel R1 "open)", "not closed"},
        {R"(cancel R1 "a"b)", "after a closing"},
        {R"(cancel R1 a"b)", "around a whole value"},
        {R"(cancel R1 reason=a"b)", "around a whole value"},
        {R"(cancel R1 "a\tb")", "backslash"},
        {R"(cancel R1 "a\)", "backslash"},
    }));
    const Fault found = fault(std::get<0>(c));
    CHECK(found.token == "not-a-call");
    CHECK_THAT(found.sentence, Catch::Contains(std::get<1>(c)));
}

TEST_CASE("a fault names what is wrong and what would be right", "[words]") {
    struct Case {
        std::string line, token;
        std::vector<std::string> says;
    };
    const auto c = GENERATE(values<Case>({
        {"strat R1", "unknown-verb", {"\"strat\"", "Did you mean \"start\"?", "help"}},
        {"START R1", "unknown-verb", {"Did you mean \"start\"?"}},
        {"addwork R1", "unknown-verb", {"\"add-work\""}},
        {"qqqqqq", "unknown-verb", {"help"}},
        {"\"start\" R1", "unknown-verb", {}},
        {"order=R1", "unknown-verb", {}},
        {"start", "missing-parameter", {"order is missing", "usage: start <order> [<bay>]"}},
        {"cancel R1", "missing-parameter", {"reason is missing", "usage: cancel <order> <reason>"}},
        {"start R1 bey=3", "unknown-parameter", {"\"bey\"", "Did you mean \"bay\"?"}},
        {"start R1 Bay=3", "unknown-parameter", {"Did you mean \"bay\"?"}},
        {"finish R1 3", "unknown-parameter", {"\"3\"", "usage: finish <order>"}},
        {"ping key=1", "unknown-parameter", {"\"key\""}},
        {"start R1 bay=3 bay=4", "bad-value", {"bay is given twice"}},
        {"start R1 force force=no", "bad-value", {"force is given twice"}},
        {"start R1 bay=", "bad-value", {}},
        {"book R1 P M mantenance 11:00", "bad-value", {"type", "maintenance", "Did you mean \"maintenance\"?"}},
        {"pause R1 reason=part", "bad-value", {"reason", "parts, customer, equipment, rest or other", "\"parts\""}},
        {"promise R1 25:00", "bad-value", {"to must be a time", "\"25:00\""}},
        {"delay R1 parts minutes=0", "bad-value", {"minutes", "from 1 to"}},
        {"inspect R1 passed level=x", "bad-value", {"level", "whole number"}},
        {"show R/1", "bad-value", {"order", "1 to 32"}},
        {"start R1 pin=" + std::string(201, '7'), "bad-value", {"pin"}},
    }));
    CAPTURE(c.line);
    if (c.line.ends_with("bay=")) {
        CHECK(command<Start>(c.line).bay == "");
        return;
    }
    const Fault found = fault(c.line);
    CHECK(found.token == c.token);
    CHECK_FALSE(found.json);
    for (const std::string& part : c.says) CHECK_THAT(found.sentence, Catch::Contains(part));
}

TEST_CASE("a PIN or a token is never repeated in a sentence", "[words]") {
    CHECK_THAT(fault("start R1 pin=" + std::string(300, '7')).sentence, !Catch::Contains("777"));
    CHECK_THAT(fault("hello token=" + std::string(300, '7')).sentence, !Catch::Contains("777"));
}

TEST_CASE("every acting verb takes who, when and key", "[words]") {
    const Call understood = call("finish R1 staff=102 pin=1234 at=08:55 key=tap-17");
    CHECK(call("finish R1 as=101").as == "101");
    CHECK(understood.staff == "102");
    CHECK(understood.pin == "1234");
    CHECK(understood.at == utc("2026-11-21T00:55:00Z"));
    CHECK(understood.key == "tap-17");
    CHECK_FALSE(understood.id);
    CHECK_FALSE(understood.json);
    CHECK(fault("finish R1 key=" + std::string(65, 'k')).token == "bad-value");
}

TEST_CASE("a query gets its parameters as checked text", "[words]") {
    const auto watch = std::get<Query>(call("watch bay:3 since=12").what);
    CHECK(watch.parameters.at("view") == "bay:3");
    CHECK(watch.parameters.at("since") == "12");
    CHECK(fault("watch lounge since=-1").token == "bad-value");
    CHECK(fault("jobs state=lost").token == "bad-value");
    CHECK(std::get<Query>(call("jobs all").what).parameters.at("all") == "yes");
    CHECK(std::get<Query>(call("jobs").what).parameters.empty());
    CHECK(std::get<Query>(call("show r1").what).parameters.at("order") == "R1");
}

TEST_CASE("an empty text takes an optional value away, and is no required value", "[words]") {
    const auto corrected = command<Correct>("correct R1 phone=\"\"");
    REQUIRE(corrected.phone);
    CHECK(corrected.phone->empty());
    CHECK(fault("cancel R1 \"\"").token == "bad-value");
}
