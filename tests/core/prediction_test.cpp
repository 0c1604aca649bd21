// When each car will be ready: §5 "now + remaining standard minutes of this job + the steps still to come + the queue
// ahead of it on its bay, counting only working time of the calendar".
#include "board/core/prediction.hpp"

#include "tests/core/random_day.hpp"
#include "tests/core/workshop.hpp"
#include "tests/support/effort.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using namespace std::chrono_literals;

namespace {

/// Inspections take 10 minutes each, the wash 20, unfinished work at least 5.
struct Day : Workshop {
    void take_in(const std::string& order, int minutes_of_work, bool wash = false) {
        REQUIRE(say("130", Receive{.order = order,
                                   .plate = "沪A12345",
                                   .model = "朗逸",
                                   .type = RepairType::maintenance,
                                   .promise = at_minute(300),
                                   .items = std::vector<Item>{{.name = "work", .minutes = minutes_of_work}},
                                   .wash = wash}) == "ok");
    }
    void put_in(const std::string& order, int minutes_of_work, const std::string& bay, bool wash = false) {
        take_in(order, minutes_of_work, wash);
        REQUIRE(say("120", Assign{.order = order, .bay = bay}) == "ok");
    }
    void start(const std::string& order, const std::string& who = "101") {
        REQUIRE(say(who, Start{.order = order}) == "ok");
    }
    Prediction of(const std::string& order) const {
        const auto all = predict(board, shop, now);
        REQUIRE(all.find(order) != nullptr);
        return *all.find(order);
    }
    /// Minutes after opening at which the car will be ready.
    int ready(const std::string& order) const {
        return static_cast<int>(std::chrono::duration_cast<minutes>(of(order).ready - opening).count());
    }
};

/// 08:00 to 12:00 and 13:00 to 17:30 in Shanghai, every day but Sunday. The tests' opening is 09:00 of a Saturday.
Calendar office_calendar() {
    OpeningHours hours;
    for (std::size_t day = 1; day < 7; ++day) hours.weekdays[day] = {{8h, 12h}, {13h, 17h + 30min}};
    return Calendar(Zone{.offsets = {{.from = Instant{}, .east = 8h}}}, hours);
}

std::vector<std::pair<Stage, int>> legs(const Prediction& prediction) {
    std::vector<std::pair<Stage, int>> out;
    for (const auto& leg : prediction.legs) out.emplace_back(leg.stage, leg.minutes);
    return out;
}

}  // namespace

TEST_CASE("§5 remaining work, inspection and wash follow one another from now", "[prediction]") {
    Day day;
    day.put_in("R1", 40, "1", true);
    CHECK(day.ready("R1") == 40 + 10 + 20);
    day.start("R1");
    day.now = at_minute(30);
    CHECK(day.ready("R1") == 40 + 10 + 20);  // the clock runs, the prediction stays
    CHECK(day.of("R1").work == OwnWork{.standard = 40, .planned = 40, .clocked = 30, .remaining = 10});
    CHECK(legs(day.of("R1")) ==
          std::vector<std::pair<Stage, int>>{{Stage::work, 10}, {Stage::inspection, 10}, {Stage::wash, 20}});
    day.now = at_minute(60);
    CHECK(day.ready("R1") == 60 + 5 + 10 + 20);  // longer than standard: the floor
    REQUIRE(day.say("101", Finish{.order = "R1"}) == "ok");
    day.now = at_minute(64);
    CHECK(day.ready("R1") == 60 + 10 + 20);
    day.now = at_minute(75);
    CHECK(day.ready("R1") == 75 + 1 + 20);  // an inspection that should be over
    REQUIRE(day.say("140", Inspect{.order = "R1", .passed = true}) == "ok");
    day.now = at_minute(80);
    CHECK(day.ready("R1") == 75 + 20);
    REQUIRE(day.say("101", Wash{.order = "R1"}) == "ok");
    CHECK(predict(day.board, day.shop, day.now).find("R1") == nullptr);
}

TEST_CASE("§5 levels, wash and floor are the shop's own", "[prediction]") {
    Day day;
    day.shop.prediction = {.inspection_2 = 7min, .inspection_3 = 12min, .wash = 30min, .floor = 9min};
    day.shop.default_inspection_level = 3;
    day.put_in("R1", 4, "1", true);
    CHECK(day.ready("R1") == 9 + 7 + 12 + 30);
    CHECK(day.of("R1").legs.at(2).level == 3);
}

