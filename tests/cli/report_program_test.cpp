// Import and reports: the real program against the real daemon, with files as other systems write them.
#include "tests/cli/demo_shop.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace json = boost::json;
using baytime::support::DemoShop;

namespace {

const std::string header =
    "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,repromised_at,repromise_confirmed_at,"
    "repromise_reason,settled_at,customer_cause,excuse_decision,callback,inspection_failed,return_of,amount,"
    "delay_flagged_at,delay_minutes,delay_reason\r\n";

/// Settled orders of October 2026 with one of everything that the rules tell apart, by advisors A01 and A02.
const std::string october =
    "\xEF\xBB\xBF" + header +
    // On time by the minute; late by one; excused and pending; excused and accepted; rejected; late by the call-back.
    "O1,沪A1,maintenance,A01,T1|T2,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 10:30:59,,,,0,,100.50,,,\r\n"
    "O2,沪A2,maintenance,A01,T1,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 10:31:00,,,,1,,200,2026-10-01 10:00,"
    "30,parts\r\n"
    "O3,沪A3,repair,A01,T2,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 11:00,S-3,,,0,,300,,,\r\n"
    "O4,沪A4,repair,A02,T2,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 11:00,S-4,accepted,,0,O1,400,,,\r\n"
    "O5,\"沪A5, \"\"新\"\"\",repair,A02,T2,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 "
    "11:00,S-5,rejected,,0,,500,,,\r\n"
    "O6,沪A6,accident,A02,T2|T2,2026-10-01 08:00,2026-10-01 10:30,,,,2026-10-01 09:00,,,late,0,,600.07,,,\r\n"
    // A new promise that counts, and one that was agreed a minute too late.
    "O7,沪A7,warranty,A02,T1,2026-10-01T00:00:00Z,2026-10-01T02:30:00Z,2026-10-01T03:30:00Z,2026-10-01T02:30:30Z,"
    "added_work,2026-10-01T11:30:00+08:00,,,on_time,0,,0,,,\r\n"
    "O8,沪A8,warranty,A02,T1,2026-10-01T00:00:00Z,2026-10-01T02:30:00Z,2026-10-01T03:30:00Z,2026-10-01T02:31:00Z,"
    "added_work,2026-10-01T11:30:00+08:00,,,,0,,,2026-10-01 10:05,60,diagnosis\r\n"
    // The last minute of October and the first of November in the shop, not in UTC.
    "O9,沪A9,first_service,A02,,2026-10-31 08:00,2026-10-31 23:59,,,,2026-10-31T15:59:59Z,,,,0,,1,,,\r\n"
    "O10,沪A10,first_service,A02,,2026-10-31 08:00,2026-11-01 01:00,,,,2026-10-31T16:00:00Z,,,,0,,1,,,\r\n"
    // Not settled yet.
    "O11,沪A11,repair,A02,T1,2026-10-31 08:00,2026-11-01 01:00,,,,,,,,0,,,,,\r\n";

std::string write(const DemoShop& shop, const std::string& name, const std::string& text) {
    const auto path = shop.path(name);
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

json::array rows_of(const DemoShop& shop, const std::string& by) {
    const auto ran = shop.baytime({"report", "monthly", "--month", "2026-10", "--by", by, "--format", "json"});
    REQUIRE(ran.status == 0);
    const auto report = json::parse(ran.out).as_object();
    CHECK(report.at("month") == "2026-10");
    CHECK(std::string(report.at("by").as_string()) == by);
    return report.at("rows").as_array();
}

/// `key settled on_time late excused rate strict deduction flagged returns failed`
std::string line(const json::value& row) {
    std::string out(row.at("key").as_string());
    for (const char* member : {"settled", "on_time", "late", "excused", "rate_bp", "strict_bp", "deduction",
                               "late_flagged_in_time", "returns", "inspection_failed"})
        out += " " + json::serialize(row.at(member));
    return out;
}

std::vector<std::string> lines(const json::array& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(line(row));
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("§3 §4 a month's figures are exact, by everything", "[report][daemon]") {
    const DemoShop shop;
    const auto file = write(shop, "october.csv", october);
    const auto done = shop.baytime({"import", "orders", file});
    CHECK(done.status == 0);
    CHECK(done.out.starts_with("imported 10 orders; 0 already there, 1 not settled yet, 0 bad rows left out\n"));
    CHECK(shop.baytime({"import", "orders", file}).out.starts_with("imported 0 orders; 10 already there"));

    CHECK(lines(rows_of(shop, "department")) == Lines{"department 9 3 4 2 5555 3333 4 1 1 1"});
    CHECK(lines(rows_of(shop, "advisor")) == Lines{"A01 3 1 1 1 6666 3333 1 1 0 1", "A02 6 2 3 1 5000 3333 3 0 1 0"});
    CHECK(lines(rows_of(shop, "technician")) == Lines{"T1 4 2 2 0 5000 5000 2 1 0 1", "T2 5 1 2 2 6000 2000 2 0 1 0"});
    const auto types = rows_of(shop, "repair_type");
    CHECK(lines(types) == Lines{"accident 1 0 1 0 0 0 1 0 0 0", "first_service 1 1 0 0 10000 10000 0 0 0 0",
                                "maintenance 2 1 1 0 5000 5000 1 1 0 1", "repair 3 0 1 2 6666 0 1 0 1 0",
                                "warranty 2 1 1 0 5000 5000 1 0 0 0"});
    CHECK(types.at(0).at("turnover_cents") == 60007);
    CHECK(types.at(2).at("visits") == 2);
    CHECK(types.at(2).at("turnover_cents") == 30050);
    CHECK(rows_of(shop, "team").empty());
}

TEST_CASE("§4 a month in which nothing was settled has no rate", "[report][daemon]") {
    const DemoShop shop;
    CHECK(lines(rows_of(shop, "department")) == Lines{"department 0 0 0 0 null null 0 0 0 0"});
    CHECK(rows_of(shop, "advisor").empty());
    const auto text = shop.baytime({"report", "monthly", "--month", "2026-10"});
    CHECK(text.out.find("—") != std::string::npos);
}

TEST_CASE("the day's table shows each job with its verdict, and totals under it", "[report][daemon]") {
    const DemoShop shop;
    shop.baytime({"import", "orders", write(shop, "october.csv", october)});
    const auto ran = shop.baytime({"report", "daily", "--date", "2026-10-01", "--format", "json"});
    const auto report = json::parse(ran.out).as_object();
    const auto& rows = report.at("rows").as_array();
    REQUIRE(rows.size() == 8);
    std::vector<std::string> verdicts;
    for (const auto& row : rows)
        verdicts.push_back(std::string(row.at("order").as_string()) + " " + std::string(row.at("verdict").as_string()) +
                           " " + std::string(row.at("why").as_string()) + " " +
                           json::serialize(row.at("minutes_late")));
    CHECK(verdicts == Lines{"O6 late customer_said -90", "O1 on_time kept 0", "O2 late clock 1",
                            "O3 excused excuse_open 30", "O4 excused excuse_accepted 30", "O5 late excuse_rejected 30",
                            "O7 on_time kept 0", "O8 late clock 60"});
    CHECK(rows.at(1).at("promise") == "2026-10-01T10:30:00+08:00");
    CHECK(rows.at(6).at("original_promise") == "2026-10-01T10:30:00+08:00");
    CHECK(rows.at(6).at("promise") == "2026-10-01T11:30:00+08:00");
    CHECK(report.at("total").at("settled") == 8);
    CHECK(report.at("confirmed").as_array().empty());
}

TEST_CASE("what is wrong with a file is said in the language asked for", "[report][daemon]") {
    const DemoShop shop;
    const std::string head = "order_no,repair_type,advisor,technicians,received_at,promised_at,settled_at\n";
    const auto bad = write(shop, "bad.csv", head + "B1,repair,201,101、102,2026-10-01 08:00,2026-10-01 09:00,noon\n");
    const auto chinese = shop.baytime({"import", "orders", bad, "--lang", "zh"});
    CHECK(chinese.status == 1);
    CHECK(chinese.out ==
          "第 2 行，工单 B1，technicians“101、102”：修理工之间请用 | 分隔，不要用 、\n"
          "第 2 行，工单 B1，settled_at“noon”：应为时间，例如 2026-10-01T09:30:00+08:00、以 Z 结尾的时间，或本店时间 "
          "2026-10-01 09:30\n"
          "没有导入：1 行中有 1 行有误；请改正，或用 --skip-bad 略过\n");
    const auto nameless = shop.baytime({"import", "orders", write(shop, "h.csv", "a;b\n1;2\n"), "--skip-bad"});
    CHECK(nameless.status == 1);
    CHECK(nameless.out.find("the first row names no column; it should name order_no, plate,") != std::string::npos);
    CHECK(nameless.out.ends_with("nothing was imported: the file cannot be read\n"));
    const auto bytes = shop.baytime({"import", "orders", write(shop, "x.csv", "\xFF\xFF"), "--lang", "zh"});
    CHECK(bytes.error.find("文件既不是 UTF-8 也不是 GBK") != std::string::npos);
    const auto refused = shop.baytime({"report", "daily", "--month", "2026-10", "--lang", "zh"});
    CHECK(refused.status != 0);
    CHECK(refused.error ==
          "baytime: 参数写法不对，日期写作 2026-10-01，月份写作 2026-10（the report daily takes no month; it takes "
          "date） "
          "[bad-value]\n");
    CHECK(shop.baytime({"confirm-day", "2030-01-01", "--as", "601", "--lang", "zh"})
              .error.starts_with("baytime: 填写的值不能用（that day has not begun"));
    // Spreadsheets of some countries separate by semicolons.
    auto good = head + "G1,repair,201,101|102,2026-10-01 08:00,2026-10-01 09:00,2026-10-01 09:00\n";
    std::ranges::replace(good, ',', ';');
    const auto done = shop.baytime({"import", "orders", write(shop, "g.csv", good), "--lang", "zh"});
    CHECK(done.out == "已导入 1 张工单；0 张以前已导入，0 张尚未结算，略过 0 行有误\n");
}

TEST_CASE("a file in GBK reads like one in UTF-8, with columns renamed by a mapping", "[report][daemon]") {
    const DemoShop shop;
    // 工单号,类型,顾问,接车,约定,结算 / 首保, 王芳
    const std::string gbk =
        "\xB9\xA4\xB5\xA5\xBA\xC5,\xC0\xE0\xD0\xCD,\xB9\xCB\xCE\xCA,\xBD\xD3\xB3\xB5,\xD4\xBC\xB6\xA8,"
        "\xBD\xE1\xCB\xE3\n"
        "g1,\xCA\xD7\xB1\xA3,\xCD\xF5\xB7\xBC,2026-10-01 08:00,2026-10-01 09:00,2026-10-01 09:00\n";
    const auto mapping = write(shop, "names.txt",
                               "工单号 = order_no\n类型 = repair_type\n顾问 = advisor\n接车 = received_at\n"
                               "约定 = promised_at\n结算 = settled_at\n");
    const auto file = write(shop, "gbk.csv", gbk);
    CHECK(shop.baytime({"import", "orders", file}).status == 1);
    CHECK(shop.baytime({"import", "orders", file, "--mapping", mapping}).status == 0);
    CHECK(lines(rows_of(shop, "advisor")) == Lines{"王芳 1 1 0 0 10000 10000 0 0 0 0"});
}

TEST_CASE("two hundred bad rows are all reported, and nothing of their file is kept", "[report][daemon]") {
    const DemoShop shop;
    std::string text = header;
    for (int i = 0; i < 200; ++i)
        text +=
            "B" + std::to_string(i) + ",,repair,A01,,2026-10-01 08:00,2026-10-01 25:00,,,,2026-10-01 09:00,,,,0,,,,,\n";
    text += "G1,,repair,A01,,2026-10-01 08:00,2026-10-01 10:00,,,,2026-10-01 09:00,,,,0,,,,,\n";
    const auto file = write(shop, "bad.csv", text);
    const auto refused = shop.baytime({"import", "orders", file});
    CHECK(refused.status == 1);
    CHECK(std::ranges::count(refused.out, '\n') == 201);
    CHECK(refused.out.starts_with("line 2, order B0, promised_at \"2026-10-01 25:00\": must be a time as"));
    CHECK(refused.out.find("nothing was imported: 200 of 201 rows are bad") != std::string::npos);
    CHECK(rows_of(shop, "advisor").empty());
    CHECK(shop.baytime({"import", "orders", file, "--skip-bad", "--dry-run"}).out.find("would import 1 orders") !=
          std::string::npos);
    CHECK(rows_of(shop, "advisor").empty());
    CHECK(shop.baytime({"import", "orders", file, "--skip-bad"}).status == 0);
    CHECK(rows_of(shop, "advisor").size() == 1);
}

TEST_CASE("a report is also CSV that spreadsheets open safely, and a workbook", "[report][daemon]") {
    const DemoShop shop;
    shop.baytime(
        {"import", "orders",
         write(shop, "o.csv",
               header + "E1,,repair,=cmd(),T1,2026-10-01 08:00,2026-10-01 10:00,,,,2026-10-01 09:55,,,,0,,,,,\n")});
    const auto csv = shop.baytime({"report", "daily", "--date", "2026-10-01", "--format", "csv", "--lang", "zh"});
    CHECK(csv.out.starts_with("\xEF\xBB\xBF工单号,车牌,维修类型,服务顾问,"));
    CHECK(csv.out.find("\r\nE1,,普通修理,'=cmd(),T1,2026-10-01 10:00,2026-10-01 10:00,2026-10-01 09:55,-5,准时,") !=
          std::string::npos);

    const auto book = shop.path("month.xlsx").string();
    CHECK(shop.baytime({"report", "monthly", "--month", "2026-10", "--format", "xlsx"}).status == 2);
    CHECK(shop.baytime({"report", "monthly", "--month", "2026-10", "--format", "xlsx", "--output", book}).status == 0);
    CHECK(DemoShop::read(book).starts_with("PK"));
    const auto out = shop.path("month.json").string();
    CHECK(shop.baytime({"report", "monthly", "--month", "2026-10", "--format", "json", "--output", out}).out.empty());
    CHECK(json::parse(DemoShop::read(out)).at("month") == "2026-10");
}

TEST_CASE("§4 what belongs to no advisor stands under a dash; in JSON under an empty key", "[report][daemon]") {
    const DemoShop shop;
    const std::string row = "F1,,repair,,T1,2026-10-01 08:00,2026-10-01 10:00,,,,2026-10-01 09:55,,,,0,,,,,\n";
    REQUIRE(shop.baytime({"import", "orders", write(shop, "f.csv", header + row)}).status == 0);
    CHECK(rows_of(shop, "advisor").at(0).at("key") == "");
    const std::vector<std::string> ask{"report", "monthly", "--month", "2026-10", "--by", "advisor", "--explain"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), ask.begin(), ask.end());
        return shop.baytime(more);
    };
    CHECK(with({"--format", "csv"}).out.find("\r\n—,1,1,") != std::string::npos);
    CHECK(with({"--format", "csv"}).out.find("\r\n—,F1,") != std::string::npos);
    CHECK(with({"--format", "xlsx", "--output", shop.path("f.xlsx").string()}).status == 0);
}

TEST_CASE("every report answers, and bad periods are refused in one sentence", "[report][daemon]") {
    const DemoShop shop;
    shop.baytime({"import", "orders", write(shop, "october.csv", october)});
    for (const char* kind : {"daily", "monthly", "allowance", "delays", "returns", "visits", "utilisation",
                             "efficiency", "bays", "standards", "contacts", "service-check", "excuses"}) {
        CAPTURE(kind);
        const auto ran = shop.baytime({"report", kind, "--explain", "--format", "json"});
        CHECK(ran.status == 0);
        CHECK(json::parse(ran.out).as_object().contains("formula"));
        CHECK(shop.baytime({"report", kind}).status == 0);
    }
    // What a report does not take is refused, never passed over.
    const std::vector<std::vector<std::string>> not_taken{
        {"delays", "--date", "2026-10-01"}, {"daily", "--month", "2026-10"},
        {"utilisation", "--year", "2026"},  {"allowance", "--by", "advisor"},
        {"excuses", "--month", "2026-10"},  {"visits", "--month", "2026-10", "--year", "2026"}};
    for (const auto& words : not_taken) {
        CAPTURE(words);
        std::vector<std::string> ask{"report"};
        ask.insert(ask.end(), words.begin(), words.end());
        const auto refused = shop.baytime(ask);
        CHECK(refused.status != 0);
        CHECK(refused.out.empty());
    }
    CHECK(shop.baytime({"report", "delays", "--date", "2026-10-01"})
              .error.find("the report delays takes no date; it takes month") != std::string::npos);
    const auto wrong = shop.baytime({"report", "monthly", "--month", "October"});
    CHECK(wrong.status == 2);
    CHECK(wrong.error.starts_with("baytime: month must be written as 2026-10"));
    CHECK(shop.baytime({"report", "yearly"}).status == 2);
}

TEST_CASE("§5 §7 delays, returns and the allowance of a month", "[report][daemon]") {
    const DemoShop shop;
    shop.baytime({"import", "orders", write(shop, "october.csv", october)});
    const auto ask = [&shop](const char* kind) {
        return json::parse(shop.baytime({"report", kind, "--month", "2026-10", "--format", "json"}).out).as_object();
    };
    const auto delays = ask("delays");
    CHECK(delays.at("total").at("late") == 4);
    CHECK(delays.at("total").at("late_flagged_in_time_bp") == 2500);
    CHECK(delays.at("total").at("median_notice_minutes") == 25);
    CHECK(delays.at("rows").as_array().size() == 2);
    const auto returns = ask("returns").at("rows").as_array();
    CHECK(returns.at(0).at("rate_bp") == 1111);
    CHECK(returns.at(2).at("rate_bp") == 8888);
    const auto allowance = ask("allowance").at("rows").at(0);
    CHECK(allowance.at("allowed_late") == 0);
    CHECK(allowance.at("may_still_be_late") == 0);
    CHECK(allowance.at("on_time_needed") == 91);
    const auto visits = ask("visits");
    CHECK(visits.at("total").at("visits") == 9);
    CHECK(visits.at("total").at("plan_visits") == 100);
    CHECK(visits.at("total").at("turnover_cents") == 210157);
}
