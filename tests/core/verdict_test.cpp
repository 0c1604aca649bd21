// Rule §4 as a function: settled, promise, excuse, decision, call-back in; verdict out.
#include "board/core/verdict.hpp"

#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

constexpr Instant promised = at_minute(90);  // 10:30

enum class Said { nothing, on_time, late };
enum class Excusing { none, open, accepted, rejected };

std::optional<Excuse> excuse(Excusing kind) {
    if (kind == Excusing::none) return std::nullopt;
    Excuse out{.at = promised, .by = "130", .cause = "x", .signature = "y"};
    if (kind == Excusing::accepted) out.decision = ExcuseDecision::accepted;
    if (kind == Excusing::rejected) out.decision = ExcuseDecision::rejected;
    return out;
}

std::optional<CallBack> call(Said said) {
    if (said == Said::nothing) return std::nullopt;
    return CallBack{.at = promised, .by = "150", .late = said == Said::late};
}

}  // namespace

TEST_CASE("§4 the verdict follows from settled_at, promise, excuse, decision and call-back", "[verdict]") {
    struct Case {
        seconds after;  ///< of settled_at, counted from the promise
        Excusing excuse;
        Said said;
        Ruling ruling;
    };
    using enum Verdict;
    using enum VerdictWhy;
    const auto c = GENERATE(values<Case>({
        // By the minute: 10:30:59 keeps 10:30, 10:31:00 does not.
        {seconds{-3600}, Excusing::none, Said::nothing, {on_time, false, kept}},
        {seconds{0}, Excusing::none, Said::nothing, {on_time, false, kept}},
        {seconds{59}, Excusing::none, Said::nothing, {on_time, false, kept}},
        {seconds{60}, Excusing::none, Said::nothing, {late, false, clock}},
        {seconds{7200}, Excusing::none, Said::nothing, {late, false, clock}},
        // The excuse: open is excused and pending, accepted stays excused, rejected is late.
        {seconds{60}, Excusing::open, Said::nothing, {excused, true, excuse_open}},
        {seconds{60}, Excusing::accepted, Said::nothing, {excused, false, excuse_accepted}},
        {seconds{60}, Excusing::rejected, Said::nothing, {late, false, excuse_rejected}},
        // Who was on time needs none, whatever the manager said to it.
        {seconds{59}, Excusing::open, Said::nothing, {on_time, false, kept}},
        {seconds{59}, Excusing::accepted, Said::nothing, {on_time, false, kept}},
        {seconds{59}, Excusing::rejected, Said::nothing, {on_time, false, kept}},
        // The customer's word goes before clock and excuse, and is counted once.
        {seconds{-3600}, Excusing::none, Said::late, {late, false, customer_said}},
        {seconds{60}, Excusing::none, Said::late, {late, false, customer_said}},
        {seconds{60}, Excusing::open, Said::late, {late, false, customer_said}},
        {seconds{60}, Excusing::accepted, Said::late, {late, false, customer_said}},
        {seconds{60}, Excusing::rejected, Said::late, {late, false, customer_said}},
        // A content customer makes nobody punctual.
        {seconds{59}, Excusing::none, Said::on_time, {on_time, false, kept}},
        {seconds{60}, Excusing::none, Said::on_time, {late, false, clock}},
        {seconds{60}, Excusing::accepted, Said::on_time, {excused, false, excuse_accepted}},
    }));
    CAPTURE(c.after.count(), static_cast<int>(c.excuse), static_cast<int>(c.said));
    const Ruling found = rule_on(promised + c.after, promised, excuse(c.excuse), call(c.said));
    CHECK(name(found.verdict) == name(c.ruling.verdict));
    CHECK(name(found.why) == name(c.ruling.why));
    CHECK(found.pending == c.ruling.pending);
}

TEST_CASE("§4 without a promise nothing is late, unless the customer says so", "[verdict]") {
    CHECK(rule_on(promised, std::nullopt, std::nullopt, std::nullopt).verdict == Verdict::on_time);
    CHECK(rule_on(promised, std::nullopt, std::nullopt, call(Said::late)).verdict == Verdict::late);
}

TEST_CASE("§4 minutes early and late are whole minutes", "[verdict]") {
    const auto c = GENERATE(table<int, int>({{-61, -2}, {-60, -1}, {-1, -1}, {0, 0}, {59, 0}, {60, 1}, {3660, 61}}));
    Job job{.order = "R1"};
    CHECK_FALSE(minutes_late(job));
    job.settlement = Settlement{.settled_at = promised + seconds(std::get<0>(c)), .promise = promised};
    CAPTURE(std::get<0>(c));
    CHECK(minutes_late(job)->count() == std::get<1>(c));
}