TEST_CASE("§5 a pause stops the work but not the time", "[prediction]") {
    Day day;
    day.put_in("R1", 40, "1");
    day.start("R1");
    day.now = at_minute(10);
    REQUIRE(day.say("101", Pause{.order = "R1", .reason = PauseReason::parts}) == "ok");
    day.now = at_minute(50);
    CHECK(day.ready("R1") == 50 + 30 + 10);
}

TEST_CASE("§5 the queue ahead on the bay counts, also the one that stands in it", "[prediction]") {
    Day day;
    day.put_in("R1", 40, "1");
    day.put_in("R2", 30, "1");
    day.put_in("R3", 20, "1");
    day.put_in("R4", 20, "2");
    day.start("R1");
    day.now = at_minute(10);
    CHECK(day.ready("R1") == 40 + 10);
    CHECK(day.ready("R2") == 40 + 30 + 10);
    CHECK(day.ready("R3") == 40 + 30 + 20 + 10);
    CHECK(day.ready("R4") == 10 + 20 + 10);
    CHECK(day.of("R3").legs.front() ==
          Leg{.stage = Stage::queue, .minutes = 60, .from = at_minute(10), .to = at_minute(70)});
}

TEST_CASE("§5 jobs without a bay go where their kind is free first, in the order of dispatch", "[prediction]") {
    Day day;
    day.shop.bays = {{.id = "1", .kind = BayKind::general},
                     {.id = "2", .kind = BayKind::general},
                     {.id = "B", .kind = BayKind::body},
                     {.id = "W", .kind = BayKind::wash}};
    day.shop.standard_times["SG"] = {.code = "SG", .name = "钣金", .minutes = 60, .kind = BayKind::body};
    day.put_in("R1", 50, "1");
    day.put_in("R2", 20, "2");
    day.take_in("R3", 15);
    day.take_in("R4", 10);
    CHECK(day.of("R3").bay == "2");
    CHECK(day.ready("R3") == 20 + 15 + 10);
    CHECK(day.of("R4").bay == "2");
    CHECK(day.ready("R4") == 20 + 15 + 10 + 10);
    REQUIRE(day.say("130", Receive{.order = "R5",
                                   .plate = "沪A12345",
                                   .model = "x",
                                   .type = RepairType::repair,
                                   .promise = at_minute(90),
                                   .items = std::vector<Item>{{.code = "SG"}},
                                   .wash = false}) == "ok");
    CHECK(day.of("R5").bay == "B");
    // An earlier promise overtakes in the suggested order.
    REQUIRE(day.say("130", Receive{.order = "R6",
                                   .plate = "沪A12345",
                                   .model = "x",
                                   .type = RepairType::repair,
                                   .promise = at_minute(60),
                                   .items = std::vector<Item>{{.name = "y", .minutes = 5}},
                                   .wash = false}) == "ok");
    CHECK(day.ready("R6") == 20 + 5 + 10);
    CHECK(day.ready("R3") == 20 + 5 + 15 + 10);
}

TEST_CASE("§5 the wash has its own queue: as many at a time as there are wash bays", "[prediction]") {
    Day day;
    day.put_in("R1", 10, "1", true);
    day.put_in("R2", 12, "2", true);
    day.put_in("R3", 14, "3", true);
    CHECK(day.ready("R1") == 10 + 10 + 20);
    CHECK(day.ready("R2") == 40 + 20);
    CHECK(day.ready("R3") == 60 + 20);
    CHECK(legs(day.of("R2")).at(2) == std::pair(Stage::wash_queue, 18));
    day.shop.bays.push_back({.id = "W2", .kind = BayKind::wash});
    CHECK(day.ready("R2") == 12 + 10 + 20);
    CHECK(day.ready("R3") == 40 + 20);
}

TEST_CASE("§5 only working time of the calendar counts", "[prediction]") {
    Day day;
    day.shop.calendar = office_calendar();
    day.now = at_minute(150);  // 11:30
    day.put_in("R1", 60, "1");
    day.put_in("R2", 240, "1");
    CHECK(day.ready("R1") == 180 + 60 + 30 + 10);  // 12:00, the break, the rest after it
    const int monday = 2 * 1440 - 60;              // 08:00
    CHECK(day.ready("R2") == monday + 300 - 30 - 270 + 10);
    day.start("R1");
    day.now = at_minute(245);  // nobody clocked off for lunch
    CHECK(day.of("R1").work.clocked == 35);
    day.now = at_minute(15 * 60);  // midnight
    CHECK(day.of("R2").legs.back().from == day.shop.calendar.next_open(day.of("R2").legs.back().from));
}

