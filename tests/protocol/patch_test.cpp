// What change_between() makes, patch() applies.
#include "protocol/change.hpp"
#include "protocol/replies.hpp"

#include "board/core/views.hpp"
#include "tests/support/effort.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime;
using namespace baytime::protocol;

namespace {

class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}
    std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

private:
    std::mt19937 random_;
};

/// Two views of the same dice differ in a few rows, in their order, or in everything.
LoungeView random_view(Dice& dice) {
    LoungeView view;
    view.shop = std::to_string(dice.below(3));
    std::vector<std::string> ids{"a", "b", "c", "d", "e"};
    while (!ids.empty() && dice.below(6) != 0) {
        const auto at = dice.below(3) == 0 ? dice.below(static_cast<std::uint32_t>(ids.size())) : 0;
        LoungeRow row{.id = ids[at], .plate = std::to_string(dice.below(2))};
        if (dice.below(2) == 0) row.expected = Instant{std::chrono::minutes(dice.below(3))};
        view.rows.push_back(row);
        ids.erase(ids.begin() + at);
    }
    if (dice.below(2) == 0) view.welcomes.push_back({.id = "w", .address = std::to_string(dice.below(2))});
    return view;
}

}  // namespace

TEST_CASE("patching with the change gives what came after, for any two views", "[patch]") {
    const std::uint32_t seed = GENERATE(1U, 20261121U);
    CAPTURE(seed);
    Dice dice(seed);
    for (int round = 0; round < support::effort(20'000); ++round) {
        const LoungeView before = random_view(dice);
        const LoungeView after = random_view(dice);
        const json::object change = change_between(before, after);
        // What arrives has gone through text.
        const json::object arrived = json::parse(json::serialize(change)).as_object();
        json::object view = to_json(before).as_object();
        CAPTURE(view, change);
        patch(view, arrived);
        REQUIRE(from_json<LoungeView>(view) == after);
        REQUIRE(change.empty() == (before == after));
    }
}

TEST_CASE("the order of rows survives, and only changed rows are put", "[patch]") {
    LoungeView before;
    before.shop = "城西服务站";
    for (const char* id : {"1", "2", "3"})
        before.rows.push_back({.id = id, .plate = "沪A·7**K8", .promise = Instant{}});
    LoungeView after = before;
    after.rows[1].step = Step::ready;
    const auto rows_of = [&] { return change_between(before, after).at("rows").at("rows").as_object(); };
    CHECK_FALSE(change_between(before, after).contains("set"));
    REQUIRE(rows_of().at("put").as_array().size() == 1);
    CHECK(rows_of().at("put").at(0).at("id") == "2");
    CHECK_FALSE(rows_of().contains("ids"));  // nobody has moved

    std::swap(after.rows[0], after.rows[2]);
    CHECK(rows_of().at("put").as_array().size() == 1);
    CHECK(rows_of().at("ids") == json::array({"3", "2", "1"}));
    json::object view = to_json(before).as_object();
    patch(view, change_between(before, after));
    CHECK(from_json<LoungeView>(view) == after);
}

TEST_CASE("a change that does not fit is refused and leaves the view as it was", "[patch]") {
    const json::object before{{"rows", json::array{json::object{{"id", "1"}}}}, {"shop", "A"}};
    const std::string change =
        GENERATE(as<std::string>(), R"({"rows":{"rows":{"put":[],"ids":["2"]}}})",
                 R"({"rows":{"rows":{"put":[{"id":"2"}],"ids":["1"]}}})",
                 R"({"rows":{"rows":{"put":[],"ids":["1","1"]}}})", R"({"rows":{"rows":{"put":[{"id":"2"}]}}})",
                 R"({"rows":{"shop":{"put":[],"ids":[]}}})", R"({"rows":{"rows":7}})", R"({"set":7})",
                 R"({"rows":{"rows":{"put":[{}],"ids":[]}}})", R"({"rows":{"rows":{"put":[{}]}}})");
    json::object view = before;
    CAPTURE(change);
    CHECK_THROWS_AS(patch(view, json::parse(change).as_object()), std::exception);
    CHECK(view == before);
}
