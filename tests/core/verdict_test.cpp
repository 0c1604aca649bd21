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
