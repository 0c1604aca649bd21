// Promises and what endangers them (rules §3 and §5), by the minute.
#include "tests/core/added_work.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// R1 is in the workshop, promised for minute 120.
Workshop promised() {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    return w;
}

Repromise agreed(Instant to, DelayReason reason = DelayReason::added_work) {
    return {.order = "R1", .to = to, .reason = reason, .who = "王先生", .how = ContactHow::phone};
}

}  // namespace

TEST_CASE("§3 a new promise counts when added work was agreed to no later than the minute of the old one",
          "[decide][times]") {
    struct Case {
        DelayReason reason;
        Instant at;
        bool counts;
    };
    const auto c = GENERATE(values<Case>({
        {DelayReason::added_work, at_minute(60), true},
        {DelayReason::added_work, at_minute(120), true},
        {DelayReason::added_work, at_minute(120) + seconds(59), true},
        {DelayReason::added_work, at_minute(121), false},
        {DelayReason::parts, at_minute(60), false},
        {DelayReason::customer, at_minute(60), false},
    }));
    CAPTURE(name(c.reason), (c.at - opening).count());
    Workshop w = promised();
    add_work(w, "R1");
    w.now = c.at;
    REQUIRE(w.say("130", agreed(at_minute(180), c.reason)) == "ok");
    const Job& job = w.job("R1");
    CHECK(job.new_times.back().counts == c.counts);
    CHECK(job.original_promise == at_minute(120));
    CHECK(job.promise == (c.counts ? at_minute(180) : at_minute(120)));
    CHECK(job.estimate.has_value() != c.counts);
    CHECK(job.expected() == at_minute(180));
    CHECK(job.told);
}

TEST_CASE("§3 the effective promise is the last one that counts", "[decide][times]") {
    Workshop w = promised();
    w.now = at_minute(60);
    add_work(w, "R1");
    REQUIRE(w.say("130", agreed(at_minute(150))) == "ok");
    w.now = at_minute(130);  // after the original promise, but before the one in force
    add_work(w, "R1");
    REQUIRE(w.say("130", agreed(at_minute(170))) == "ok");
    CHECK(w.job("R1").promise == at_minute(170));
    w.now = at_minute(171);
    REQUIRE(w.say("130", agreed(at_minute(200))) == "ok");
    CHECK(w.job("R1").promise == at_minute(170));
    CHECK(w.job("R1").estimate == at_minute(200));
}

TEST_CASE("§3 the three conditions move a promise, whatever items the order has", "[decide][times]") {
    Workshop w = promised();
    w.now = at_minute(30);
    REQUIRE(w.say("130", agreed(at_minute(150))) == "ok");
    CHECK(w.job("R1").promise == at_minute(150));
    w.now = at_minute(40);
    REQUIRE(w.say("130", agreed(at_minute(180))) == "ok");
    CHECK(w.job("R1").promise == at_minute(180));
    REQUIRE(w.say("130", Undo{.order = "R1"}) == "ok");
    CHECK(w.job("R1").promise == at_minute(150));
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§3 a new promise is checked", "[decide][times]") {
    Workshop w = promised();
    w.now = at_minute(60);
    CHECK(w.say("130", agreed(at_minute(60))) == "value-bad");
    CHECK(w.say("130", agreed(at_minute(60) + std::chrono::hours(9000))) == "value-bad");
    Repromise nobody = agreed(at_minute(180));
    nobody.who.clear();
    CHECK(w.say("130", nobody) == "value-missing");
    CHECK(w.say("130", agreed(at_minute(180))) == "ok");
    w.now += seconds(5);
    CHECK(w.say("130", agreed(at_minute(180))) == "same");
}

TEST_CASE("§3 the promise of a booking can be set again until the car is here", "[decide][times]") {
    Workshop w;
    w.bring("R1", JobState::booked);  // appointment at minute 60, promise at 180
    CHECK(w.say("130", SetPromise{.order = "R1", .to = at_minute(180)}) == "same");
    CHECK(w.say("130", SetPromise{.order = "R1", .to = at_minute(50)}) == "value-bad");
    CHECK(w.say("130", SetPromise{.order = "R1", .to = at_minute(-1)}) == "promise-past");
    REQUIRE(w.say("130", SetPromise{.order = "R1", .to = at_minute(90)}) == "ok");
    CHECK(w.job("R1").original_promise == at_minute(90));
}

TEST_CASE("§3 an estimate is shown but leaves the promise alone, and the customer does not know it yet",
          "[decide][times]") {
    Workshop w = promised();
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(w.job("R1").told);
    REQUIRE(w.say("110", Estimate{.order = "R1", .to = at_minute(140)}) == "ok");
    CHECK(w.job("R1").expected() == at_minute(140));
    CHECK(w.job("R1").promise == at_minute(120));
    CHECK_FALSE(w.job("R1").told);
    CHECK(w.say("110", Estimate{.order = "R1", .to = at_minute(140)}) == "same");
    CHECK(w.say("110", Estimate{.order = "R1", .to = opening}) == "value-bad");
}

