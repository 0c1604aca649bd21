// §3 the promise is prefilled from standard times, queue and calendar; §6 items by code.
#include "board/core/quote.hpp"

#include "board/core/calibration.hpp"
#include "board/core/prediction_chance.hpp"
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

Receive walk_in(const std::string& order, std::optional<Instant> promise) {
    return {.order = order,
            .plate = "沪A12345",
            .model = "朗逸",
            .type = RepairType::maintenance,
            .promise = promise,
            .items = std::vector<Item>{{.code = "M-OIL"}}};
}

const Received& received(const Workshop& w) {
    return std::get<Received>(w.journal.back().fact);
}

Job oil_change() {
    Job job;
    job.order = "new";
    job.items = {{.code = "M-OIL", .name = "更换机油", .minutes = 30}};
    return job;
}

}  // namespace

TEST_CASE("§3 a promise that nobody names is the earliest honest one", "[quote]") {
    Workshop w;
    const auto honest = quote(w.board, w.shop, oil_change(), w.now).honest;
    REQUIRE(w.say("130", walk_in("R1", std::nullopt)) == "ok");
    CHECK(received(w).prefilled);
    CHECK(received(w).promise == honest);
    CHECK(w.job("R1").promise == honest);
    CHECK(honest >= at_minute(30 + 10 + 20));
    CHECK((honest.time_since_epoch() % promise_step).count() == 0);
    CHECK(predict(w.board, w.shop, w.now).find("R1")->chance >= 75);
}

TEST_CASE("§3 a promise that cannot be met is taken all the same, and the fact names the earliest honest one",
          "[quote]") {
    Workshop w;
    REQUIRE(w.say("130", walk_in("R1", at_minute(20))) == "ok");
    CHECK_FALSE(received(w).prefilled);
    CHECK(w.job("R1").promise == at_minute(20));
    CHECK(received(w).earliest.value_or(opening) > at_minute(20));
}

TEST_CASE("§3 a longer queue makes a later honest promise", "[quote]") {
    Workshop w;
    auto before = quote(w.board, w.shop, oil_change(), w.now).honest;
    for (int i = 1; i <= 9; ++i) {
        REQUIRE(w.say("130", walk_in("R" + std::to_string(i), at_minute(300))) == "ok");
        const auto now = quote(w.board, w.shop, oil_change(), w.now).honest;
        CHECK(now >= before);
        before = now;
    }
    CHECK(before >= at_minute(9 * 20));  // one wash bay
}

TEST_CASE("§3 a car that comes later waits for today's queue only as far as it reaches", "[quote]") {
    Workshop w;
    for (int i = 1; i <= 6; ++i) REQUIRE(w.say("130", walk_in("R" + std::to_string(i), at_minute(300))) == "ok");
    auto later = oil_change();
    later.appointment_at = at_minute(24 * 60);
    const auto one = quote(w.board, w.shop, later, w.now);
    CHECK(one.prediction.ready >= *later.appointment_at + minutes(30 + 10 + 20));
    CHECK(one.honest >= one.prediction.ready);
}

TEST_CASE("§3 a booked promise that cannot be met names the earliest honest one", "[quote]") {
    Workshop w;
    w.bring("R1", JobState::booked);  // comes at minute 60
    REQUIRE(w.say("130", SetPromise{.order = "R1", .to = at_minute(70)}) == "ok");
    CHECK(std::get<PromiseSet>(w.journal.back().fact).earliest.value_or(opening) > at_minute(70));
}

TEST_CASE("§6 items are quoted by code or as name and minutes; what is in no catalogue is refused", "[quote]") {
    const Workshop w;
    Job job;
    job.order = "new";
    job.items = {{.code = "M-OIL"}, {.name = "wipers", .minutes = 10}};
    const auto told = quote_named(w.board, w.shop, job, w.now);
    REQUIRE(std::holds_alternative<Quote>(told));
    CHECK(std::get<Quote>(told).prediction.work.planned == 40);
    job.items = {{.code = "NO-SUCH"}};
    CHECK(std::holds_alternative<Rejection>(quote_named(w.board, w.shop, job, w.now)));
}