TEST_CASE("§5 open consents count when the shop says so, declined work never", "[prediction]") {
    Day day;
    day.put_in("R1", 40, "1");
    day.start("R1");
    REQUIRE(day.say("101", AddWork{.order = "R1", .name = "brakes", .minutes = {30}}) == "ok");
    CHECK(day.ready("R1") == 40 + 30 + 10);
    day.shop.prediction.open_consents = false;
    CHECK(day.ready("R1") == 40 + 10);
    REQUIRE(day.say("130", GiveConsent{.order = "R1", .item = 2, .declined = true, .who = "王"}) == "ok");
    day.shop.prediction.open_consents = true;
    CHECK(day.ready("R1") == 40 + 10);
}

TEST_CASE("§5 an order without items counts as the shop says", "[prediction]") {
    Day day;
    day.receive("R1");
    REQUIRE(day.say("120", Assign{.order = "R1", .bay = "1"}) == "ok");
    CHECK(day.ready("R1") == 60 + 10 + 20);
    CHECK(day.of("R1").spare == 120 - 90);
}

TEST_CASE("§5 a booking has no prediction before the car is here", "[prediction]") {
    Day day;
    day.bring("R1", JobState::booked);
    CHECK(predict(day.board, day.shop, day.now).jobs.empty());
}

TEST_CASE("§5 a shop without bays predicts as if one were free", "[prediction]") {
    Day day;
    day.shop.bays.clear();
    day.take_in("R1", 30);
    CHECK(day.ready("R1") == 40);
    CHECK(day.of("R1").bay.empty());
}

TEST_CASE("§5 what an event touches is recomputed, and no more", "[prediction]") {
    Day day;
    for (int i = 0; i < 30; ++i) day.put_in("R" + std::to_string(100 + i), 10 + i, std::to_string(1 + i % 3));
    Predictor predictor;
    CHECK(predictor.update(day.board, day.shop, day.now) == predict(day.board, day.shop, day.now));
    CHECK(predictor.recomputed() == 30);
    predictor.update(day.board, day.shop, day.now + 59s);
    CHECK(predictor.recomputed() == 0);
    REQUIRE(day.say("130", LogContact{.order = "R105", .who = "王"}) == "ok");
    predictor.update(day.board, day.shop, day.now);
    CHECK(predictor.recomputed() == 1);
    REQUIRE(day.say("120", Unassign{.order = "R127"}) == "ok");  // the last of its bay
    CHECK(predictor.update(day.board, day.shop, day.now) == predict(day.board, day.shop, day.now));
    CHECK(predictor.recomputed() == 1);
}

TEST_CASE("§5 a later time that somebody said lowers the chance and leaves the sum alone", "[prediction]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    const auto one = [&w] { return *predict(w.board, w.shop, w.now).find("R1"); };
    const auto before = one();
    REQUIRE(before.chance > 50);
    REQUIRE(w.say("130", Estimate{.order = "R1", .to = before.ready}) == "ok");
    CHECK(one() == before);
    REQUIRE(w.say("101", SayLate{.minutes = {60}, .reason = DelayReason::parts}) == "ok");
    CHECK(one().ready == before.ready);
    CHECK(one().spare == before.spare);
    CHECK(one().legs == before.legs);
    const int late = one().chance;
    CHECK(late < before.chance);
    w.now += minutes{2};
    REQUIRE(w.say("101", SayLate{.minutes = {60}, .reason = DelayReason::parts}) == "ok");
    CHECK(one().chance < late);
}

TEST_CASE("§5 kept up step by step or made at once, predictions are the same", "[prediction][model]") {
    for (const std::uint64_t seed : {3u, 8u, 21u}) {
        RandomDay day(seed);
        const Workshop& workshop = day.workshop;
        day.workshop.shop.calendar = office_calendar();
        day.workshop.shop.prediction.learn_after = 3;
        Predictor predictor;
        std::size_t most = 0;
        for (int i = 0; i < support::effort(4000); ++i) {
            day.step();
            const auto& kept = predictor.update(workshop.board, workshop.shop, workshop.now);
            REQUIRE(kept == predict(workshop.board, workshop.shop, workshop.now));
            most = std::max(most, kept.jobs.size());
        }
        CHECK(most >= 5);
    }
}
