// What the hand-over puts on record, and what can still be said afterwards.
#include "board/core/verdict.hpp"
#include "tests/core/added_work.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

using std::chrono::hours;

/// R1 delivered so many minutes after its promise (120 minutes after opening).
Workshop delivered(int minutes_after) {
    Workshop w;
    w.bring("R1", JobState::ready);
    w.now = at_minute(120 + minutes_after);
    REQUIRE(w.say("130", Deliver{.order = "R1", .amount = Amount{128050}}) == "ok");
    return w;
}

const GiveExcuse signed_cause{.order = "R1", .cause = "客户中途取走车辆", .signature = "form 17"};

std::string verdict_of(const Workshop& w) {
    const auto ruling = ruling_of(w.job("R1"));
    return ruling ? name(ruling->verdict) + (ruling->pending ? " pending" : "") : "none";
}

}  // namespace

TEST_CASE("§4 the hand-over stamps rule, moment, promises, verdict and amount once", "[settle]") {
    Workshop w = delivered(1);
    const auto stamp = w.job("R1").settlement;
    REQUIRE(stamp);
    CHECK(*stamp == Settlement{.rule = verdict_rule,
                               .settled_at = at_minute(121),
                               .original_promise = at_minute(120),
                               .promise = at_minute(120),
                               .verdict = Verdict::late,
                               .pending = false,
                               .amount = 128050});
    w.now += hours{20};
    REQUIRE(w.say("130", signed_cause) == "ok");
    REQUIRE(w.say("160", DecideExcuse{.order = "R1"}) == "ok");
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .late = true}) == "ok");
    CHECK(w.job("R1").settlement == stamp);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§4 changing a setting never changes a past verdict", "[settle]") {
    Workshop w = delivered(10);
    const Job before = w.job("R1");
    w.shop.delay_notice = minutes{500};
    w.shop.default_inspection_level = 3;
    w.shop.people.clear();
    CHECK(w.job("R1") == before);
    CHECK(verdict_of(w) == "late");
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§3 the stamp holds the promise that counts and the one first given", "[settle]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    add_work(w, "R1");
    REQUIRE(w.say("130", Repromise{.order = "R1",
                                   .to = at_minute(150),
                                   .reason = DelayReason::added_work,
                                   .who = "王先生",
                                   .how = ContactHow::phone}) == "ok");
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    w.now = at_minute(150);
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    const auto& stamp = w.job("R1").settlement;
    CHECK(stamp->original_promise == at_minute(120));
    CHECK(stamp->promise == at_minute(150));
    CHECK(stamp->verdict == Verdict::on_time);
    CHECK_FALSE(stamp->amount);
}

TEST_CASE("§4 a hand-over of an old journal gets its verdict from the job", "[settle]") {
    struct Case {
        int minutes_after;
        Verdict verdict;
    };
    const auto c = GENERATE(values<Case>({{0, Verdict::on_time}, {1, Verdict::late}}));
    Workshop w = delivered(c.minutes_after);
    w.journal.back().fact = Delivered{};  // as it was written before the stamp existed
    const Board again = w.replayed();
    const auto& stamp = again.find("R1")->settlement;
    REQUIRE(stamp);
    CHECK(stamp->verdict == c.verdict);
    CHECK(stamp->promise == at_minute(120));
    CHECK(stamp->settled_at == at_minute(120 + c.minutes_after));
    CHECK_FALSE(stamp->amount);
}

TEST_CASE("§4 an excuse is recorded before the hand-over", "[settle]") {
    Workshop w;
    w.bring("R1", JobState::washing);
    REQUIRE(w.say("130", signed_cause) == "ok");
    CHECK(w.say("160", DecideExcuse{.order = "R1"}) == "not-from-here");
    CHECK(verdict_of(w) == "none");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    w.now = at_minute(130);
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    CHECK(w.job("R1").settlement->verdict == Verdict::excused);
    CHECK(w.job("R1").settlement->pending);
    CHECK(verdict_of(w) == "excused pending");
}

TEST_CASE("§4 an excuse is recorded after the hand-over, and waits for the manager", "[settle]") {
    Workshop w = delivered(10);
    CHECK(verdict_of(w) == "late");
    w.now += excuse_window;
    REQUIRE(w.say("130", signed_cause) == "ok");
    CHECK(w.say("130", signed_cause) == "same");
    CHECK(verdict_of(w) == "excused pending");
    SECTION("accepted") {
        REQUIRE(w.say("160", DecideExcuse{.order = "R1"}) == "ok");
        CHECK(w.say("160", DecideExcuse{.order = "R1"}) == "same");
        CHECK(verdict_of(w) == "excused");
    }
    SECTION("rejected, and then accepted after all") {
        REQUIRE(w.say("160", DecideExcuse{.order = "R1", .decision = ExcuseDecision::rejected}) == "ok");
        CHECK(verdict_of(w) == "late");
        CHECK(w.say("130", GiveExcuse{.order = "R1", .cause = "another", .signature = "form 18"}) == "not-from-here");
        REQUIRE(w.say("160", DecideExcuse{.order = "R1"}) == "ok");
        CHECK(verdict_of(w) == "excused");
    }
    SECTION("accepted, and the customer says late") {
        REQUIRE(w.say("160", DecideExcuse{.order = "R1"}) == "ok");
        REQUIRE(w.say("150", LogCallBack{.order = "R1", .late = true}) == "ok");
        CHECK(verdict_of(w) == "late");
    }
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§4 an excuse that helps nobody is refused with the reason", "[settle]") {
    Workshop w = delivered(0);
    CHECK(w.say("130", signed_cause) == "not-from-here");
    CHECK_THAT(w.sentence, Catch::Contains("was on time"));
    w = delivered(1);
    CHECK(w.say("160", DecideExcuse{.order = "R1"}) == "not-from-here");
    CHECK(w.say("130", GiveExcuse{.order = "R1", .cause = "", .signature = "x"}) == "value-missing");
    CHECK(w.say("130", GiveExcuse{.order = "R1", .cause = "x", .signature = ""}) == "value-missing");
    CHECK(w.say("130", GiveExcuse{.order = "R1", .cause = "x\n", .signature = "y"}) == "value-bad");
    w.now += excuse_window + seconds{1};
    CHECK(w.say("130", signed_cause) == "not-from-here");
    CHECK_THAT(w.sentence, Catch::Contains("within 24 hours"));
}

