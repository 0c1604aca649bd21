// Pages, fades, languages and the age of the data, with time passed in.
#include "tests/lounge/support.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::lounge;
using namespace std::chrono_literals;

namespace {

const Moment start{};

Model model_with(const LoungeView& view, const ModelSettings& settings = {}) {
    Model model(settings);
    model.set_rows_per_page(8);
    model.receive(view, support::clock_at(9, 42, start), start);
    return model;
}

double glow_of(const Show& show, const std::string& id) {
    for (const auto& shown : show.rows) {
        if (shown.row.id == id) return shown.glow;
    }
    return -1;
}

}  // namespace

TEST_CASE("a page stays ten seconds, then the next whole page comes, and the first after the last", "[model]") {
    Model model = model_with(support::many_cars(20));
    struct Case {
        std::chrono::milliseconds at;
        int page;
        std::size_t rows;
    };
    for (const auto& c : {Case{0ms, 0, 7}, {9999ms, 0, 7}, {10000ms, 1, 7}, {20000ms, 2, 6}, {30000ms, 0, 7}}) {
        const Show show = model.show(start + c.at);
        CAPTURE(c.at.count());
        CHECK(show.page == c.page);
        CHECK(show.pages == 3);
        CHECK(show.rows.size() == c.rows);
        CHECK(show.first_row == c.page * 7);
    }
}

TEST_CASE("rows are spread over the pages: no car stands alone on the last one", "[model]") {
    struct Case {
        int cars;
        std::vector<std::size_t> rows;
    };
    const std::vector<Case> cases{{1, {1}}, {8, {8}}, {9, {5, 4}}, {16, {8, 8}}, {17, {6, 6, 5}}, {25, {7, 6, 6, 6}}};
    for (const auto& c : cases) {
        Model model = model_with(support::many_cars(c.cars));
        std::vector<std::size_t> rows;
        for (std::size_t page = 0; page < c.rows.size(); ++page) {
            rows.push_back(model.show(start + static_cast<int>(page) * page_dwell).rows.size());
        }
        CAPTURE(c.cars);
        CHECK(rows == c.rows);
    }
}

TEST_CASE("every car is shown once on every round of pages, in the order of the view", "[model]") {
    const auto view = support::many_cars(60);
    Model model = model_with(view);
    std::vector<LoungeRow> seen;
    for (int page = 0; page < 8; ++page) {
        for (const auto& shown : model.show(start + page * page_dwell).rows) seen.push_back(shown.row);
    }
    CHECK(seen == view.rows);
}

TEST_CASE("a change does not make the page jump", "[model]") {
    auto view = support::many_cars(20);
    Model model = model_with(view);
    CHECK(model.show(start + 12s).page == 1);
    view.rows[0].bay = "9号工位";
    model.receive(view, support::clock_at(9, 42, start), start + 13s);
    CHECK(model.show(start + 13s).page == 1);
    view.rows.resize(3);
    model.receive(view, support::clock_at(9, 42, start), start + 14s);
    CHECK(model.show(start + 14s).page == 0);
    CHECK(model.show(start + 14s).pages == 1);
}

TEST_CASE("a changed row glows when it is first seen, and for less than three seconds", "[model]") {
    auto view = support::many_cars(20);
    Model model = model_with(view);
    CHECK(glow_of(model.show(start), "1") == 0);
    view.rows[0].step = Step::washing;
    view.rows[9].step = Step::washing;  // on the second page
    model.receive(view, support::clock_at(9, 42, start), start + 1s);
    CHECK(glow_of(model.show(start + 1s), "1") == 1);
    CHECK(model.next_change(start + 1s) == start + 1s + glow_frame);
    CHECK(glow_of(model.show(start + 2s), "1") < 0.6);
    CHECK(glow_of(model.show(start + 4s), "1") == 0);
    CHECK(model.next_change(start + 4s) == start + 10s);
    CHECK(glow_of(model.show(start + 10s), "10") == 1);
    CHECK(glow_of(model.show(start + 13s), "10") == 0);
}

