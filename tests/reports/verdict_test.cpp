#include "board/reports/settled_job.hpp"
#include "tests/reports/sample.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::reports;
using support::at;

namespace {

/// An order of 1 October with a promise of 10:30, settled at `settled`.
Imported order(const std::string& settled) {
    return {.plate = "沪A12345",
            .type = RepairType::maintenance,
            .advisor = "A01",
            .technicians = {"T01"},
            .received = at("2026-10-01T08:00:00"),
            .promise = at("2026-10-01T10:30:00"),
            .settled = at("2026-10-01T" + settled)};
}

SettledJob row(const Imported& fact) {
    return settled_job(imported({.seq = 1, .order = "R1", .fact = fact}), Day{});
}

}  // namespace

TEST_CASE("§4 times compare by the minute", "[reports]") {
    struct Case {
        const char* settled;
        Verdict verdict;
        int minutes;
    };
    const auto c = GENERATE(values<Case>({
        {"10:29:59", Verdict::on_time, -1},
        {"10:30:00", Verdict::on_time, 0},
        {"10:30:59", Verdict::on_time, 0},
        {"10:31:00", Verdict::late, 1},
        {"12:00:30", Verdict::late, 90},
    }));
    CAPTURE(c.settled);
    CHECK(verdict(row(order(c.settled))) == c.verdict);
    CHECK(minutes_late(row(order(c.settled))) == c.minutes);
}

TEST_CASE("§3 a new promise counts when its reason is added work and it was agreed in time", "[reports]") {
    struct Case {
        std::optional<ImportedReason> reason;
        const char* confirmed;  ///< empty: never
        bool counts;
    };
    const auto c = GENERATE(values<Case>({
        {ImportedReason::added_work, "10:00:00", true},
        {ImportedReason::added_work, "10:30:00", true},
        {ImportedReason::added_work, "10:30:59", true},
        {ImportedReason::added_work, "10:31:00", false},
        {ImportedReason::added_work, "", false},
        {ImportedReason::estimate, "10:00:00", false},
        {std::nullopt, "10:00:00", false},
    }));
    CAPTURE(c.confirmed);
    auto fact = order("11:00:00");
    fact.repromise = at("2026-10-01T11:00:00");
    fact.reason = c.reason;
    if (*c.confirmed != '\0') fact.confirmed = at(std::string("2026-10-01T") + c.confirmed);
    const auto job = row(fact);
    CHECK(job.original_promise == at("2026-10-01T10:30:00"));
    CHECK(job.promise == (c.counts ? at("2026-10-01T11:00:00") : at("2026-10-01T10:30:00")));
    CHECK(verdict(job) == (c.counts ? Verdict::on_time : Verdict::late));
}

TEST_CASE("§3 a new promise may also be an earlier one", "[reports]") {
    auto fact = order("10:20:00");
    fact.repromise = at("2026-10-01T10:00:00");
    fact.reason = ImportedReason::added_work;
    fact.confirmed = at("2026-10-01T09:00:00");
    CHECK(verdict(row(fact)) == Verdict::late);
}

TEST_CASE("§4 an excuse needs a signature, and late is what the customer or the manager says", "[reports]") {
    struct Case {
        const char* settled;
        const char* signature;
        std::optional<ExcuseDecision> decision;
        std::optional<ImportedCallBack> call;
        Verdict verdict;
    };
    using enum Verdict;
    using enum ExcuseDecision;
    const auto c = GENERATE(values<Case>({
        {"11:00:00", "", std::nullopt, std::nullopt, late},
        {"11:00:00", "S-1", std::nullopt, std::nullopt, excused},
        {"11:00:00", "S-1", accepted, std::nullopt, excused},
        {"11:00:00", "S-1", rejected, std::nullopt, late},
        {"11:00:00", "", accepted, std::nullopt, late},
        {"10:00:00", "S-1", std::nullopt, std::nullopt, on_time},
        {"10:00:00", "S-1", rejected, std::nullopt, on_time},
        {"10:00:00", "", std::nullopt, ImportedCallBack::on_time, on_time},
        {"10:00:00", "", std::nullopt, ImportedCallBack::late, late},
        {"11:00:00", "", std::nullopt, ImportedCallBack::on_time, late},
        {"11:00:00", "", std::nullopt, ImportedCallBack::late, late},
        {"11:00:00", "S-1", accepted, ImportedCallBack::late, late},
        {"11:00:00", "S-1", std::nullopt, ImportedCallBack::on_time, excused},
    }));
    CAPTURE(c.settled, c.signature);
    auto fact = order(c.settled);
    if (*c.signature != '\0') fact.customer_cause = c.signature;
    fact.decision = c.decision;
    fact.call_back = c.call;
    CHECK(verdict(row(fact)) == c.verdict);
}

