// Orders played here, and the same orders as rows of an import into an empty record: what both can answer is the same.
#include "tests/daemon/played_orders.hpp"

using namespace baytime;
using namespace baytime::support;
namespace json = boost::json;

namespace {

/// Every answer that rests on what an import can say, row by row.
void compare(FiledHouse& live, FiledHouse& imported, bool explain) {
    const auto same = [&](std::map<std::string, std::string, std::less<>> ask, const std::string& key = "") {
        if (explain) ask["explain"] = "yes";
        CAPTURE(ask);
        CHECK(imported.report(ask, key) == live.report(ask, key));
    };
    for (const char* month : {"2026-10", "2026-11", "2026-12"}) {
        for (const char* by : {"department", "advisor", "technician", "team", "repair_type"})
            same({{"kind", "monthly"}, {"month", month}, {"by", by}});
        for (const char* kind : {"allowance", "delays", "returns", "visits"}) same({{"kind", kind}, {"month", month}});
        same({{"kind", "service_check"}, {"month", month}}, "called_back");
    }
    same({{"kind", "visits"}, {"year", "2026"}});
    const std::chrono::local_days first{std::chrono::year{2026} / 10 / 1};
    for (int day = 0; day < 75; ++day)
        same({{"kind", "daily"}, {"date", reports::text_of(first + std::chrono::days{day})}});
}

}  // namespace

TEST_CASE("§3 §4 §5 §7 random orders played here and the same orders imported give the same reports", "[report]") {
    const int notice = GENERATE(30, 45);
    CAPTURE(notice);
    FiledHouse live(notice);
    Player player(live, static_cast<std::uint32_t>(20261 + notice));
    for (int n = 0; n < 200; ++n) player.play(n);
    std::string csv = order_header;
    std::size_t flagged = 0, moved = 0, judged_anew = 0, twice = 0, late_in_time = 0;
    for (const auto& order : player.orders()) {
        const Job& job = live.job(order);
        csv += row_of(job);
        const auto row = reports::settled_job(job, {});
        const auto* counts = first_that_counts(job);
        twice += std::ranges::count_if(job.new_times, &NewTime::counts) > 1;
        if (job.delays.empty()) continue;
        ++flagged;
        moved += counts != nullptr && job.new_times.back().at > job.delays.front().at;
        judged_anew += row.notice != job.delays.front().notice;
        late_in_time += reports::verdict(row) == Verdict::late && row.notice == Notice::in_time;
    }
    // The histories hold what they are made for.
    CHECK(flagged > 60);
    CHECK(moved > 20);
    CHECK(judged_anew > 5);
    CHECK(twice > 5);
    CHECK(late_in_time > 5);

    FiledHouse imported(notice);
    imported.now = live.now;
    const auto report = imported.import(csv);
    for (const auto& fault : report.faults) UNSCOPED_INFO(reports::fault_line(fault, false));
    REQUIRE(report.imported == player.orders().size());
    CHECK(report.passed_over.empty());
    compare(live, imported, true);
    CHECK(imported.import(csv).already == player.orders().size());

    // Another setting, and all rows made anew from both records, change no figure.
    const auto before = live.report({{"kind", "delays"}, {"month", "2026-10"}});
    live.make_anew(5);
    imported.make_anew(7);
    compare(live, imported, false);
    CHECK(live.report({{"kind", "delays"}, {"month", "2026-10"}}) == before);
    CHECK(imported.import(csv).already == player.orders().size());
}

TEST_CASE("§5 an imported flag keeps the notice that the shop wanted at its import", "[report]") {
    FiledHouse house(50);
    house.now = Instant{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};
    const std::string file =
        "order_no,repair_type,advisor,received_at,promised_at,settled_at,delay_flagged_at\n"
        "O1,repair,301,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 11:00,2026-10-01 09:50\n"
        "O2,repair,301,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 11:00,\n";
    REQUIRE(house.import(file).stored);
    const auto wanted = [&house](const char* order) {
        return std::get<Imported>(house.journal->history(order, 1).at(0).fact).notice_minutes;
    };
    CHECK(wanted("O1") == 50);
    CHECK_FALSE(wanted("O2"));
    const auto in_time = [&house] {
        const auto answer = json::parse(house.report({{"kind", "delays"}, {"month", "2026-10"}}));
        return answer.at("total").at("late_flagged_in_time").as_int64();
    };
    CHECK(in_time() == 0);
    house.make_anew(30);
    CHECK(in_time() == 0);
    CHECK(house.import(file).already == 2);
}

TEST_CASE("§7 the service check counts the call-backs of imported orders", "[report]") {
    FiledHouse house(30);
    const std::string columns = "order_no,repair_type,advisor,received_at,promised_at,settled_at,callback\n";
    const auto row = [](const std::string& order, const std::string& call) {
        return order + ",repair,301,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:20," + call + "\n";
    };
    house.now = Instant{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};
    REQUIRE(house.import(columns + row("O1", "on_time") + row("O2", "late") + row("O3", "") + row("O4", "")).imported ==
            4);
    const std::map<std::string, std::string, std::less<>> ask{{"kind", "service_check"}, {"month", "2026-10"}};
    CHECK(house.report(ask, "called_back") == R"({"key":"called_back","done":2,"of":4,"rate_bp":5000})");
    // A call two months later is on record, and not within 72 hours.
    house.must("301", LogCallBack{.order = "O3"});
    CHECK(house.report(ask, "called_back") == R"({"key":"called_back","done":2,"of":4,"rate_bp":5000})");
    CHECK(house.report(ask, "hourly_update") == R"({"key":"hourly_update","done":0,"of":0,"rate_bp":null})");
}

TEST_CASE("§7 without opening hours neither people nor bays have a share of them", "[report]") {
    FiledHouse house(30);
    Player player(house, 1);
    for (int n = 0; n < 3; ++n) player.play(n);
    const auto total = [&house](const char* kind) {
        const auto answer = json::parse(house.report({{"kind", kind}, {"month", "2026-10"}}));
        return answer.at("total").as_object();
    };
    CHECK(total("utilisation").at("clocked_minutes").as_int64() > 0);
    CHECK(total("bays").at("cars") == 3);
    CHECK(total("bays").at("occupied_minutes").as_int64() > 0);
    for (const char* figure : {"attendance_minutes", "utilisation_bp"})
        CHECK(total("utilisation").at(figure).is_null());
    for (const char* figure : {"working_days", "cars_a_day_x100", "open_minutes", "occupied_bp"})
        CHECK(total("bays").at(figure).is_null());
}
