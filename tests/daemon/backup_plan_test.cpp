// Which copies of the journal are due, and which are kept.
#include "board/daemon/backup_plan.hpp"
#include "protocol/json.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono_literals;

namespace {

CopyTime at(const char* iso) {
    return std::chrono::floor<std::chrono::seconds>(protocol::from_iso(iso).value());
}

std::vector<std::string> names(const std::vector<CopyTime>& copies) {
    std::vector<std::string> out;
    for (const auto copy : copies) out.push_back(copy_name(copy));
    return out;
}

}  // namespace

TEST_CASE("the name of a copy is its time, and nothing else is one", "[backup]") {
    CHECK(copy_name(at("2026-11-21T02:30:00Z")) == "journal-2026-11-21T023000Z.db");
    CHECK(copy_time("journal-2026-11-21T023000Z.db") == at("2026-11-21T02:30:00Z"));
    for (const auto* other : {"journal-by-hand.db", "journal.db", "journal-2026-11-21T023000Z.db.unfinished",
                              "journal-2026-13-21T023000Z.db", "journal-2026-11-21T023000Z.db ", ""})
        CHECK_FALSE(copy_time(other));
}

TEST_CASE("a copy is due at its time of day in the shop", "[backup]") {
    const BackupSettings settings{.at = 3h};
    const auto due = [&](const char* now) {
        return protocol::iso_utc(last_due(settings, "Asia/Shanghai", protocol::from_iso(now).value()));
    };
    CHECK(due("2026-11-21T01:00:00Z") == "2026-11-20T19:00:00Z");  // 09:00 in Shanghai: this morning at three
    CHECK(due("2026-11-20T18:59:59Z") == "2026-11-19T19:00:00Z");
    CHECK(due("2026-11-20T19:00:00Z") == "2026-11-20T19:00:00Z");
}

TEST_CASE("of each day, week and month the last copy is kept, so many of each", "[backup]") {
    std::vector<CopyTime> copies;
    for (auto day = at("2026-01-01T19:00:00Z"); day <= at("2026-11-20T19:00:00Z"); day += std::chrono::days{1})
        copies.push_back(day);
    const BackupSettings settings{.at = 3h, .keep_daily = 3, .keep_weekly = 2, .keep_monthly = 3};
    const auto gone = surplus(copies, settings, "Asia/Shanghai");
    std::vector<CopyTime> kept;
    std::ranges::set_difference(copies, gone, std::back_inserter(kept));
    // The copy of 19:00 UTC belongs to the next day in Shanghai: the 15th is a Sunday, the 31st ends October.
    CHECK(names(kept) == std::vector<std::string>{"journal-2026-09-29T190000Z.db", "journal-2026-10-30T190000Z.db",
                                                  "journal-2026-11-14T190000Z.db", "journal-2026-11-18T190000Z.db",
                                                  "journal-2026-11-19T190000Z.db", "journal-2026-11-20T190000Z.db"});
}

TEST_CASE("copies by hand of the last day are kept, within a limit", "[backup]") {
    std::vector<CopyTime> copies{at("2026-11-19T01:00:00Z"), at("2026-11-19T02:00:00Z")};
    for (int i = 0; i < 30; ++i) copies.push_back(at("2026-11-21T01:00:00Z") + std::chrono::minutes{i});
    const auto gone = surplus(copies, {.at = 3h, .keep_daily = 1, .keep_weekly = 0, .keep_monthly = 0}, "UTC");
    CHECK(gone.size() == 2 + 30 - fresh_copies_kept);
    CHECK(surplus({}, {}, "UTC").empty());
}

TEST_CASE("a new copy is named behind those that lie there, and not when they come too fast", "[backup]") {
    const auto now = at("2026-11-21T02:30:00Z");
    CHECK(next_copy_time({}, now) == now);
    CHECK(next_copy_time({now - 5s}, now) == now);
    CHECK(next_copy_time({now - 5s, now, now + 3s}, now) == now + 4s);
    CHECK(next_copy_time({now, now + 20h}, now) == now + 1s);  // the clock was ahead when that one was made
    CHECK(next_copy_time({now, now + name_ahead - 1s}, now) == now + name_ahead);
    CHECK_FALSE(next_copy_time({now, now + name_ahead}, now));
}

TEST_CASE("however often a copy is asked for, so many lie there, and the newest is among them", "[backup]") {
    const BackupSettings settings{.at = 3h, .keep_daily = 2, .keep_weekly = 1, .keep_monthly = 1};
    std::vector<CopyTime> copies;
    auto now = at("2026-11-21T02:30:00Z");
    for (int i = 0; i < 500; ++i) {
        if (i % 3 == 0) now += 1s;
        const auto next = next_copy_time(copies, now);
        if (!next) continue;  // refused: too many within a minute
        copies.push_back(*next);
        const auto gone = surplus(copies, settings, "Asia/Shanghai");
        std::erase_if(copies, [&gone](CopyTime one) { return std::ranges::find(gone, one) != gone.end(); });
        REQUIRE(copies.back() == *next);
        REQUIRE(copies.size() <= fresh_copies_kept + 4);
    }
}
