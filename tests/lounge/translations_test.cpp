// Both languages are complete.
#include "display-drivers/lounge/translations.hpp"

#include "board/core/words.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace baytime;
using namespace baytime::lounge;

namespace {

std::set<std::string> placeholders(const std::string& text) {
    std::set<std::string> found;
    for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
        found.insert(text.substr(at, text.find('}', at) - at));
    }
    return found;
}

}  // namespace

TEST_CASE("English has every text that Chinese has, with the same blanks to fill", "[translations]") {
    const auto& chinese = translation(Language::chinese);
    const auto& english = translation(Language::english);
    REQUIRE(chinese.keys() == english.keys());
    for (const auto& key : chinese.keys()) {
        CAPTURE(key);
        if (key != "day") CHECK(placeholders(chinese[key]) == placeholders(english[key]));
        CHECK_FALSE(chinese[key].empty());
    }
}

TEST_CASE("every word of the domain that a guest can meet has a text", "[translations]") {
    const auto keys = translation(Language::chinese).keys();
    const std::set<std::string> known(keys.begin(), keys.end());
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Step>>(
        [&](auto step) { CHECK(known.count(std::string("step_") + step.name) == 1); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<PauseReason>>(
        [&](auto reason) { CHECK(known.count(std::string("pause_") + reason.name) == 1); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<RepairType>>(
        [&](auto type) { CHECK(known.count(std::string("type_") + type.name) == 1); });
}

TEST_CASE("a broken translation is refused", "[translations]") {
    CHECK_THROWS(Translation("[]"));
    CHECK_THROWS(Translation(R"({"title": 1})"));
    CHECK_THROWS(Translation("{"));
}