TEST_CASE("§7 a call-back counts when the first one came within 72 hours", "[verdict]") {
    const auto c = GENERATE(table<std::chrono::hours, seconds, bool>({
        {std::chrono::hours{0}, seconds{0}, true},
        {std::chrono::hours{72}, seconds{0}, true},
        {std::chrono::hours{72}, seconds{1}, false},
    }));
    Workshop w;
    w.bring("R1", JobState::delivered);
    w.now += std::get<0>(c) + std::get<1>(c);
    CHECK_FALSE(called_back_in_time(w.job("R1")));
    REQUIRE(w.say("150", LogCallBack{.order = "R1"}) == "ok");
    CHECK(called_back_in_time(w.job("R1")) == std::get<2>(c));
    // Mending the text later does not make it a late one.
    w.now += std::chrono::hours{100};
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .text = "content"}) == "ok");
    CHECK(called_back_in_time(w.job("R1")) == std::get<2>(c));
}

TEST_CASE("§4 a hand-over while the clock is in doubt has no verdict until the clock is confirmed", "[verdict]") {
    struct Case {
        const char* what;
        int doubted_from;  // minute of the shop's time from which the clock was in doubt
        int delivered;     // minute, in the shop's time then
        int correction;    // minutes that the true time was ahead of it
        Verdict verdict;
        int settled, promise;  // minutes, as stamped
    };
    // Received at minute 0 with a promise for minute 120.
    const auto c = GENERATE(values<Case>({
        {"the clock was right after all", 60, 100, 0, Verdict::on_time, 100, 120},
        {"and it was late all the same", 60, 121, 0, Verdict::late, 121, 120},
        {"the true time was ahead: late", 60, 100, 30, Verdict::late, 130, 120},
        {"the true time was behind: on time", 60, 121, -30, Verdict::on_time, 91, 120},
        {"the promise was given in the doubt as well: what counts is how long it took", 0, 100, 5000, Verdict::on_time,
         5100, 5120},
        {"the same, late", 0, 121, 5000, Verdict::late, 5121, 5120},
        {"the doubt that ended is a later one", 200, 100, 30, Verdict::on_time, 100, 120},
    }));
    CAPTURE(c.what);
    Workshop w;
    w.bring("R1", JobState::ready);
    w.now = at_minute(c.delivered);
    w.time_in_doubt = true;
    REQUIRE(w.say("130", Deliver{.order = "R1", .amount = Amount{5000}}) == "ok");
    CHECK_FALSE(w.job("R1").settlement);
    CHECK_FALSE(ruling_of(w.job("R1")));
    CHECK(w.board.held == std::set<std::string, std::less<>>{"R1"});
    CHECK(w.say("160", DecideExcuse{.order = "R1", .decision = ExcuseDecision::accepted}) == "not-from-here");
    CHECK(w.replayed() == w.board);
    w.time_in_doubt = false;
    w.now = at_minute(300);
    const auto stamp = stamp_held(w.job("R1"), {.from = at_minute(c.doubted_from), .by = minutes(c.correction)});
    const Event event{.seq = w.board.seq + 1,
                      .at = w.now,
                      .received = w.now,
                      .who = system_person,
                      .cause = "s",
                      .order = "R1",
                      .fact = stamp};
    apply(w.board, event);
    w.journal.push_back(event);
    const auto& settlement = w.job("R1").settlement;
    REQUIRE(settlement);
    CHECK(settlement->verdict == c.verdict);
    CHECK(ruling_of(w.job("R1"))->verdict == c.verdict);
    CHECK(settlement->settled_at == at_minute(c.settled));
    CHECK(settlement->promise == at_minute(c.promise));
    CHECK(settlement->amount == 5000);
    CHECK(settlement->rule == verdict_rule);
    CHECK(w.board.held.empty());
    // The daemon's own stamp is nobody's to take back.
    CHECK(w.say("120", Undo{.order = "R1"}) == "nothing-to-undo");
    CHECK(w.replayed() == w.board);
}

TEST_CASE("§4 an excuse can be written down while the verdict waits, and counts when it is stamped", "[verdict]") {
    Workshop w;
    w.bring("R1", JobState::ready);
    w.now = at_minute(130);
    w.time_in_doubt = true;
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    REQUIRE(w.say("130", GiveExcuse{.order = "R1", .cause = "meeting", .signature = "S-1"}) == "ok");
    const auto stamp = stamp_held(w.job("R1"), {});
    CHECK(stamp.verdict == Verdict::excused);
    CHECK(stamp.pending);
}
