// A Saturday of two cars in a shop that opens on Saturdays only: every figure of the reports on work and service,
// computed by hand beside it.
#include "tests/cli/demo_shop.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace json = boost::json;
using namespace baytime::support;

namespace {

/// Three Saturdays of November lie before the stopped clock: 3 x (4 + 5) hours = 1620 open minutes.
DemoShop::Changes saturdays() {
    return {{"\"00:00-24:00\"", "\"closed\""},
            {"saturday = \"closed\"", "saturday = \"08:00-12:00,13:00-18:00\""},
            {"start = \"2026-11-21T08:00\"", "start = \"2026-11-21T18:00\""}};
}

void play(const DemoShop& shop) {
    // R1: 90 standard minutes, 102 works 150; promised 11:00, told at 10:10 of the delay flagged at 10:00, late.
    shop.say(
        "receive R1 plate=沪A12345 model=Lavida type=maintenance promise=11:00 waiting items=换油:60,轮胎:30 as=201 "
        "at=08:00");
    shop.say("assign R1 bay=1 parked as=301 at=08:02");
    shop.say("start R1 as=102 at=08:10");
    shop.say("delay R1 minutes=30 reason=parts as=102 at=10:00");
    shop.say("contact R1 who=Wang how=phone as=201 at=10:10");
    shop.say("finish R1 as=102 at=10:40");
    shop.say("inspect R1 passed as=101 at=10:45");
    shop.say("ready R1 as=301 at=10:50");
    shop.say("deliver R1 amount=100 as=201 at=11:20");
    shop.say("call-back R1 late as=501 at=12:00");
    // R2: 120 standard minutes, 103 works 120 and after a failed inspection 20, 101 works 60.
    shop.say("receive R2 plate=沪A54321 model=Lavida type=repair promise=18:00 items=大修:120 as=201 at=08:00");
    shop.say("assign R2 bay=2 parked as=301 at=08:00");
    shop.say("start R2 as=103 at=08:30");
    shop.say("start R2 as=101 at=09:30");
    shop.say("finish R2 as=103 at=10:30");
    shop.say("inspect R2 failed reason=loose as=401 at=10:35");
    shop.say("start R2 as=103 at=10:40");
    shop.say("finish R2 as=103 at=11:00");
    shop.say("inspect R2 passed as=401 at=11:05");
    shop.say("ready R2 as=301 at=11:05");
    shop.say("deliver R2 as=201 at=11:30");
}

/// The orders of the jobs behind a row.
std::string orders(const json::value& jobs) {
    json::array out;
    for (const auto& job : jobs.as_array()) out.push_back(job.at("order"));
    return json::serialize(out);
}

/// `key member member ...` of every row, with the jobs behind it.
std::vector<std::string> rows(const DemoShop& shop, const std::string& kind, const std::vector<std::string>& members) {
    const auto ran = shop.baytime({"report", kind, "--month", "2026-11", "--format", "json", "--explain"});
    REQUIRE(ran.status == 0);
    const auto report = json::parse(ran.out).as_object();
    CHECK_FALSE(report.at("formula").as_object().empty());
    std::vector<std::string> out;
    for (const auto& row : report.at("rows").as_array()) {
        std::string line;
        for (const auto& member : members) {
            const auto* value = row.as_object().if_contains(member);
            const std::string text = value == nullptr     ? "?"
                                     : member == "jobs"   ? orders(*value)
                                     : value->is_string() ? std::string(value->as_string())
                                                          : json::serialize(*value);
            line += (line.empty() ? "" : " ") + text;
        }
        out.push_back(line);
    }
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("§7 utilisation, efficiency and bays of a day computed by hand", "[report][figures]") {
    const DemoShop shop("0", saturdays());
    play(shop);
    // 150, 140 and 60 of 1620 minutes.
    CHECK(rows(shop, "utilisation", {"key", "clocked_minutes", "attendance_minutes", "utilisation_bp", "target_bp"}) ==
          Lines{"101 60 1620 370 8500", "102 150 1620 925 8500", "103 140 1620 864 8500", "111 0 1620 0 8500",
                "112 0 1620 0 8500", "113 0 1620 0 8500", "121 0 1620 0 8500", "122 0 1620 0 8500", "123 0 1620 0 8500",
                "131 0 1620 0 8500", "132 0 1620 0 8500", "133 0 1620 0 8500", "141 0 1620 0 8500", "142 0 1620 0 8500",
                "143 0 1620 0 8500"});
    const auto total = [&shop](const char* kind) {
        const auto ran = shop.baytime({"report", kind, "--month", "2026-11", "--format", "json"});
        return json::parse(ran.out).at("total").as_object();
    };
    // 350 minutes of ten technicians and five leads.
    CHECK(total("utilisation").at("attendance_minutes") == 15 * 1620);
    CHECK(total("utilisation").at("utilisation_bp") == 144);
    CHECK(total("efficiency").at("efficiency_bp") == 210 * 10000 / 350);
    // R1: 90 / 150. R2 by share: 103 has 120 x 140 / 200 = 84 of 140, 101 has 36 of 60.
    CHECK(rows(shop, "efficiency", {"key", "standard_minutes", "clocked_minutes", "efficiency_bp", "jobs"}) ==
          Lines{"101 36 60 6000 [\"R2\"]", "102 90 150 6000 [\"R1\"]", "103 84 140 6000 [\"R2\"]"});
    // R1 holds bay 1 from 08:02 to 10:40, R2 bay 2 from 08:00 to 10:30 and, after the failed inspection, from 10:40 to
    // 11:00.
    const auto bays = rows(
        shop, "bays",
        {"key", "cars", "working_days", "cars_a_day_x100", "occupied_minutes", "open_minutes", "occupied_bp", "jobs"});
    REQUIRE(bays.size() == 12);
    CHECK(bays[0] == "1 1 3 33 158 1620 975 [\"R1\"]");
    CHECK(bays[4] == "2 1 3 33 170 1620 1049 [\"R2\"]");
    CHECK(bays[5] == "3 0 3 0 0 1620 0 []");
}

TEST_CASE("§7 a break is no work, whoever stayed clocked on over it", "[report][figures]") {
    const DemoShop shop("0", saturdays());
    shop.say("receive R5 plate=沪A12345 model=Lavida type=maintenance promise=17:00 items=换油:60 as=201 at=10:00");
    shop.say("assign R5 bay=1 parked as=301 at=10:30");
    // From 11:00 to 14:30 with an hour of lunch: 150 minutes.
    shop.say("start R5 as=102 at=11:00");
    shop.say("finish R5 as=102 at=14:30");
    shop.say("inspect R5 passed as=101 at=14:40");
    shop.say("ready R5 as=301 at=14:45");
    shop.say("deliver R5 as=201 at=15:00");
    CHECK(rows(shop, "utilisation", {"key", "clocked_minutes", "utilisation_bp"}).at(1) == "102 150 925");
    CHECK(rows(shop, "efficiency", {"key", "standard_minutes", "clocked_minutes", "efficiency_bp"}) ==
          Lines{"102 60 150 4000"});
    CHECK(rows(shop, "standards", {"key", "standard_minutes", "median_minutes"}) == Lines{"换油 60 150"});
}

TEST_CASE("§7 a finished item counts, also where no working minute was clocked, and no minute is lost in shares",
          "[report][figures]") {
    const DemoShop shop("0", saturdays());
    shop.say("receive R6 plate=沪A12346 model=Lavida type=maintenance promise=17:00 items=换油:65 as=201 at=10:00");
    shop.say("assign R6 bay=1 parked as=301 at=10:30");
    // Both in the lunch break.
    shop.say("start R6 as=102 at=12:10");
    shop.say("start R6 as=103 at=12:10");
    shop.say("finish R6 as=102 at=12:50");
    shop.say("inspect R6 passed as=101 at=13:00");
    shop.say("ready R6 as=301 at=13:05");
    shop.say("deliver R6 as=201 at=13:10");
    CHECK(rows(shop, "efficiency", {"key", "standard_minutes", "clocked_minutes", "efficiency_bp"}) ==
          Lines{"102 33 0 null", "103 32 0 null"});
}

TEST_CASE("§6 actual minutes beside the standard of each item, computed by hand", "[report][figures]") {
    const DemoShop shop("0", saturdays());
    play(shop);
    // R1's 150 minutes in shares of 60 and 30, R2's 200.
    CHECK(rows(shop, "standards", {"key", "standard_minutes", "median_minutes", "p80_minutes", "count", "jobs"}) ==
          Lines{"大修 120 200 200 1 [\"R2\"]", "换油 60 100 100 1 [\"R1\"]", "轮胎 30 50 50 1 [\"R1\"]"});
}

TEST_CASE("§5 §7 contacts, service check and delays of a day computed by hand", "[report][figures]") {
    const DemoShop shop("0", saturdays());
    play(shop);
    // The customer of R1 sits from 08:00 to 10:10 without a word.
    CHECK(rows(shop, "contacts", {"order", "advisor", "longest_wait_minutes"}) == Lines{"R1 201 130"});
    CHECK(rows(shop, "service-check", {"key", "done", "of", "rate_bp", "jobs"}) ==
          Lines{"told_before_change 1 1 10000 [\"R1\"]", "consent_before_work 0 0 null []",
                "hourly_update 0 1 0 [\"R1\"]", "appointment_called 0 0 null []", "called_back 1 1 10000 [\"R1\"]"});
    CHECK(rows(shop, "delays", {"key", "count", "minutes", "share_bp", "running_bp", "jobs"}) ==
          Lines{"parts 1 30 10000 10000 [\"R1\"]"});
    CHECK(rows(shop, "returns", {"key", "count", "of", "rate_bp", "jobs"}) ==
          Lines{"external_returns 0 2 0 [\"R1\",\"R2\"]", "internal_returns 1 2 5000 [\"R1\",\"R2\"]",
                "first_time_fix 2 2 10000 [\"R1\",\"R2\"]"});
}

TEST_CASE("§5 silence ends when the car is ready and is held against contact_minutes; §1 consent comes before the work",
          "[report][figures]") {
    struct Case {
        const char *minutes, *asked_at, *called_at;
        Lines contacts, check;
    };
    // R3 waits from 08:00, is told at 08:40, ready at 09:20 and handed over at 11:00: 40 minutes of silence. Its added
    // work is agreed at `asked_at`, work ends at 09:10. R4 was to come at 08:00 and is called at `called_at`.
    const auto c = GENERATE(values<Case>({
        {"60", "08:50", "08:15", {}, {"consent_before_work 1 1", "hourly_update 1 1", "appointment_called 1 1"}},
        {"30", "09:10", "08:16", {"R3 40"}, {"consent_before_work 0 1", "hourly_update 0 1", "appointment_called 0 1"}},
    }));
    CAPTURE(c.minutes);
    auto changes = saturdays();
    changes.push_back({"[log]\n", std::string("[alerts]\ncontact_minutes = ") + c.minutes + "\n\n[log]\n"});
    const DemoShop shop("0", changes);
    shop.say(
        "receive R3 plate=沪A12345 model=Lavida type=maintenance promise=12:00 waiting items=换油:60 as=201 at=08:00");
    shop.say("book R4 沪A54321 Lavida maintenance 08:00 as=201 at=07:00");
    shop.say("assign R3 bay=1 parked as=301 at=08:02");
    shop.say("start R3 as=102 at=08:10");
    shop.say(std::string("contact R4 who=Li how=phone as=201 at=") + c.called_at);
    shop.say("contact R3 who=Wang how=in_person as=201 at=08:40");
    shop.say("add-work R3 刹车片 20 as=102 at=08:45");
    shop.say(std::string("consent R3 2 who=Wang how=in_person as=201 at=") + c.asked_at);
    shop.say("finish R3 as=102 at=09:10");
    shop.say("inspect R3 passed as=101 at=09:15");
    shop.say("ready R3 as=301 at=09:20");
    shop.say("deliver R3 as=201 at=11:00");
    CHECK(rows(shop, "contacts", {"order", "longest_wait_minutes"}) == c.contacts);
    auto check = rows(shop, "service-check", {"key", "done", "of"});
    check.erase(check.begin());
    check.pop_back();
    CHECK(check == c.check);
}

TEST_CASE("§4 a person's own target decides the points, and a table shows it in straight columns",
          "[report][figures]") {
    const DemoShop shop("0", {{"[log]\n",
                               "[targets]\ndepartment = 9000\n[targets.roles]\nadvisor = 5000\n"
                               "[targets.people]\n\"202\" = 8000\n\n[log]\n"}});
    std::string text = "order_no,repair_type,advisor,technicians,received_at,promised_at,settled_at\n";
    const auto row = [&text](const std::string& order, const std::string& advisor, bool late) {
        text += order + ",repair," + advisor + ",101,2026-10-02 08:00,2026-10-02 10:00,2026-10-02 " +
                (late ? "10:01" : "10:00") + "\n";
    };
    // 201: 4 of 10 late, target 50 %: 5 allowed. 202: 4 of 10 late, target 80 %: 2 allowed, 2 points.
    for (int i = 0; i < 10; ++i) row("A" + std::to_string(i), "201", i < 4);
    for (int i = 0; i < 10; ++i) row("B" + std::to_string(i), "202", i < 4);
    std::ofstream(shop.path("t.csv")) << text;
    REQUIRE(shop.baytime({"import", "orders", shop.path("t.csv").string()}).status == 0);
    const auto ran = shop.baytime({"report", "monthly", "--month", "2026-10", "--by", "advisor", "--format", "json"});
    const auto report = json::parse(ran.out).as_object();
    const auto& people = report.at("rows").as_array();
    REQUIRE(people.size() == 2);
    CHECK(people.at(0).at("target_bp") == 5000);
    CHECK(people.at(0).at("deduction") == 0);
    CHECK(people.at(1).at("target_bp") == 8000);
    CHECK(people.at(1).at("deduction") == 2);
    // 8 of 20 late, target 90 %: 2 allowed.
    CHECK(report.at("total").at("deduction") == 6);

    const auto zh = shop.baytime({"report", "returns", "--month", "2026-10", "--lang", "zh"});
    CHECK(zh.out ==
          "城西服务站 · 返修统计 · 2026-10\n\n明细\n"
          "项目        次数  总数   比率%  目标%\n"
          "外返率         0    20    0.00   0.50\n"
          "内返率         0    20    0.00   5.00\n"
          "一次修复率    20    20  100.00      —\n");
    const auto en = shop.baytime({"report", "returns", "--month", "2026-10", "--lang", "en"});
    CHECK(en.out ==
          "城西服务站 · Returns · 2026-10\n\nRows\n"
          "Key               Count  Of  Rate %  Target %\n"
          "external returns      0  20    0.00      0.50\n"
          "internal returns      0  20    0.00      5.00\n"
          "first-time fix       20  20  100.00         —\n");
}
