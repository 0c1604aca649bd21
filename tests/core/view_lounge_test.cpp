// What the customer sees.
#include "tests/core/added_work.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

std::vector<std::string> ids(const LoungeView& view) {
    std::vector<std::string> out;
    for (const auto& row : view.rows) out.push_back(row.id);
    return out;
}

std::string id_of(const Workshop& w, const char* order) {
    return std::to_string(w.job(order).first_seq);
}

LoungeView look(const Workshop& w) {
    return lounge_view(w.board, w.shop, w.now);
}

}  // namespace

TEST_CASE("an empty workshop has a name and no rows", "[view][lounge]") {
    const Workshop w;
    CHECK(look(w) == LoungeView{.shop = "城西服务站"});
}

TEST_CASE("a row tells step, bay, work and promise, but not whose car it is", "[view][lounge]") {
    Workshop w;
    REQUIRE(w.say("130", Receive{.order = "R1",
                                 .plate = "沪A712K8",
                                 .model = "途观L",
                                 .type = RepairType::first_service,
                                 .promise = at_minute(60),
                                 .customer = "王建国",
                                 .phone = "13800001111",
                                 .items = std::vector<Item>{{.name = "首保", .minutes = 40}}}) == "ok");
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "3"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    REQUIRE(w.say("101", Pause{.order = "R1", .reason = PauseReason::parts}) == "ok");
    const LoungeRow expected{.id = "1",
                             .plate = "沪A·7**K8",
                             .model = "途观L",
                             .work = "首保",
                             .type = RepairType::first_service,
                             .bay = "3号工位",
                             .step = Step::repair,
                             .paused_for = PauseReason::parts,
                             .promise = at_minute(60),
                             .expected = at_minute(60)};
    CHECK(look(w).rows == std::vector{expected});
}

TEST_CASE("ready cars come first, then by promise and arrival, the delivered last", "[view][lounge]") {
    Workshop w;
    const auto receive = [&w](const char* order, int promise) {
        REQUIRE(w.say("130", Receive{.order = order,
                                     .plate = "沪A12345",
                                     .model = "x",
                                     .type = RepairType::repair,
                                     .promise = at_minute(promise)}) == "ok");
    };
    w.bring("D1", JobState::delivered);
    w.bring("B1", JobState::booked);
    w.bring("N1", JobState::no_show);
    w.bring("C1", JobState::cancelled);
    receive("R1", 90);
    receive("R2", 30);
    receive("R3", 90);
    w.bring("Y1", JobState::ready);
    w.now = at_minute(5);
    w.bring("Y2", JobState::ready);
    CHECK(ids(look(w)) ==
          std::vector{id_of(w, "Y1"), id_of(w, "Y2"), id_of(w, "R2"), id_of(w, "R1"), id_of(w, "R3"), id_of(w, "D1")});
}

TEST_CASE("a delivered row stays ten minutes and leaves", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::delivered);
    w.now = at_minute(10) - seconds(1);
    REQUIRE(look(w).rows.size() == 1);
    CHECK(look(w).rows.at(0).delivered);
    CHECK(look(w).rows.at(0).step == Step::ready);
    CHECK(next_view_change(w.board, w.shop, w.now) == at_minute(10));
    w.now = at_minute(10);
    CHECK(look(w).rows.empty());
    CHECK(next_view_change(w.board, w.shop, w.now) == std::nullopt);
}

TEST_CASE("a moved time is shown beside the promise, with whether the customer knows", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    const auto row = [&w] { return look(w).rows.at(0); };
    w.shop.reveal_delay = Reveal::at_once;
    CHECK_FALSE(row().moved);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(150), .reason = DelayReason::parts}) == "ok");
    CHECK(row().promise == at_minute(120));
    CHECK(row().expected == at_minute(150));
    CHECK(row().moved);
    CHECK_FALSE(row().told);
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(row().told);
    REQUIRE(w.say("101", Estimate{.order = "R1", .to = at_minute(110)}) == "ok");
    CHECK(row().expected == at_minute(110));
    CHECK_FALSE(row().moved);
    CHECK_FALSE(row().told);
}

