// The painter touches what changed and nothing else.
#include "display-drivers/lounge/painter.hpp"

#include "display-drivers/lounge/chime.hpp"
#include "display-drivers/lounge/png.hpp"
#include "tests/lounge/support.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <numeric>

using namespace baytime::lounge;

namespace {

Scene two_areas() {
    Scene scene{.width = 200, .height = 100, .ground = {10, 20, 30}};
    scene.areas = {{.name = "a", .at = {0, 0, 200, 50}, .ground = {1, 2, 3}},
                   {.name = "b", .at = {0, 50, 200, 50}, .ground = {4, 5, 6}}};
    return scene;
}

Uint32 pixel(const SDL_Surface& surface, int x, int y) {
    return static_cast<const Uint32*>(surface.pixels)[y * (surface.pitch / 4) + x] & 0xffffff;
}

}  // namespace

TEST_CASE("an unchanged scene draws nothing, a changed area only itself", "[painter]") {
    Fonts fonts;
    const Images images("none", "");
    Painter painter(fonts, images);
    const Surface surface = make_surface(200, 100);
    Scene scene = two_areas();
    CHECK(painter.paint(scene, {}, *surface, true) == std::vector<Rect>{{0, 0, 200, 100}});
    CHECK(pixel(*surface, 10, 10) == 0x010203);
    CHECK(painter.paint(scene, {}, *surface, false).empty());
    scene.areas[1].shapes.emplace_back(Box{{10, 60, 20, 20}, {255, 0, 0}});
    CHECK(painter.paint(scene, {}, *surface, false) == std::vector<Rect>{{0, 50, 200, 50}});
    CHECK(pixel(*surface, 15, 65) == 0xff0000);
    CHECK(pixel(*surface, 35, 65) == 0x040506);
}

TEST_CASE("only the shapes that changed are drawn again", "[painter]") {
    Fonts fonts;
    const Images images("none", "");
    Painter painter(fonts, images);
    const Surface surface = make_surface(200, 100);
    Scene scene = two_areas();
    scene.areas[1].shapes = {Box{{10, 60, 20, 20}, {255, 0, 0}}, Box{{100, 60, 20, 20}, {0, 255, 0}}};
    painter.paint(scene, {}, *surface, true);
    scene.areas[1].shapes[1] = Box{{102, 64, 20, 20}, {0, 0, 255}};
    CHECK(painter.paint(scene, {}, *surface, false) == std::vector<Rect>{{100, 60, 22, 24}});
    CHECK(pixel(*surface, 101, 61) == 0x040506);
    CHECK(pixel(*surface, 121, 83) == 0x0000ff);
    CHECK(pixel(*surface, 15, 65) == 0xff0000);
}

TEST_CASE("a board drawn change by change is the board drawn at once", "[painter]") {
    const auto panel = GENERATE(values<Panel>({{1280, 720}, {720, 1280}}));
    const auto language = GENERATE(LanguageChoice::chinese, LanguageChoice::english);
    Fonts fonts;
    const Images images("", "https://example.com/mycar");
    const Style style{.logo_aspect = images.logo_aspect(), .code = true};
    const Grid grid = make_grid(panel, fonts.cap_height());
    const Surface grown = make_surface(panel.width, panel.height);
    const Surface fresh = make_surface(panel.width, panel.height);
    Painter growing(fonts, images);
    auto view = support::many_cars(grid.rows);
    for (int turn = 0; turn < 24; ++turn) {
        auto& row = view.rows[static_cast<std::size_t>(turn) % view.rows.size()];
        row.step = static_cast<baytime::Step>((static_cast<int>(row.step) + 1 + turn) % 6);
        row.model = turn % 3 == 0 ? "一汽-大众 探岳GTE插电式混合动力" : "Jetta gjpqy ÄÉ";
        row.bay = turn % 4 == 0 ? "" : "快修1";
        Model model({.language = language});
        model.set_rows_per_page(grid.rows);
        model.receive(view, support::clock_at(9, 42 + turn / 4), {});
        const Scene scene = make_scene(model.show({}), grid, style, fonts.ruler());
        growing.paint(scene, {}, *grown, false);
        Painter(fonts, images).paint(scene, {}, *fresh, true);
        const auto bytes = static_cast<std::size_t>(grown->pitch) * static_cast<std::size_t>(grown->h);
        CAPTURE(turn, panel.width);
        REQUIRE(std::memcmp(grown->pixels, fresh->pixels, bytes) == 0);
    }
}