TEST_CASE("§5 a delay is flagged in time thirty minutes before the promise, by the minute", "[decide][times]") {
    struct Case {
        Instant at;
        Notice notice;
    };
    const auto c = GENERATE(values<Case>({
        {at_minute(10), Notice::in_time},
        {at_minute(90), Notice::in_time},
        {at_minute(90) + seconds(59), Notice::in_time},
        {at_minute(91), Notice::short_notice},
        {at_minute(119) + seconds(59), Notice::short_notice},
        {at_minute(120), Notice::after_the_fact},
        {at_minute(300), Notice::after_the_fact},
    }));
    CAPTURE((c.at - opening).count());
    Workshop w = promised();
    w.now = c.at;
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{15}, .reason = DelayReason::parts}) == "ok");
    CHECK(w.job("R1").delays.back().notice == c.notice);
    CHECK_FALSE(w.job("R1").told);
}

TEST_CASE("§5 the notice is measured against the shop's number and the promise in force", "[decide][times]") {
    Workshop w = promised();
    w.shop.delay_notice = minutes(60);
    add_work(w, "R1");
    REQUIRE(w.say("130", agreed(at_minute(180))) == "ok");
    w.now = at_minute(120);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(200)}) == "ok");
    CHECK(w.job("R1").delays.back().notice == Notice::in_time);
    CHECK(w.job("R1").delays.back().notice_minutes == 60);
    w.now = at_minute(122);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .to = at_minute(210)}) == "ok");
    CHECK(w.job("R1").delays.back().notice == Notice::short_notice);
}

TEST_CASE("§5 delay minutes add to the time expected so far, or to now when that has passed", "[decide][times]") {
    Workshop w = promised();
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{15}, .reason = DelayReason::parts}) == "ok");
    CHECK(w.job("R1").expected() == at_minute(135));
    w.now = at_minute(5);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{15}, .reason = DelayReason::parts}) == "ok");
    CHECK(w.job("R1").expected() == at_minute(150));
    w.now = at_minute(200) + seconds(20);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{30}, .reason = DelayReason::parts}) == "ok");
    CHECK(w.job("R1").expected() == at_minute(230));
}

TEST_CASE("§5 the same delay pressed twice within a minute counts once", "[decide][times]") {
    Workshop w = promised();
    const FlagDelay fifteen{.order = "R1", .minutes = MinuteCount{15}, .reason = DelayReason::parts};
    REQUIRE(w.say("101", fifteen) == "ok");
    w.now += seconds(60);
    CHECK(w.say("101", fifteen) == "same");
    CHECK(w.say("110", fifteen) == "ok");
    FlagDelay thirty = fifteen;
    thirty.minutes = MinuteCount{30};
    CHECK(w.say("110", thirty) == "ok");
    FlagDelay other = thirty;
    other.reason = DelayReason::diagnosis;
    CHECK(w.say("110", other) == "ok");
    w.now += seconds(61);
    CHECK(w.say("110", other) == "ok");
}

TEST_CASE("§5 a delay says minutes or a time, one of them", "[decide][times]") {
    Workshop w = promised();
    CHECK(w.say("101", FlagDelay{.order = "R1"}) == "value-missing");
    CHECK(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{5}, .to = at_minute(140)}) == "value-bad");
    CHECK(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{0}}) == "value-bad");
    CHECK(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{1000000}}) == "value-bad");
    CHECK(w.say("101", FlagDelay{.order = "R1", .to = at_minute(0)}) == "value-bad");
    CHECK(w.say("101", FlagDelay{.order = "R1", .to = at_minute(140), .text = std::string(201, 'x')}) == "value-bad");
}

TEST_CASE("a tap may be up to twelve hours old, but not older than what the job knows", "[decide][times]") {
    struct Case {
        std::chrono::seconds before_now;
        const char* outcome;
        std::chrono::seconds written_before_now;
    };
    // The job's newest event is 60 minutes old.
    const auto c = GENERATE(values<Case>({
        {seconds(0), "ok", seconds(0)},
        {minutes(30), "ok", minutes(30)},
        {minutes(60), "ok", minutes(60)},
        {minutes(62), "ok", minutes(60)},  // a phone's clock that is a little slow
        {minutes(63), "time-implausible", {}},
        {minutes(12 * 60 + 1), "time-implausible", {}},
        {seconds(-119), "ok", seconds(0)},  // and one that is a little fast
        {seconds(-121), "time-implausible", {}},
    }));
    CAPTURE(c.before_now.count());
    Workshop w = promised();
    w.now = at_minute(60);
    CHECK(w.say_at("101", Pause{.order = "R1"}, w.now - c.before_now) == c.outcome);
    if (std::string(c.outcome) == "ok") {
        CHECK(w.journal.back().at == w.now - c.written_before_now);
        CHECK(w.journal.back().received == w.now);
    }
}

TEST_CASE("twelve hours back is the limit for a car nobody knew", "[decide][times]") {
    Workshop w;
    const Receive receive{
        .order = "R1", .plate = "沪A12345", .model = "朗逸", .type = RepairType::repair, .promise = at_minute(90)};
    CHECK(w.say_at("130", receive, w.now - std::chrono::hours(12) - seconds(1)) == "time-implausible");
    CHECK(w.say_at("130", receive, w.now - std::chrono::hours(12)) == "ok");
}

TEST_CASE("a daemon clock that stepped back stops nobody", "[decide][times]") {
    Workshop w = promised();
    w.now = at_minute(-30);
    REQUIRE(w.say("101", Pause{.order = "R1"}) == "ok");
    CHECK(w.journal.back().at == opening);
    CHECK(clocked_minutes(w.job("R1"), w.now) == minutes(0));
}