TEST_CASE("§5 an imported flag is held against the promise that counts, by the minutes of its import", "[reports]") {
    struct Case {
        const char* flagged;
        bool moved;                 ///< to 11:30, agreed in time for added work
        std::optional<int> wanted;  ///< nothing: of an import from before that was noted
        std::optional<std::int64_t> minutes;
        std::optional<Notice> notice;
    };
    const auto c = GENERATE(values<Case>({
        {"", false, std::nullopt, std::nullopt, std::nullopt},
        {"10:00:00", false, std::nullopt, 30, Notice::in_time},
        {"10:00:59", false, std::nullopt, 30, Notice::in_time},
        {"10:01:00", false, std::nullopt, 29, Notice::short_notice},
        {"10:29:59", false, std::nullopt, 1, Notice::short_notice},
        {"10:30:00", false, std::nullopt, 0, Notice::after_the_fact},
        {"10:45:00", false, std::nullopt, -15, Notice::after_the_fact},
        {"10:20:00", true, std::nullopt, 70, Notice::in_time},
        {"11:00:59", true, std::nullopt, 30, Notice::in_time},
        {"11:01:00", true, std::nullopt, 29, Notice::short_notice},
        {"10:00:00", false, 31, 30, Notice::short_notice},
        {"10:20:00", false, 10, 10, Notice::in_time},
    }));
    CAPTURE(c.flagged, c.moved);
    auto fact = order("11:00:00");
    if (*c.flagged != '\0') fact.delay_flagged = at(std::string("2026-10-01T") + c.flagged);
    fact.notice_minutes = c.wanted;
    if (c.moved) {
        fact.repromise = at("2026-10-01T11:30:00");
        fact.confirmed = at("2026-10-01T10:25:00");
        fact.reason = ImportedReason::added_work;
    }
    CHECK(row(fact).notice_minutes == c.minutes);
    CHECK(row(fact).notice == c.notice);
}

TEST_CASE("§5 figures hold a live flag against the promise that the order is judged by", "[reports]") {
    struct Case {
        const char* flagged;
        std::optional<int> wanted;  ///< by the stamp; nothing: a flag from before that was noted
        Notice stamp;
        const char* moved;  ///< when the customer agreed to 12:00, or empty
        std::int64_t minutes;
        Notice notice;
    };
    using enum Notice;
    // Promised for 10:30.
    const auto c = GENERATE(values<Case>({
        {"10:00:59", 30, in_time, "", 30, in_time},
        {"10:10:00", 30, short_notice, "", 20, short_notice},
        {"10:10:00", 30, short_notice, "10:20:00", 110, in_time},
        {"10:10:00", 120, short_notice, "10:20:00", 110, short_notice},
        {"10:30:00", 30, after_the_fact, "10:30:30", 90, in_time},
        {"11:40:00", 30, short_notice, "10:20:00", 20, short_notice},
        {"10:10:00", 15, in_time, "", 20, in_time},
        // Older flags: the stamp, unless the promise was moved since; then the rule's own minutes.
        {"10:10:00", std::nullopt, in_time, "", 20, in_time},
        {"10:10:00", std::nullopt, short_notice, "10:20:00", 110, in_time},
        {"11:00:00", std::nullopt, short_notice, "10:20:00", 60, short_notice},
    }));
    CAPTURE(c.flagged, c.moved);
    const auto clock = [](const char* time) { return at(std::string("2026-10-01T") + time); };
    Job job{.order = "R1"};
    job.original_promise = job.promise = clock("10:30:00");
    job.new_times = {{.at = clock("10:05:00"), .to = clock("10:35:00"), .counts = false}};
    if (*c.moved != '\0') {
        job.new_times.push_back({.at = clock(c.moved), .to = clock("12:00:00"), .counts = true});
        job.promise = clock("12:00:00");
    }
    job.settlement = settle(job, clock("12:30:00"));
    job.delays = {{.at = clock(c.flagged), .notice = c.stamp, .minutes = 20, .notice_minutes = c.wanted},
                  {.at = clock("11:50:00"), .notice = after_the_fact, .minutes = 20}};
    CHECK(settled_job(job, Day{}).notice == c.notice);
    CHECK(settled_job(job, Day{}).notice_minutes == c.minutes);
}

TEST_CASE("§5 a delay told as a new time counts by how much that lies after the promise then in force", "[reports]") {
    const auto clock = [](const char* time) { return at(std::string("2026-10-01T") + time); };
    Job job{.order = "R1"};
    job.original_promise = clock("10:30:00");
    job.promise = clock("12:00:00");
    job.new_times = {{.at = clock("10:20:00"), .to = clock("12:00:00"), .counts = true}};
    job.settlement = settle(job, clock("12:30:00"));
    job.delays = {{.at = clock("11:00:00"), .estimate = clock("12:40:00")}};
    CHECK(settled_job(job, Day{}).delay_minutes == 40);
    job.delays.front().at = clock("10:10:00");
    CHECK(settled_job(job, Day{}).delay_minutes == 130);
}

TEST_CASE("a technician who is named twice is counted once", "[reports]") {
    auto fact = order("10:00:00");
    fact.technicians = {"T02", "T01", "T02"};
    CHECK(row(fact).technicians == std::vector<std::string>{"T01", "T02"});
}

TEST_CASE("an imported order and a live job of the same facts have the same row", "[reports]") {
    auto fact = order("11:00:00");
    fact.call_back = ImportedCallBack::on_time;
    fact.delay_flagged = at("2026-10-01T09:45:00");
    fact.delay_minutes = 20;
    fact.delay_reason = DelayReason::parts;
    Job job{.order = "R1", .plate = "沪A12345", .type = RepairType::maintenance, .advisor = "A01"};
    job.first_seq = 1;
    job.arrived_at = fact.received;
    job.original_promise = job.promise = fact.promise;
    job.delivered_at = fact.settled;
    job.settlement = settle(job, fact.settled);
    job.clockings = {{.technician = "T01", .from = fact.received, .to = fact.settled}};
    job.inspections = {{.level = 2, .passed = true}};
    job.call_back = CallBack{.late = false};
    job.delays = {{.at = *fact.delay_flagged, .reason = DelayReason::parts, .minutes = 20}};
    auto imported = row(fact);
    CHECK(imported.imported);
    imported.imported = false;
    CHECK(settled_job(job, Day{}) == imported);
}
