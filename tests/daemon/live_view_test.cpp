// Views kept row by row say what views made from nothing say, whatever people do.
#include "board/daemon/live_view.hpp"
#include "board/core/due_watch.hpp"
#include "board/core/views.hpp"
#include "protocol/change.hpp"
#include "tests/core/random_day.hpp"

#include <catch2/catch.hpp>

#include <utility>

using namespace baytime;
using namespace baytime::support;
using baytime::daemon::LiveView;

namespace {

constexpr int commands_per_seed = 900;

/// A live view beside the same view made from nothing.
template <class View>
class Beside {
public:
    explicit Beside(std::string_view name) : live_(LiveView::make(name)) {}

    void look(const daemon::Sight& sight, View fresh) {
        const auto change = live_->look(sight);
        if (looked_) {
            REQUIRE(change == protocol::change_between(before_, fresh));
            if (!change.empty()) ++changes;
        }
        REQUIRE(live_->whole() == protocol::to_json(fresh).as_object());
        if (const auto next = live_->next()) REQUIRE(*next > sight.now);
        before_ = std::move(fresh);
        looked_ = true;
    }
    int changes = 0;

private:
    std::unique_ptr<LiveView> live_;
    View before_{};
    bool looked_ = false;
};

struct Day : support::RandomDay {
    Day(std::uint64_t seed, Reveal reveal) : RandomDay(seed) { workshop.shop.reveal_delay = reveal; }

    /// One command, with what is due then.
    void step() {
        RandomDay::step();
        predictor.update(workshop.board, workshop.shop, workshop.now);
        apply_all(watch.update(workshop.board, workshop.shop, predictor, workshop.now));
        predictor.update(workshop.board, workshop.shop, workshop.now);
    }

    void look() {
        const auto& [shop, board, journal, now, said, doubt, sentence] = workshop;
        const auto& predictions = predictor.predictions();
        const daemon::Sight sight{board, shop, predictor, now};
        lounge.look(sight, lounge_view(board, shop, predictions, now));
        staff.look(sight, workshop_view(board, shop, predictions, now));
        alerts.look(sight, alerts_view(board, shop, now));
        bay.look(sight, bay_view(board, shop, predictions, "1", now));
    }

    Predictor predictor;
    DueWatch watch{};
    Beside<LoungeView> lounge{"lounge"};
    Beside<WorkshopView> staff{"workshop"};
    Beside<AlertsView> alerts{"alerts"};
    Beside<BayView> bay{"bay:1"};
};

}  // namespace

TEST_CASE("views kept row by row say what views made from nothing say", "[views][model]") {
    for (const auto& [reveal, seed] : {std::pair{Reveal::when_told, 4u}, std::pair{Reveal::at_once, 11u}}) {
        Day day(seed, reveal);
        for (int i = 0; i < commands_per_seed; ++i) {
            CAPTURE(seed, i);
            day.step();
            if (i % 7 == 3) continue;  // somebody may look only after several changes
            day.look();
        }
        CHECK(day.lounge.changes > 100);
        CHECK(day.staff.changes > 100);
        CHECK(day.alerts.changes > 50);
        CHECK(day.bay.changes > 50);
    }
}

TEST_CASE("after another configuration the views are right again, also when bays moved", "[views]") {
    Day day(17, Reveal::when_told);
    for (int i = 0; i < 300; ++i) {
        day.step();
        day.look();
    }
    auto& shop = day.workshop.shop;
    std::swap(shop.bays.front(), shop.bays.back());
    shop.bays.erase(shop.bays.begin() + 1);
    shop.bays.push_back({.id = "new", .label = "new"});
    shop.name = "another";
    day.workshop.board.touched.lose();
    day.predictor.reset();
    day.predictor.update(day.workshop.board, shop, day.workshop.now);
    day.look();
    CHECK(day.staff.changes > 0);
}

TEST_CASE("of a thousand rows only those that were touched are put", "[views]") {
    Day day(1, Reveal::when_told);
    auto& workshop = day.workshop;
    for (int i = 0; i < 1000; ++i)
        REQUIRE(workshop.say("130", Receive{.order = "R" + std::to_string(10000 + i),
                                            .plate = "沪A" + std::to_string(10000 + i),
                                            .model = "朗逸",
                                            .type = RepairType::maintenance,
                                            .promise = workshop.now + minutes(120),
                                            .customer = "王先生",
                                            .phone = "13800001111"}) == "ok");
    day.predictor.update(workshop.board, workshop.shop, workshop.now);
    const daemon::Sight sight{workshop.board, workshop.shop, day.predictor, workshop.now};
    const auto live = LiveView::make("workshop");
    live->look(sight);
    CHECK(live->look(sight).empty());
    REQUIRE(workshop.say("130", Correct{.order = "R10500", .model = "Polo"}) == "ok");
    const auto change = live->look(sight);
    CHECK(change.at("rows").at("jobs").at("put").as_array().size() == 1);
}
