// What the board looks like, against pictures that a person has looked at.
#include "tests/lounge/support.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::lounge;
using support::Case;

namespace {

/// Most pictures are kept at half their size, each pixel the mean of four.
constexpr int half = 2;
constexpr Panel portrait{.width = 1080, .height = 1920};
constexpr Panel small_hd{.width = 1280, .height = 720, .inches = 43, .distance_m = 4};
constexpr Panel ultra_hd{.width = 3840, .height = 2160, .inches = 75};

void looks_like(const std::string& name, const Case& what, int shrink = 1) {
    const Surface drawn = support::draw(what);
    CHECK(support::compare(*drawn, name, shrink) == "");
}

LoungeView one_car() {
    LoungeView view = support::eight_cars();
    view.rows.resize(1);
    return view;
}

LoungeView no_guests() {
    LoungeView view = support::many_cars(9);
    view.welcomes.clear();
    return view;
}

LoungeView no_cars() {
    LoungeView view = support::eight_cars();
    view.rows.clear();
    return view;
}

}  // namespace

TEST_CASE("the board looks as a person has seen and liked it", "[golden]") {
    SECTION("eight cars") {
        looks_like("eight-cars", {});
    }
    SECTION("no cars") {
        looks_like("no-cars", {.view = no_cars()}, half);
    }
    SECTION("one car") {
        looks_like("one-car", {.view = one_car()}, half);
    }
    SECTION("sixty cars, first page") {
        looks_like("sixty-cars-first", {.view = support::many_cars(60)}, half);
    }
    SECTION("sixty cars, last page") {
        looks_like("sixty-cars-last", {.view = support::many_cars(60), .page = 7}, half);
    }
    SECTION("portrait") {
        looks_like("portrait", {.view = support::many_cars(20), .panel = portrait});
    }
    SECTION("nine cars: five and four") {
        looks_like("nine-cars", {.view = support::many_cars(9), .page = 1}, half);
    }
    SECTION("English, portrait") {
        looks_like("english-portrait",
                   {.view = support::many_cars(20), .panel = portrait, .language = LanguageChoice::english}, half);
    }
    SECTION("English, portrait, no guests, stopped jobs") {
        looks_like("english-portrait-no-guests",
                   {.view = no_guests(), .panel = portrait, .language = LanguageChoice::english}, half);
    }
    SECTION("very long names, portrait") {
        looks_like("long-names-portrait", {.view = support::long_names(), .panel = portrait}, half);
    }
    SECTION("both languages, the second turn") {
        looks_like("both-second-turn", {.language = LanguageChoice::both, .page = 1}, half);
    }
    SECTION("4K") {
        looks_like("ultra-hd", {.view = support::many_cars(30), .panel = ultra_hd}, 4);
    }
    SECTION("720p") {
        looks_like("small-hd", {.panel = small_hd});
    }
    SECTION("English") {
        looks_like("english", {.view = support::many_cars(20), .language = LanguageChoice::english});
    }
    SECTION("English, portrait, no cars") {
        looks_like("english-portrait-no-cars",
                   {.view = no_cars(), .panel = portrait, .language = LanguageChoice::english}, half);
    }
    SECTION("light theme") {
        looks_like("light", {.light = true}, half);
    }
    SECTION("stale") {
        looks_like("stale", {.stale = true}, half);
    }
    SECTION("stale, portrait, light") {
        looks_like("stale-portrait-light", {.panel = portrait, .light = true, .stale = true}, half);
    }
    SECTION("very long names and new-energy plates") {
        looks_like("long-names", {.view = support::long_names()}, half);
    }
    SECTION("closed hours at night") {
        const Hours night{.from = std::chrono::hours(19), .to = std::chrono::hours(8)};
        looks_like("closed", {.hour = 22, .closed = night, .glass_light = 0.45}, half);
    }
}