TEST_CASE("drift moves the whole picture and night dims it", "[painter]") {
    Fonts fonts;
    const Images images("none", "");
    Painter painter(fonts, images);
    const Surface surface = make_surface(200, 100);
    Scene scene = two_areas();
    scene.areas[0].shapes.emplace_back(Box{{0, 0, 1, 1}, {200, 100, 50}});
    painter.paint(scene, {}, *surface, true);
    CHECK(pixel(*surface, 0, 0) == 0xc86432);
    painter.paint(scene, {.drift_x = 3, .drift_y = 2}, *surface, false);
    CHECK(pixel(*surface, 3, 2) == 0xc86432);
    CHECK(pixel(*surface, 0, 0) == 0x0a141e);
    painter.paint(scene, {.light = 0.5}, *surface, false);
    CHECK((pixel(*surface, 0, 0) >> 16) == Approx(100).margin(2));
}

TEST_CASE("round shapes cover what they should", "[painter]") {
    Fonts fonts;
    const Images images("none", "");
    Painter painter(fonts, images);
    const Surface surface = make_surface(200, 100);
    Scene scene = two_areas();
    scene.areas[0].ground = {};
    auto& shapes = scene.areas[0].shapes;
    shapes.emplace_back(Box{{0, 0, 40, 40}, {255, 255, 255}, 20});
    shapes.emplace_back(Box{{50, 0, 40, 40}, {255, 255, 255}, 20, 4});
    shapes.emplace_back(Stroke{110, 20, 150, 20, 6, {255, 255, 255}});
    painter.paint(scene, {}, *surface, true);
    CHECK(pixel(*surface, 20, 20) == 0xffffff);
    CHECK(pixel(*surface, 0, 0) == 0);
    CHECK(pixel(*surface, 70, 20) == 0);
    CHECK(pixel(*surface, 52, 20) == 0xffffff);
    CHECK(pixel(*surface, 130, 20) == 0xffffff);
    CHECK(pixel(*surface, 130, 30) == 0);
}

TEST_CASE("a QR code has its three corner marks and a light rim", "[painter]") {
    const Code code = encode_code("https://example.com/mycar");
    REQUIRE(code.size >= 21);
    const auto dark = [&](int x, int y) { return code.modules[static_cast<std::size_t>(y * code.size + x)] == '#'; };
    const int last = code.size - 1;
    for (int i = 0; i < 7; ++i) {
        CHECK(dark(i, 0));
        CHECK(dark(last - i, 0));
        CHECK(dark(0, last - i));
    }
    CHECK_FALSE(dark(1, 1));
    CHECK_FALSE(dark(7, 7));
    const Images images("none", "https://example.com/mycar");
    const Surface surface = images.make(Image::code, 80, 80);
    CHECK(pixel(*surface, 0, 0) == 0xffffff);
    CHECK_THROWS(Images("none", std::string(4000, 'x')));
}

TEST_CASE("a missing logo is named", "[painter]") {
    CHECK_THROWS_WITH(Images("/nonexistent/logo.png", ""), Catch::Contains("/nonexistent/logo.png"));
    CHECK(Images("", "").logo_aspect() == Approx(1).margin(0.05));
    CHECK(Images("none", "").logo_aspect() == 0);
}

TEST_CASE("digits are of one width, so that clocks do not wobble", "[painter]") {
    Fonts fonts;
    const Ruler ruler = fonts.ruler();
    for (const bool bold : {false, true}) {
        for (const char* digit : {"1", "2", "7", "8"})
            CHECK(ruler.width(digit, {bold, 75}) == ruler.width("0", {bold, 75}));
    }
}

TEST_CASE("calls wait for each other", "[chime]") {
    ChimeQueue queue;
    const Moment start = Moment{} + std::chrono::hours(1);
    CHECK_FALSE(queue.take(start));
    queue.add(2);
    CHECK(queue.take(start));
    CHECK_FALSE(queue.take(start + std::chrono::seconds(1)));
    CHECK(queue.next() == start + chime_spacing);
    CHECK(queue.take(start + chime_spacing));
    CHECK_FALSE(queue.next());
    queue.add(100);
    int sounded = 0;
    for (int i = 0; i < 100; ++i) sounded += queue.take(start + (10 + i) * chime_spacing);
    CHECK(sounded == most_waiting_chimes);
}

TEST_CASE("the chime is soft: it begins and ends in silence and never clips", "[chime]") {
    const auto samples = chime_samples(44100);
    CHECK(std::abs(samples.front()) < 50);
    CHECK(std::abs(samples.back()) < 50);
    const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
    CHECK(*high < 32000);
    CHECK(*low > -32000);
    CHECK(*high > 6000);
}
