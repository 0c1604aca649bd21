// diff and patch are each other's inverse.
#include "protocol/replies.hpp"

#include "board/core/views.hpp"

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

json::array random_rows(Dice& dice) {
    std::vector<std::string> ids{"a", "b", "c", "d", "e"};
    json::array rows;
    while (!ids.empty() && dice.below(5) != 0) {
        const auto at = dice.below(static_cast<std::uint32_t>(ids.size()));
        rows.push_back(json::object{{"id", ids[at]}, {"x", dice.below(3)}});
        // Now and then no rows after all: the same id twice, or none.
        if (dice.below(12) != 0) ids.erase(ids.begin() + at);
        if (dice.below(25) == 0) rows.push_back(dice.below(2) == 0 ? json::value(3) : json::value(json::object{}));
    }
    return rows;
}

json::object random_view(Dice& dice) {
    json::object view;
    for (const char* name : {"rows", "queue", "more"}) {
        if (dice.below(8) != 0) view[name] = random_rows(dice);
    }
    if (dice.below(4) != 0) view["shop"] = std::to_string(dice.below(3));
    if (dice.below(4) != 0) view["bay"] = json::object{{"id", std::to_string(dice.below(3))}};
    if (dice.below(10) == 0) view["rows"] = nullptr;
    return view;
}

}  // namespace

TEST_CASE("patching with the difference gives what came after, for any two views", "[patch]") {
    const std::uint32_t seed = GENERATE(1U, 20261121U);
    CAPTURE(seed);
    Dice dice(seed);
    for (int round = 0; round < 20'000; ++round) {
        const json::object before = random_view(dice);
        const json::object after = random_view(dice);
        const json::object change = diff(before, after);
        // What arrives has gone through text.
        const json::object arrived = json::parse(json::serialize(change)).as_object();
        json::object view = before;
        patch(view, arrived);
        CAPTURE(before, after, change);
        REQUIRE(view == after);
        REQUIRE(diff(before, before).empty());
    }
}

TEST_CASE("the order of rows survives, and only changed rows are put", "[patch]") {
    LoungeView before;
    before.shop = "城西服务站";
    for (const char* id : {"1", "2", "3"})
        before.rows.push_back({.id = id, .plate = "沪A·7**K8", .promise = Instant{}});
    LoungeView after = before;
    std::swap(after.rows[0], after.rows[2]);
    after.rows[1].step = Step::ready;
    const json::object change = diff(to_json(before).as_object(), to_json(after).as_object());
    CHECK_FALSE(change.contains("set"));
    const json::object& rows = change.at("rows").as_object().at("rows").as_object();
    REQUIRE(rows.at("put").as_array().size() == 1);
    CHECK(rows.at("put").as_array()[0].at("id") == "2");
    CHECK(rows.at("ids") == json::array({"3", "2", "1"}));
    json::object view = to_json(before).as_object();
    patch(view, change);
    CHECK(from_json<LoungeView>(view) == after);
}

TEST_CASE("a change that does not fit is refused and leaves the view as it was", "[patch]") {
    const json::object before{{"rows", json::array{json::object{{"id", "1"}}}}, {"shop", "A"}};
    const std::string change = GENERATE(
        as<std::string>(), R"({"rows":{"rows":{"put":[],"ids":["2"]}}})",
        R"({"rows":{"rows":{"put":[{"id":"2"}],"ids":["1"]}}})", R"({"rows":{"rows":{"put":[],"ids":["1","1"]}}})",
        R"({"rows":{"rows":{"put":[]}}})", R"({"rows":{"shop":{"put":[],"ids":[]}}})", R"({"rows":{"rows":7}})",
        R"({"set":7})", R"({"rows":{"rows":{"put":[{}],"ids":[]}}})", R"({"unset":"shop"})");
    json::object view = before;
    CAPTURE(change);
    CHECK_THROWS_AS(patch(view, json::parse(change).as_object()), std::exception);
    CHECK(view == before);
}
