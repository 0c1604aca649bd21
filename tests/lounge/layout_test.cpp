// Pure layout on many panels: nothing overlaps, nothing leaves the panel, no plate is cut.
#include "tests/lounge/support.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::lounge;

namespace {

/// A font in which every letter is as wide as the widest real one of its kind.
Ruler wide_ruler() {
    return {.width =
                [](std::string_view text, Font font) {
                    double em = 0;
                    for (const char c : text) {
                        const auto byte = static_cast<unsigned char>(c);
                        if (byte < 0x80) em += byte >= 'A' && byte <= 'Z' ? 0.72 : 0.6;
                        if (byte >= 0xc0) em += 1;
                    }
                    return static_cast<int>(em * font.px) + 1;
                },
            .cap_height = 0.741};
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool inside(const Rect& inner, const Rect& outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
           inner.bottom() <= outer.bottom();
}

Rect place_of(const Shape& shape) {
    if (const auto* box = std::get_if<Box>(&shape)) return box->at;
    if (const auto* text = std::get_if<Text>(&shape)) return text->at;
    if (const auto* picture = std::get_if<Picture>(&shape)) return picture->at;
    const auto& stroke = std::get<Stroke>(shape);
    const int half = stroke.width / 2;
    return {std::min(stroke.from_x, stroke.to_x) - half, std::min(stroke.from_y, stroke.to_y) - half,
            std::abs(stroke.to_x - stroke.from_x) + stroke.width, std::abs(stroke.to_y - stroke.from_y) + stroke.width};
}

std::vector<const Text*> texts_of(const Area& area) {
    std::vector<const Text*> texts;
    for (const auto& shape : area.shapes) {
        if (const auto* text = std::get_if<Text>(&shape)) texts.push_back(text);
    }
    return texts;
}

std::string describe(const Rect& at) {
    return std::to_string(at.x) + "," + std::to_string(at.y) + " " + std::to_string(at.w) + "x" + std::to_string(at.h);
}

void check_scene(const Scene& scene) {
    long covered = 0;
    const Rect panel{0, 0, scene.width, scene.height};
    for (std::size_t i = 0; i < scene.areas.size(); ++i) {
        const Area& area = scene.areas[i];
        CAPTURE(area.name, describe(area.at));
        REQUIRE(inside(area.at, panel));
        covered += static_cast<long>(area.at.w) * area.at.h;
        for (std::size_t j = 0; j < i; ++j) REQUIRE_FALSE(overlap(area.at, scene.areas[j].at));
        for (const auto& shape : area.shapes) {
            CAPTURE(describe(place_of(shape)), shape.index());
            REQUIRE(inside(place_of(shape), area.at));
        }
        const auto texts = texts_of(area);
        for (std::size_t a = 0; a < texts.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                CAPTURE(texts[a]->text, texts[b]->text, describe(texts[a]->at), describe(texts[b]->at));
                REQUIRE_FALSE(overlap(texts[a]->at, texts[b]->at));
            }
        }
    }
    REQUIRE(covered == static_cast<long>(scene.width) * scene.height);
}

Show show_of(const LoungeView& view, const Grid& grid, LanguageChoice language, bool stale) {
    Model model({.language = language});
    model.set_rows_per_page(grid.rows);
    model.receive(view, support::clock_at(9, 42), {});
    if (stale) model.lost({});
    return model.show(Moment{} + (stale ? std::chrono::seconds(5) : std::chrono::seconds(0)));
}

LoungeView view_of(int cars) {
    if (cars < 0) return support::long_names();
    return support::many_cars(cars);
}

}  // namespace