TEST_CASE("§5 nobody learns of a delay from a wall: a later time shows once the customer was told", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    const auto row = [&w] { return look(w).rows.at(0); };
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(150), .reason = DelayReason::parts}) == "ok");
    CHECK(row().expected == at_minute(120));
    CHECK_FALSE(row().moved);
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(row().expected == at_minute(150));
    CHECK(row().promise == at_minute(120));
    CHECK(row().moved);
    CHECK(row().told);
    // What was said stands on the wall until the advisor says something else.
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(170), .reason = DelayReason::parts}) == "ok");
    CHECK(row().expected == at_minute(150));
    w.now = at_minute(151);
    CHECK(row().overdue);
    CHECK(next_lounge_change(w.board, w.shop, at_minute(150)) == at_minute(151));
}

TEST_CASE("§5 a call about something else tells no new time", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    w.now = at_minute(110);                // hardly to be done by then
    REQUIRE(predict(w.board, w.shop, w.now).find("R1")->ready > at_minute(120));
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(look(w).rows.at(0).expected == at_minute(120));
    CHECK_FALSE(look(w).rows.at(0).moved);
    // The advisor may name the time that was told.
    CHECK(w.say("130", LogContact{.order = "R1", .who = "王先生", .to = at_minute(90)}) == "value-bad");
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生", .to = at_minute(160)}) == "ok");
    CHECK(look(w).rows.at(0).expected == at_minute(160));
    CHECK(look(w).rows.at(0).told);
    CHECK(w.say("130", LogContact{.order = "R1", .who = "王先生", .to = at_minute(160)}) == "same");
    CHECK(w.say("130", LogContact{.order = "R1", .who = "王先生", .to = at_minute(170)}) == "ok");
}

TEST_CASE("§5 the wall does not call on time what is in doubt", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);  // promised for minute 120
    const auto row = [&w] { return look(w).rows.at(0); };
    CHECK(row().on_track);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(150), .reason = DelayReason::parts}) == "ok");
    CHECK_FALSE(row().on_track);
    CHECK_FALSE(row().moved);
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生", .to = at_minute(150)}) == "ok");
    CHECK(row().on_track);
    CHECK(row().moved);
}

TEST_CASE("§5 the time told is the technician's own word or the prediction, whichever is later", "[view][lounge]") {
    struct Case {
        int said;   ///< by the technician, minutes after opening
        int shown;  ///< after the advisor told the customer
    };
    // One hour of work without items, ten minutes of inspection, twenty of wash: predicted for minute 190.
    const auto c = GENERATE(values<Case>({{150, 190}, {200, 200}}));
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("101", Pause{.order = "R1", .reason = PauseReason::parts}) == "ok");
    w.now = at_minute(100);
    REQUIRE(w.say("101", Estimate{.order = "R1", .to = at_minute(c.said)}) == "ok");
    CHECK(predict(w.board, w.shop, w.now).find("R1")->ready == at_minute(190));
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(look(w).rows.at(0).expected == at_minute(c.shown));
    w.shop.reveal_delay = Reveal::at_once;
    CHECK(look(w).rows.at(0).expected == at_minute(c.shown));
    CHECK(next_lounge_change(w.board, w.shop, w.now) == at_minute(101));
}

TEST_CASE("§5 at night no prediction moves, so nobody is woken", "[view]") {
    Workshop w;
    OpeningHours hours;
    for (auto& day : hours.weekdays) day = {{std::chrono::hours{0}, std::chrono::hours{2}}};  // 00:00 to 02:00 UTC
    w.shop.calendar = Calendar(Zone{}, hours);
    w.bring("R1", JobState::waiting);
    CHECK(next_prediction_change(w.board, w.shop, opening) == at_minute(1));
    const auto night = at_minute(200);
    CHECK(next_prediction_change(w.board, w.shop, night) == at_minute(23 * 60));
    const auto at = [&w](Instant now) { return predict(w.board, w.shop, now).find("R1")->ready; };
    CHECK(at(night) == at(night + std::chrono::hours{10}));
}

