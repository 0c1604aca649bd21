// What the shop learns from its own work: §5 predictions and §6 standard times.
#include "board/core/item_times.hpp"

#include "board/core/prediction.hpp"
#include "board/core/prediction_chance.hpp"
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

Job finished(int number, int worked, std::vector<Item> items) {
    Job job;
    job.order = "R" + std::to_string(number);
    job.state = JobState::delivered;
    job.delivered_at = at_minute(number);
    job.worked_minutes = worked;
    job.items = std::move(items);
    return job;
}

Job waiting_for(const std::string& code, int minutes) {
    Job job;
    job.order = "NEW";
    job.items = {{.code = code, .name = "x", .minutes = minutes}};
    return job;
}

}  // namespace

TEST_CASE("§6 after thirty finished jobs of an item the shop's own p80 replaces the catalogue", "[item_times]") {
    Shop shop = small_shop();
    Board board;
    for (int i = 1; i <= 29; ++i) board.item_times.learn(finished(i, 30 + i, {{.code = "M-OIL", .minutes = 30}}));
    const Item item{.code = "M-OIL", .name = "x", .minutes = 30};
    CHECK(plan_of(board, shop, item).minutes == 30);
    CHECK(plan_of(board, shop, item).jobs == 0);
    board.item_times.learn(finished(30, 60, {{.code = "M-OIL", .minutes = 30}}));
    CHECK(plan_of(board, shop, item).minutes == 54);  // 24 of 30 took no longer
    CHECK(plan_of(board, shop, item).jobs == 30);
    CHECK(own_work(board, shop, waiting_for("M-OIL", 30), opening).planned == 54);
    // Minutes that the desk wrote by hand stand.
    CHECK(plan_of(board, shop, {.code = "M-OIL", .name = "x", .minutes = 45}).minutes == 45);
    CHECK(plan_of(board, shop, {.code = "", .name = "x", .minutes = 45}).jobs == 0);
}

TEST_CASE("§6 a job's minutes are shared out by standard minutes; declined work took none", "[item_times]") {
    ItemTimes times;
    times.learn(finished(1, 90,
                         {{.code = "A", .minutes = 20},
                          {.code = "B", .minutes = 40},
                          {.code = "C", .minutes = 30, .consent = Consent::declined}}));
    CHECK(times.find("A")->minutes == std::vector{30});
    CHECK(times.find("B")->minutes == std::vector{60});
    CHECK(times.find("B")->ratios == std::vector{1500});
    CHECK(times.find("C") == nullptr);
    CHECK(times.all.minutes == std::vector{90});
}

TEST_CASE("§6 jobs that say nothing are left out: not worked on, no standard, a forgotten clock", "[item_times]") {
    ItemTimes times;
    times.learn(finished(1, 0, {{.code = "A", .minutes = 20}}));
    times.learn(finished(2, 20, {{.code = "A", .minutes = 0}}));
    times.learn(finished(3, 20 * 11, {{.code = "A", .minutes = 20}}));
    CHECK(times == ItemTimes{});
}

TEST_CASE("§6 the record is bounded: the newest jobs of the newest codes", "[item_times][limits]") {
    ItemTimes times;
    for (int i = 1; i <= static_cast<int>(max_item_samples) + 50; ++i)
        times.learn(finished(i, i, {{.code = "A", .minutes = 200}}));
    CHECK(times.find("A")->samples.size() == max_item_samples);
    CHECK(times.find("A")->minutes.front() == 51);
    CHECK(times.all.samples.size() == max_item_samples);
    for (int i = 0; i <= static_cast<int>(max_item_codes); ++i)
        times.learn(finished(1000 + i, 10, {{.code = "X" + std::to_string(i), .minutes = 10}}));
    CHECK(times.codes.size() == max_item_codes);
    CHECK(times.find("A") == nullptr);
    CHECK(times.find("X0") == nullptr);
    CHECK(times.find("X1") != nullptr);
}

TEST_CASE("§6 delivery teaches, undo unteaches, and a replay has learned the same", "[item_times]") {
    Workshop w;
    w.bring("R1", JobState::assigned);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "oil", .minutes = {30}, .code = "M-OIL"}) == "ok");
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    w.now = at_minute(36);
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    CHECK(w.board.item_times.find("M-OIL") == nullptr);
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    CHECK(w.board.item_times.find("M-OIL")->minutes == std::vector{36});
    CHECK(w.replayed() == w.board);
    REQUIRE(w.say("130", Undo{.order = "R1"}) == "ok");
    CHECK(w.board.item_times.find("M-OIL") == nullptr);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§6 percentiles are values that were seen", "[item_times]") {
    const std::vector<int> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(percentile(ten, 80) == 8);
    CHECK(percentile(ten, 50) == 5);
    CHECK(percentile(ten, 100) == 10);
    CHECK(percentile(ten, 0) == 1);
    CHECK(percentile({}, 80) == 0);
}

TEST_CASE("§5 the chance to make the promise follows the spread of past jobs", "[chance]") {
    std::vector<int> spread;
    for (int i = 0; i < 100; ++i) spread.push_back(505 + 10 * i);  // 0.505 to 1.495
    struct Case {
        OwnWork work;
        int other;
        int available;
        int percent;
    };
    const auto c = GENERATE(values<Case>({
        {{.standard = 100, .planned = 100, .clocked = 0, .remaining = 100}, 0, 100, 50},
        {{.standard = 100, .planned = 100, .clocked = 0, .remaining = 100}, 0, 125, 74},
        {{.standard = 100, .planned = 100, .clocked = 0, .remaining = 100}, 0, 200, 99},
        {{.standard = 100, .planned = 100, .clocked = 0, .remaining = 100}, 0, 10, 1},
        {{.standard = 100, .planned = 100, .clocked = 0, .remaining = 100}, 0, 0, 0},     // the promise has passed
        {{.standard = 100, .planned = 100, .clocked = 100, .remaining = 5}, 0, 25, 50},   // given 100 were not enough
        {{.standard = 100, .planned = 100, .clocked = 160, .remaining = 5}, 10, 15, 67},  // longer than any before
        {{.standard = 100, .planned = 100, .clocked = 160, .remaining = 5}, 10, 14, 33},
        {{.standard = 100, .planned = 100, .clocked = 90, .remaining = 0}, 20, 20, 50},  // finished: the steps vary
    }));
    CHECK(chance_of(spread, c.work, c.other, c.available) == c.percent);
}

TEST_CASE("§5 more time never lowers the chance, and an honest promise has it", "[chance]") {
    const Board board;
    const auto spread = spread_of(board, small_shop(), Job{});
    const OwnWork work{.standard = 60, .planned = 60, .clocked = 10, .remaining = 50};
    int before = 0;
    for (int available = 0; available < 200; ++available) {
        const int chance = chance_of(spread, work, 30, available);
        REQUIRE(chance >= before);
        before = chance;
    }
    const int honest = minutes_for(spread, work, 30, honest_chance);
    CHECK(honest >= 50 + 30);
    CHECK(chance_of(spread, work, 30, honest) >= 75);
}

TEST_CASE("§5 the chance given when work began stays with the job", "[chance]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(w.job("R1").chance.value_or(0) >= 50);
    const auto first = w.job("R1").chance;
    REQUIRE(w.say("101", Pause{.order = "R1"}) == "ok");
    w.now = at_minute(100);
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    CHECK(w.job("R1").chance == first);
}
