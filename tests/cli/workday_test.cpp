// The whole day of the demo shop, through the real door, much faster than it lasts.
#include "tests/cli/demo_shop.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <map>

namespace json = boost::json;
using baytime::support::DemoShop;

TEST_CASE("a whole day is played without one refusal that the play does not know", "[workday][daemon]") {
    const DemoShop shop("900");
    const auto ran = shop.run("deploy/workday/baytime-workday", {"--report", shop.path("report.json").string()});
    CAPTURE(ran.out, ran.error);
    CHECK(ran.status == 0);
    const auto report = json::parse(DemoShop::read(shop.path("report.json")));
    CHECK(report.at("errors").as_int64() == 0);
    // How many of the 60 are handed over by closing time depends on how busy the machine is.
    CHECK(report.at("delivered").as_int64() >= 1);
    CHECK(report.at("acknowledged").as_int64() > 100);
    const auto jobs = json::parse(shop.baytime({"jobs", "all", "--json"}).out);
    CHECK(jobs.at("jobs").as_array().size() >= 20);
}

TEST_CASE("a shop that has just opened looks busy at once", "[workday][daemon]") {
    const DemoShop shop("60");
    const auto ran =
        shop.run("deploy/workday/baytime-workday", {"--for", "3", "--report", shop.path("report.json").string()});
    CAPTURE(ran.out, ran.error);
    CHECK(ran.status == 0);
    const auto jobs = json::parse(shop.baytime({"jobs", "--json"}).out).at("jobs").as_array();
    std::map<std::string, int> states;
    for (const auto& job : jobs) ++states[std::string(job.at("state").as_string())];
    CAPTURE(json::serialize(json::value_from(states)));
    CHECK(jobs.size() >= 15);
    CHECK(states.size() >= 3);
    CHECK(states["in_progress"] >= 4);
    CHECK(states["booked"] >= 5);

    // Another player goes on with the same day.
    const auto again = shop.run("deploy/workday/baytime-workday", {"--for", "3", "--from-now"});
    CAPTURE(again.out, again.error);
    CHECK(again.status == 0);
    const auto first = json::parse(shop.baytime({"show", "R1001", "--json"}).out);
    CHECK(first.at("order") == "R1001");
    CHECK(shop.baytime({"show", "R1101"}).status == 1);
}
