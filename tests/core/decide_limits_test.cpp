// Everything has a limit.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("a job's logs and items are bounded", "[decide][limits]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    const auto until_refused = [&w](const char* who, auto make) {
        int count = 0;
        while (count < 1000 && w.say(who, make(count)) == "ok") ++count;
        return count;
    };
    const int most = static_cast<int>(max_log_entries);
    CHECK(until_refused("130", [](int i) {
              return LogContact{.order = "R1", .who = "王先生", .text = std::to_string(i)};
          }) == most);
    CHECK(until_refused("101", [](int i) {
              return FlagDelay{.order = "R1", .to = at_minute(200 + i), .reason = DelayReason::parts};
          }) == most);
    CHECK(until_refused("130", [](int i) {
              return Repromise{.order = "R1", .to = at_minute(200 + i), .reason = DelayReason::parts, .who = "x"};
          }) == most);
    CHECK(until_refused("101", [](int i) {
              return AddWork{.order = "R1", .name = std::to_string(i), .minutes = {5}};
          }) == static_cast<int>(max_items));
    CHECK(w.sentence.find("no more fit") != std::string::npos);
}

TEST_CASE("clockings are bounded too", "[decide][limits]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    int started = 1;
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(w.say("101", Pause{.order = "R1"}) == "ok");
        if (w.say("101", Start{.order = "R1"}) != "ok") break;
        ++started;
    }
    CHECK(started == static_cast<int>(max_log_entries));
    CHECK(w.say("120", Unassign{.order = "R1"}) == "ok");
}

TEST_CASE("what a refusal quotes is cut between letters", "[decide][limits]") {
    Workshop w;
    std::string endless;
    for (int i = 0; i < 100; ++i) endless += "车";
    CHECK(w.say("130", Estimate{.order = endless, .to = at_minute(9)}) == "unknown-order");
    CHECK(w.sentence.size() < 150);
    CHECK(w.sentence.find("车...'") != std::string::npos);
}