TEST_CASE("when the daemon is away the board says as of when, and the clock goes on", "[model]") {
    Model model = model_with(support::eight_cars());
    model.heard(support::clock_at(9, 50, start + 8min), start + 8min);
    model.lost(start + 8min);
    CHECK_FALSE(model.show(start + 8min + 1s).as_of);
    CHECK(model.next_change(start + 8min + 1s) == start + 8min + stale_grace);
    const Show show = model.show(start + 11min);
    REQUIRE(show.as_of);
    CHECK(*show.as_of - std::chrono::floor<std::chrono::days>(*show.as_of) == 9h + 50min);
    CHECK(*show.now - std::chrono::floor<std::chrono::days>(*show.now) == 9h + 53min);
    CHECK(show.rows.size() == 8);
    model.heard(support::clock_at(9, 53, start + 11min), start + 11min);
    CHECK_FALSE(model.show(start + 11min).as_of);
}

TEST_CASE("before the first snapshot the board claims nothing", "[model]") {
    Model model({});
    CHECK(model.show(start).page_kind == Show::Page::connecting);
    CHECK_FALSE(model.show(start).now);
    model.lost(start);
    CHECK(model.show(start + 1min).page_kind == Show::Page::connecting);
    CHECK_FALSE(model.stale(start + 1min));
}

TEST_CASE("both languages take turns of eight seconds", "[model]") {
    Model model = model_with(support::eight_cars(), {.language = LanguageChoice::both});
    CHECK(model.show(start + 7s).language == Language::chinese);
    CHECK(model.next_change(start + 7s) == start + 8s);
    CHECK(model.show(start + 8s).language == Language::english);
    CHECK(model.show(start + 16s).language == Language::chinese);
}

TEST_CASE("a shop clock that stands still shows its time and never turns the minute", "[model]") {
    ShopClock clock = support::clock_at(9, 42, start);
    clock.speed = 0;
    CHECK(clock.at(start + 5min) == support::at(9, 42));
    CHECK(clock.next_minute(start + 5min) >= start + 30min);
}

TEST_CASE("shop time runs at the daemon's speed", "[model]") {
    Model model({});
    ShopClock clock = support::clock_at(9, 42, start);
    clock.speed = 60;
    model.receive(support::eight_cars(), clock, start);
    const Show show = model.show(start + 5s);
    CHECK(*show.now - std::chrono::floor<std::chrono::days>(*show.now) == 9h + 47min);
    CHECK(model.next_change(start + 5s) == start + 6s);
}

TEST_CASE("each car that becomes ready calls once", "[model]") {
    auto view = support::many_cars(20);
    Model model = model_with(view);
    CHECK(model.take_newly_ready() == 0);
    view.rows[5].step = view.rows[6].step = Step::ready;
    model.receive(view, support::clock_at(9, 42, start), start);
    model.receive(view, support::clock_at(9, 42, start), start);
    CHECK(model.take_newly_ready() == 2);
    CHECK(model.take_newly_ready() == 0);
    view.rows[5].delivered = true;
    model.receive(view, support::clock_at(9, 42, start), start);
    CHECK(model.take_newly_ready() == 0);
}

TEST_CASE("in closed hours the board rests, and at night it is dim", "[model]") {
    const Hours closed{.from = 18h, .to = 7h + 30min};
    const Hours dim{.from = 9h, .to = 10h};
    Model model = model_with(support::eight_cars(), {.dim = dim, .closed = closed});
    CHECK(model.show(start).page_kind == Show::Page::cars);
    CHECK(model.show(start).dim);
    const Show evening = model.show(start + 9h);
    CHECK(evening.page_kind == Show::Page::closed);
    CHECK(evening.opens == "07:30");
    CHECK(evening.closes == "18:00");
    CHECK_FALSE(evening.dim);
}

TEST_CASE("hours may pass midnight, and equal ends mean never", "[model]") {
    struct Case {
        Hours hours;
        std::chrono::minutes at;
        bool within;
    };
    const auto c = GENERATE(values<Case>({{{19h, 7h}, 23h, true},
                                          {{19h, 7h}, 6h + 59min, true},
                                          {{19h, 7h}, 7h, false},
                                          {{12h, 13h}, 12h, true},
                                          {{12h, 13h}, 13h, false},
                                          {{0min, 0min}, 3h, false}}));
    CHECK(c.hours.contain(LocalTime(std::chrono::hours(24 * 20'000) + c.at)) == c.within);
}

TEST_CASE("an idle board has nothing to do until the minute changes", "[model]") {
    auto view = support::eight_cars();
    view.welcomes.clear();
    Model model = model_with(view);
    model.show(start + 5s);
    CHECK(model.next_change(start + 5s) == start + 60s);
}