TEST_CASE("§4 only relations or a manager take back that a customer called it late", "[settle]") {
    Workshop w = delivered(0);
    REQUIRE(w.say("130", LogCallBack{.order = "R1", .late = true}) == "ok");
    w.now += minutes{10};
    CHECK(w.say("130", LogCallBack{.order = "R1"}) == "not-permitted");
    CHECK(verdict_of(w) == "late");
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .text = "meant another visit"}) == "ok");
    CHECK(verdict_of(w) == "on_time");
}

TEST_CASE("undo of a hand-over takes the stamp back, and the next one stamps anew", "[settle]") {
    Workshop w = delivered(0);
    w.now += seconds{30};
    REQUIRE(w.say("130", Undo{.order = "R1"}) == "ok");
    CHECK_FALSE(w.job("R1").settlement);
    w.now = at_minute(140);
    REQUIRE(w.say("130", Deliver{.order = "R1", .amount = Amount{100}}) == "ok");
    CHECK(w.job("R1").settlement->verdict == Verdict::late);
    CHECK(w.job("R1").settlement->amount == 100);
    CHECK(w.replayed() == w.board);
}

TEST_CASE("a correction mends the amount and never the verdict", "[settle]") {
    Workshop w = delivered(1);
    REQUIRE(w.say("130", Correct{.order = "R1", .amount = Amount{99900}}) == "ok");
    CHECK(w.say("130", Correct{.order = "R1", .amount = Amount{99900}}) == "same");
    CHECK(w.job("R1").settlement->amount == 99900);
    CHECK(w.say("130", Correct{.order = "R1", .promise = at_minute(200)}) == "not-from-here");
    CHECK(w.say("130", Correct{.order = "R1", .amount = Amount{-1}}) == "value-bad");
    CHECK(w.say("130", Correct{.order = "R1", .amount = Amount{max_amount + 1}}) == "value-bad");
    CHECK(verdict_of(w) == "late");
    w.bring("R2", JobState::waiting);
    CHECK(w.say("130", Correct{.order = "R2", .amount = Amount{1}}) == "not-from-here");
}

TEST_CASE("§4 each person confirms a day once, and again when it was not over yet in the shop's zone", "[settle]") {
    Workshop w;  // 2026-11-21 in the shop, 01:00 UTC
    w.shop.calendar = Calendar(Zone{{{.from = {}, .east = minutes(480)}}});
    const Date yesterday = std::chrono::year{2026} / 11 / 20;
    REQUIRE(w.say("160", ConfirmDay{.day = yesterday}) == "ok");
    CHECK(w.say("160", ConfirmDay{.day = yesterday}) == "same");
    w.now = at_minute(5);
    REQUIRE(w.say("150", ConfirmDay{.day = yesterday}) == "ok");
    CHECK(w.board.days_read.at(yesterday) == std::map<std::string, Instant>{{"150", at_minute(5)}, {"160", opening}});
    CHECK(w.journal.back().order.empty());
    const Date today = std::chrono::year{2026} / 11 / 21;
    REQUIRE(w.say("160", ConfirmDay{.day = today}) == "ok");
    CHECK(w.say("160", ConfirmDay{.day = today}) == "same");
    const Date tomorrow = std::chrono::year{2026} / 11 / 22;
    w.now = at_minute(15 * 60 - 1);  // 23:59 in the shop
    CHECK(w.say("160", ConfirmDay{.day = today}) == "ok");
    CHECK(w.say("160", ConfirmDay{.day = tomorrow}) == "value-bad");
    CHECK(w.sentence.find("not begun") != std::string::npos);
    w.now = at_minute(15 * 60 + 5);
    CHECK(w.say("160", ConfirmDay{.day = today}) == "ok");
    CHECK(w.board.days_read.at(today).at("160") == w.now);
    w.now = at_minute(15 * 60 + 50);
    CHECK(w.say("160", ConfirmDay{.day = today}) == "same");
    CHECK(w.say("160", ConfirmDay{.day = Date{std::chrono::year{2025} / 11 / 1}}) == "value-bad");
    CHECK(w.say("160", ConfirmDay{.day = Date{std::chrono::year{2026} / 2 / 30}}) == "value-bad");
    CHECK(w.say("130", ConfirmDay{.day = yesterday}) == "not-permitted");
    CHECK(w.replayed() == w.board);
}