TEST_CASE("nothing overlaps and nothing leaves the panel, whatever is shown where", "[layout]") {
    struct Size {
        int width, height;
    };
    const auto size = GENERATE(values<Size>({{1280, 720},
                                             {1366, 768},
                                             {1920, 1080},
                                             {1920, 1200},
                                             {2560, 1080},
                                             {3840, 2160},
                                             {720, 1280},
                                             {1080, 1920},
                                             {2160, 3840}}));
    const auto language = GENERATE(LanguageChoice::chinese, LanguageChoice::english);
    const Ruler ruler = wide_ruler();
    for (const double distance : {2.0, 4.0, 6.0, 9.0}) {
        const Grid grid = make_grid({size.width, size.height, 55, distance}, ruler.cap_height);
        for (const int cars : {-1, 0, 1, 8, 60}) {
            for (const bool stale : {false, true}) {
                CAPTURE(size.width, size.height, static_cast<int>(language), distance, cars, stale);
                const Style style{.logo_aspect = cars == 8 ? 2.5 : 0, .code = cars != 1};
                check_scene(make_scene(show_of(view_of(cars), grid, language, stale), grid, style, ruler));
            }
        }
    }
}

TEST_CASE("a board whose time is in doubt says so in place of the clock", "[layout]") {
    const Ruler ruler = wide_ruler();
    for (const auto language : {LanguageChoice::chinese, LanguageChoice::english}) {
        for (const auto& [width, height] : {std::pair(1280, 720), {1920, 1080}, {3840, 2160}, {720, 1280}}) {
            CAPTURE(width, height, static_cast<int>(language));
            const Grid grid = make_grid({width, height, 55, 6}, ruler.cap_height);
            Show show = show_of(view_of(8), grid, language, false);
            show.time_doubted = true;
            const auto scene = make_scene(show, grid, {}, ruler);
            check_scene(scene);
            int said = 0, clocks = 0;
            for (const auto& area : scene.areas) {
                for (const auto* text : texts_of(area)) {
                    said += text->text == translation(show.language)["time_checking"];
                    clocks += text->text == "09:42";
                }
            }
            CHECK(said == 1);
            CHECK(clocks == 0);
        }
    }
}

TEST_CASE("pages without cars fit every panel too", "[layout]") {
    const Ruler ruler = wide_ruler();
    for (const auto kind : {Show::Page::closed, Show::Page::connecting}) {
        for (const auto language : {Language::chinese, Language::english}) {
            for (const auto& [width, height] : {std::pair(1280, 720), {3840, 2160}, {720, 1280}}) {
                Show show{.page_kind = kind, .shop = support::long_names().shop, .language = language};
                show.opens = "07:30";
                show.closes = "18:00";
                show.now = LocalTime(std::chrono::hours(24 * 365));
                check_scene(make_scene(show, make_grid({width, height, 43, 4}, ruler.cap_height), {}, ruler));
            }
        }
    }
}

TEST_CASE("plates are never cut, long models are", "[layout]") {
    const Ruler ruler = wide_ruler();
    const Grid grid = make_grid({}, ruler.cap_height);
    const auto view = support::long_names();
    const Scene scene = make_scene(show_of(view, grid, LanguageChoice::chinese, false), grid, {}, ruler);
    bool cut_model = false;
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        std::string plate;
        for (const auto* text : texts_of(scene.areas[i + 2])) {
            if (text->at.x < grid.margin + grid.plate_width()) plate += text->text;
            cut_model = cut_model || text->text.ends_with("…");
        }
        std::string wanted = view.rows[i].plate;
        wanted.erase(wanted.find("·"), std::string_view("·").size());
        CHECK(plate == wanted);
    }
    CHECK(cut_model);
}

TEST_CASE("the present step differs from passed and coming ones in shape, not only in colour", "[layout]") {
    const Ruler ruler = wide_ruler();
    const Grid grid = make_grid({}, ruler.cap_height);
    const Scene scene =
        make_scene(show_of(support::eight_cars(), grid, LanguageChoice::chinese, false), grid, {}, ruler);
    std::vector<int> heights;  // of the third row's segments: three passed, one present, two to come
    for (const auto& shape : scene.areas[4].shapes) {
        const auto* box = std::get_if<Box>(&shape);
        if (box != nullptr && box->at.w > box->at.h) heights.push_back(box->at.h);
    }
    REQUIRE(heights.size() == 6);
    CHECK(heights[0] == heights[2]);
    CHECK(heights[3] > heights[2]);
    CHECK(heights[4] < heights[2]);
}
