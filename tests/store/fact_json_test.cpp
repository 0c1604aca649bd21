#include "board/store/fact_json.hpp"
#include "protocol/json.hpp"
#include "tests/store/sample.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace baytime;
using store::fact_from_json;
using store::fact_json;
using store::fact_name;

TEST_CASE("facts written straight to text are what their trees of values say", "[store]") {
    auto facts = support::every_fact();
    facts.push_back(Cancelled{.reason = "\x01\x1f\x7f \"\\/ \n\t\b\f\r 中"});
    for (const Fact& fact : facts) {
        boost::json::object tree{{"v", store::payload_version}};
        const auto members = std::visit([](const auto& one) { return protocol::to_json(one); }, fact);
        for (const auto& member : members.as_object()) tree[member.key()] = member.value();
        CHECK(fact_json(fact) == boost::json::serialize(tree));
    }
}

TEST_CASE("every fact survives the way to JSON and back", "[store]") {
    std::set<std::string_view> kinds;
    for (const Fact& fact : support::every_fact()) {
        CAPTURE(fact_json(fact));
        const Fact back = fact_from_json(fact_name(fact), fact_json(fact));
        CHECK(back.index() == fact.index());
        CHECK(fact_json(back) == fact_json(fact));
        kinds.insert(fact_name(fact));
    }
    CHECK(kinds.size() == std::variant_size_v<Fact>);
}

TEST_CASE("a payload begins with its version and reads by hand", "[store]") {
    CHECK(fact_json(Assigned{.bay = "3", .technician = "101", .parked = false}) ==
          R"({"v":1,"bay":"3","technician":"101","parked":false})");
    CHECK(fact_json(Washed{}) == R"({"v":1})");
    CHECK(fact_json(Paused{.reason = PauseReason::parts}) == R"({"v":1,"reason":"parts"})");
    CHECK(fact_json(Estimated{.to = Instant{std::chrono::milliseconds{1763690400000}}}) ==
          R"({"v":1,"to":"2025-11-21T02:00:00Z"})");
    CHECK(fact_json(Corrected{.plate = "沪A12345"}) == R"({"v":1,"plate":"沪A12345"})");
}

TEST_CASE("members that an older payload lacks keep their defaults", "[store]") {
    const auto assigned = std::get<Assigned>(fact_from_json("assigned", R"({"v":1,"bay":"3"})"));
    CHECK(assigned.bay == "3");
    CHECK(assigned.technician.empty());
    CHECK_FALSE(assigned.parked);
    const auto received = std::get<Received>(fact_from_json("received", R"({"v":1,"plate":"沪A1"})"));
    CHECK(received.wash);
    CHECK(received.type == RepairType::maintenance);
    const auto delivered = std::get<Delivered>(fact_from_json("delivered", R"({"v":1})"));
    CHECK(delivered.rule == 0);
    CHECK_FALSE(delivered.amount.has_value());
    CHECK_FALSE(std::get<Corrected>(fact_from_json("corrected", R"({"v":1})")).wash.has_value());
}

TEST_CASE("a member that this program does not know is passed over", "[store]") {
    CHECK(std::get<Started>(fact_from_json("started", R"({"v":1,"bay":"3","lift":"left"})")).bay == "3");
}

TEST_CASE("a payload that cannot be read says what is wrong with it", "[store]") {
    struct Case {
        const char* name;
        const char* payload;
        const char* error;
    };
    const auto c = GENERATE(values<Case>({
        {"flown", R"({"v":1})", "'flown' is no fact that this program knows"},
        {"", R"({"v":1})", "'' is no fact that this program knows"},
        {"started", "", "the payload of 'started' is no JSON object: "},
        {"started", R"({"v":1)", "the payload of 'started' is no JSON object: {\"v\":1"},
        {"started", "[1]", "the payload of 'started' is no JSON object: [1]"},
        {"started", "{}", "the payload of 'started' has no version \"v\""},
        {"started", R"({"v":"1"})", "the payload of 'started' has no version \"v\""},
        {"started", R"({"v":0})", "the payload of 'started' has no version \"v\""},
        {"started", R"({"v":2})", "the payload of 'started' has version 2; this program reads up to 1"},
        {"paused", R"({"v":1,"reason":"tea"})", "the payload of 'paused' does not read: unknown word: \"tea\""},
        {"estimated", R"({"v":1,"to":"noon"})", "the payload of 'estimated' does not read: not a time: \"noon\""},
        {"day_confirmed", R"({"v":1,"day":"2025-02-30"})",
         "the payload of 'day_confirmed' does not read: not a day: \"2025-02-30\""},
        {"started", R"({"v":1,"bay":3})", "the payload of 'started' does not read: "},
        {"inspected", R"({"v":1,"level":2.5})", "the payload of 'inspected' does not read: "},
        {"inspected", R"({"v":1,"level":99999999999})", "the payload of 'inspected' does not read: "},
        {"received", R"({"v":1,"items":[{"minutes":"x"}]})", "the payload of 'received' does not read: "},
    }));
    CAPTURE(c.name, c.payload);
    CHECK_THAT(support::error_of([&] { fact_from_json(c.name, c.payload); }), Catch::StartsWith(c.error));
}

TEST_CASE("a later payload version is told apart from damage", "[store]") {
    CHECK_THROWS_AS(fact_from_json("started", R"({"v":2})"), store::NewerPayload);
    CHECK_THROWS_AS(fact_from_json("started", R"({"v":9,"bay":[]})"), store::NewerPayload);
}