TEST_CASE("a valid re-promise is moved and told, until a later estimate", "[view][lounge]") {
    Workshop w;
    w.shop.reveal_delay = Reveal::at_once;
    w.bring("R1", JobState::in_progress);
    add_work(w, "R1");
    const Repromise agreed{.order = "R1", .to = at_minute(160), .reason = DelayReason::added_work, .who = "王先生"};
    REQUIRE(w.say("130", agreed) == "ok");
    auto row = look(w).rows.at(0);
    CHECK(row.promise == at_minute(120));
    CHECK(row.expected == at_minute(160));
    CHECK(row.moved);
    CHECK(row.told);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
    row = look(w).rows.at(0);
    CHECK(row.expected == at_minute(180));
    CHECK(row.moved);
    CHECK_FALSE(row.told);
}

TEST_CASE("a row is overdue from the minute after the time expected, until the car is ready", "[view][lounge]") {
    Workshop w;
    w.bring("R1", JobState::washing);  // promised for minute 120
    w.now = at_minute(120) + seconds(59);
    CHECK_FALSE(look(w).rows.at(0).overdue);
    CHECK(next_view_change(w.board, w.shop, w.now) == at_minute(121));
    w.now = at_minute(121);
    CHECK(look(w).rows.at(0).overdue);
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    const auto row = look(w).rows.at(0);
    CHECK_FALSE(row.overdue);
    CHECK_FALSE(row.moved);
    CHECK(row.expected == at_minute(121));
}

TEST_CASE("guests of the next twelve hours are welcomed until half an hour past their time", "[view][lounge]") {
    Workshop w;
    const auto book = [&w](const char* order, int minute, std::optional<std::string> customer) {
        REQUIRE(w.say("130", Book{.order = order,
                                  .plate = "沪A12345",
                                  .model = "x",
                                  .appointment = at_minute(minute),
                                  .customer = std::move(customer)}) == "ok");
    };
    book("R1", 120, "陈小红女士");
    book("R2", 60, "王建国先生");
    book("R3", 70, std::nullopt);
    book("R4", 13 * 60, "李先生");
    const auto names = [&w] {
        std::string out;
        for (const auto& each : look(w).welcomes) out += each.address + " ";
        return out;
    };
    CHECK(names() == "王先生 陈女士 ");
    w.now = at_minute(60);
    CHECK(names() == "王先生 陈女士 李先生 ");
    w.now = at_minute(90) - seconds(1);
    CHECK(next_view_change(w.board, w.shop, w.now) == at_minute(90));
    w.now = at_minute(90);
    CHECK(names() == "陈女士 李先生 ");
    CHECK(look(w).rows.empty());
}

TEST_CASE("what staff typed into model and work is masked; a firm is not welcomed", "[view][lounge]") {
    Workshop w;
    REQUIRE(w.say("130", Receive{.order = "R1",
                                 .plate = "沪A712K8",
                                 .model = "途观L 沪A·712K8",
                                 .type = RepairType::repair,
                                 .promise = at_minute(60),
                                 .customer = "王建国",
                                 .items = std::vector<Item>{{.name = "换机油 王建国13800001111", .minutes = 40}}}) ==
            "ok");
    CHECK(look(w).rows.at(0).model == "途观L ***");
    CHECK(look(w).rows.at(0).work == "换机油 ******");
    REQUIRE(w.say("130", Book{.order = "R2",
                              .plate = "沪A12345",
                              .model = "x",
                              .appointment = at_minute(60),
                              .customer = "城西物流有限公司"}) == "ok");
    CHECK(look(w).welcomes.empty());
}

TEST_CASE("nothing in the lounge view is a full plate, a name, a phone or an order number", "[view][lounge]") {
    Workshop w;
    for (int i = 0; i < 30; ++i) {
        const std::string order = "ORDER" + std::to_string(i);
        REQUIRE(w.say("130", Receive{.order = order,
                                     .plate = "沪A" + std::to_string(12300 + i),
                                     .model = "x",
                                     .type = RepairType::repair,
                                     .promise = at_minute(60),
                                     .customer = "王建国先生",
                                     .phone = "13800001111"}) == "ok");
    }
    const auto view = look(w);
    REQUIRE(view.rows.size() == 30);
    for (const auto& row : view.rows) {
        const std::string all = row.id + row.plate + row.model + row.work + row.bay;
        CHECK(row.plate.find('*') != std::string::npos);
        for (const char* secret : {"王", "建国", "1380", "ORDER", "沪A123", "沪A·123"}) {
            CHECK(all.find(secret) == std::string::npos);
        }
    }
}
