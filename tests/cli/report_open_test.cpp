// Every figure of every report can be opened: its jobs, its formula, in text, CSV, workbook and JSON.
#include "board/reports/columns.hpp"
#include "board/reports/texts.hpp"
#include "protocol/verbs.hpp"
#include "tests/cli/full_shop.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <catch2/catch.hpp>

#include <set>

namespace json = boost::json;
using namespace baytime::support;
using baytime::protocol::ReportKind;

namespace {

const std::vector<std::string> bys{"department", "advisor", "technician", "team", "repair_type"};

bool is_time(std::string_view name) {
    return name.ends_with("_at") || name.ends_with("promise");
}

/// Every row of the answer with the part it stands in.
std::vector<std::pair<std::string, json::object>> rows_of(const json::object& report) {
    std::vector<std::pair<std::string, json::object>> out;
    for (const char* part : {"rows", "trend"}) {
        if (const auto* list = report.if_contains(part)) {
            for (const auto& row : list->as_array()) out.emplace_back(part, row.as_object());
        }
    }
    if (const auto* total = report.if_contains("total")) out.emplace_back("total", total->as_object());
    return out;
}

/// The jobs behind a row; of a total without jobs of its own, those of all rows.
json::array jobs_behind(const json::object& report, const std::string& part, const json::object& row) {
    if (const auto* own = row.if_contains("jobs")) return own->as_array();
    json::array out;
    if (part != "total") return out;
    for (const auto& one : report.at("rows").as_array()) {
        if (const auto* jobs = one.as_object().if_contains("jobs"))
            out.insert(out.end(), jobs->as_array().begin(), jobs->as_array().end());
    }
    return out;
}

/// What the jobs add to a figure, or nothing when it is no sum of them.
std::optional<std::int64_t> sum_of(const json::array& jobs, std::string_view figure) {
    std::optional<std::int64_t> sum;
    for (const auto& job : jobs) {
        const auto* value = job.as_object().if_contains(figure);
        if (value != nullptr && value->is_int64()) sum = sum.value_or(0) + value->as_int64();
    }
    return sum;
}

const std::set<std::string, std::less<>> from_settings{
    "target_bp", "plan_visits", "plan_turnover_cents", "attendance_minutes", "working_days", "open_minutes", "bays"};

/// Opens every figure of a report: it has a formula, and where it is a sum of its jobs, it is that sum.
void open_all(const json::object& report, std::size_t& figures, std::size_t& sums) {
    const auto& formulas = report.at("formula").as_object();
    for (const auto& [part, row] : rows_of(report)) {
        const auto jobs = jobs_behind(report, part, row);
        const bool is_job = row.contains("order");
        for (const auto& member : row) {
            const std::string figure(member.key());
            if (is_time(figure) || !(member.value().is_number() || member.value().is_null())) continue;
            CAPTURE(part, json::serialize(row), figure);
            REQUIRE(formulas.contains(figure));
            CHECK_FALSE(formulas.at(figure).as_string().empty());
            ++figures;
            const auto sum = sum_of(jobs, figure);
            if (sum) ++sums;
            if (sum && !from_settings.contains(figure)) CHECK(*sum == member.value().as_int64());
            // A count that is not nought has jobs.
            const bool counts = !is_job && member.value().is_int64() && member.value().as_int64() != 0;
            if (counts && !from_settings.contains(figure)) CHECK_FALSE(jobs.empty());
        }
    }
}

std::vector<std::pair<std::string, std::string>> all_reports() {
    std::vector<std::pair<std::string, std::string>> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ReportKind>>([&out](auto kind) {
        if (kind.value != ReportKind::monthly) out.emplace_back(kind.name, "");
    });
    for (const auto& by : bys) out.emplace_back("monthly", by);
    return out;
}

std::string without(std::string text, const std::string& part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

/// Runs of Latin letters and what hangs together with them: `Lavida`, `O1`, `2026-11`.
std::set<std::string> latin_words(const std::string& text) {
    std::set<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
        if (part) word += c;
        if (part) continue;
        if (std::ranges::any_of(word, [](unsigned char one) { return std::isalpha(one) != 0; })) out.insert(word);
        word.clear();
    }
    return out;
}

std::string unzipped(const std::string& book, const std::string& part, const std::filesystem::path& errors) {
    return DemoShop::run_plain({"/usr/bin/unzip", "-p", book, part}, errors).out;
}

}  // namespace

TEST_CASE("§4 §5 §6 §7 every figure of every report can be opened, and is the sum of its jobs", "[report][open]") {
    const FullShop full;
    std::size_t figures = 0, sums = 0;
    for (const auto& [kind, by] : all_reports()) {
        CAPTURE(kind, by);
        const auto report = json::parse(full.ask(kind, by, {"--format", "json"})).as_object();
        CHECK(std::string(report.at("report").as_string()) == kind);
        CHECK_FALSE(report.at("rows").as_array().empty());
        open_all(report, figures, sums);
        // A header stands over a report without rows as well, so its columns are known beforehand.
        std::set<std::string> members, columns;
        for (const auto& row : report.at("rows").as_array()) {
            for (const auto& member : row.as_object()) {
                const std::string_view name = member.key();
                if (name != "jobs" && !name.ends_with("_name") && !name.ends_with("_names")) members.emplace(name);
            }
        }
        for (const auto column : baytime::reports::columns_of(kind, by)) columns.emplace(column);
        CHECK(members == columns);
    }
    CHECK(figures > 500);
    CHECK(sums > 150);
}

TEST_CASE("every report shows its jobs and its formulas as text, CSV and workbook too", "[report][open]") {
    const FullShop full;
    for (const auto& [kind, by] : all_reports()) {
        CAPTURE(kind, by);
        const auto text = full.ask(kind, by, {"--lang", "en"});
        CHECK(text.starts_with("城西服务站 · "));
        CHECK(text.find("\nFormulas\n") != std::string::npos);
        CHECK(text.find("\nJobs behind the figures\n") != std::string::npos);
        const auto csv = full.ask(kind, by, {"--lang", "en", "--format", "csv"});
        CHECK(csv.starts_with("\xEF\xBB\xBF"));
        CHECK(csv.find("\r\nFormulas\r\nFigure,Formula\r\n") != std::string::npos);
        CHECK(csv.find("\r\nJobs behind the figures\r\nRow,Order,") != std::string::npos);
        const auto book = full.shop().path("book.xlsx").string();
        full.ask(kind, by, {"--lang", "en", "--format", "xlsx", "--output", book});
        const auto sheets = unzipped(book, "xl/workbook.xml", full.shop().path("unzip"));
        CHECK(sheets.find("\"Formulas\"") != std::string::npos);
        CHECK(sheets.find("\"Jobs behind the figures\"") != std::string::npos);
    }
}

TEST_CASE("a report without rows explains its columns all the same", "[report][open]") {
    const DemoShop shop;
    for (const char* kind : {"delays", "standards", "contacts", "excuses"}) {
        const auto ran = shop.baytime({"report", kind, "--explain", "--format", "json"});
        const auto report = json::parse(ran.out).as_object();
        CAPTURE(kind);
        CHECK(report.at("rows").as_array().empty());
        const auto& formulas = report.at("formula").as_object();
        for (const auto column : baytime::reports::columns_of(kind, "")) {
            const auto text = baytime::reports::text("formula", kind, column, false);
            if (!text.empty()) CHECK(formulas.contains(column));
        }
        CHECK(formulas.size() >= 2);
    }
}

TEST_CASE("a report in Chinese holds no English word", "[report][open]") {
    const FullShop full;
    const std::set<std::string> codes{"O1", "O2",  "O3",   "O4", "R1", "R2",     "R4",     "A1",     "A2", "A3",
                                      "A4", "S-3", "S-77", "A",  "B",  "A12345", "A54321", "A54322", "h"};
    for (const auto& [kind, by] : all_reports()) {
        for (const char* format : {"text", "csv"}) {
            CAPTURE(kind, by, format);
            const auto text = full.ask(kind, by, {"--lang", "zh", "--format", format});
            for (const auto& word : latin_words(text)) {
                CAPTURE(word);
                CHECK(codes.contains(word));
            }
        }
    }
}

TEST_CASE("both languages have the same texts, each filled", "[report][open]") {
    const auto& zh = baytime::reports::texts(true);
    const auto& en = baytime::reports::texts(false);
    std::set<std::string> keys;
    for (const auto& [key, text] : zh) {
        CAPTURE(key, text);
        CHECK_FALSE(text.empty());
        CHECK(en.contains(key));
        if (key.starts_with("file.")) continue;  // they name columns, as a file has them
        const auto words = latin_words(without(without(without(text, "{delay_notice_minutes}"), "{contact_minutes}"),
                                               "{appointment_overdue_minutes}"));
        CHECK(words.empty());
    }
    CHECK(zh.size() == en.size());
}

TEST_CASE("§4 the day's table names people, has totals, and says who has read it, on an empty day too",
          "[report][open]") {
    const FullShop full;
    const auto csv = [&](const std::string& date) {
        const auto ran = full.shop().baytime({"report", "daily", "--date", date, "--format", "csv", "--lang", "zh"});
        return ran.out;
    };
    const auto day = csv("2026-11-21");
    const std::string header =
        "\xEF\xBB\xBF工单号,车牌,维修类型,服务顾问,修理工,原约定时间,有效约定时间,结算时间,迟到分钟,"
        "判定,依据,客户签字,返修原单,预警时间,预警,金额(元)\r\n";
    CHECK(day.starts_with(header));
    CHECK(day.find("(201),") != std::string::npos);
    CHECK(day.find("(102),") != std::string::npos);
    CHECK(day.find("\r\n合计\r\n结算台次,准时,不准时,客户原因,准时率%,严格准时率%,目标%,扣分,") != std::string::npos);
    CHECK(day.find("\r\n2,0,1,1,50.00,0.00,96.00,1,") != std::string::npos);
    CHECK(day.ends_with("\r\n已阅确认\r\n工号,名称,确认时间\r\n"));  // it is not over yet

    const auto empty = csv("2026-11-20");
    CHECK(empty.starts_with(header));
    CHECK(empty.find("\r\n0,0,0,0,—,—,96.00,0,") != std::string::npos);
    CHECK(empty.find("\r\n已阅确认\r\n工号,名称,确认时间\r\n601,") != std::string::npos);

    const auto text = full.shop().baytime({"report", "daily", "--date", "2026-11-21", "--lang", "zh"}).out;
    CHECK(text.starts_with("城西服务站 · 准时交车率统计表 · 2026-11-21\n"));
}

TEST_CASE("§4 the trend follows the rows: 13 months of each", "[report][open]") {
    const FullShop full;
    struct Case {
        const char* by;
        std::size_t keys;
        const char *key, *october, *november;
    };
    const auto c = GENERATE(values<Case>({
        {"department", 1, "department", "1 1 0", "5 2 6000"},
        {"advisor", 3, "201", "0 0 null", "3 2 3333"},
        {"technician", 4, "102", "0 0 null", "3 2 3333"},
        {"team", 2, "A", "0 0 null", "4 2 5000"},
        {"repair_type", 2, "repair", "1 1 0", "2 0 10000"},
    }));
    CAPTURE(c.by);
    const auto report = json::parse(full.ask("monthly", c.by, {"--format", "json"})).as_object();
    const auto& trend = report.at("trend").as_array();
    CHECK(trend.size() == 13 * c.keys);
    std::map<std::string, std::string> months;
    for (const auto& row : trend) {
        if (std::string(row.at("key").as_string()) != c.key) continue;
        months[std::string(row.at("month").as_string())] = json::serialize(row.at("settled")) + " " +
                                                           json::serialize(row.at("late")) + " " +
                                                           json::serialize(row.at("rate_bp"));
    }
    CHECK(months.size() == 13);
    CHECK(months.begin()->first == "2025-11");
    CHECK(months["2026-10"] == c.october);
    CHECK(months["2026-11"] == c.november);
}

TEST_CASE("the monthly workbook has a frozen header, number formats and a chart of every row's trend",
          "[report][open]") {
    const FullShop full;
    const auto book = full.shop().path("month.xlsx").string();
    full.ask("monthly", "advisor", {"--lang", "zh", "--format", "xlsx", "--output", book});
    const auto part = [&](const char* name) { return unzipped(book, name, full.shop().path("unzip")); };
    const auto sheet = part("xl/worksheets/sheet1.xml");
    CHECK(sheet.find("ySplit=\"1\"") != std::string::npos);
    CHECK(sheet.find("state=\"frozen\"") != std::string::npos);
    CHECK(sheet.find("<drawing ") != std::string::npos);
    const auto styles = part("xl/styles.xml");
    CHECK(styles.find("0.00%") != std::string::npos);
    CHECK(styles.find("#,##0.00") != std::string::npos);
    CHECK(styles.find("yyyy-mm-dd hh:mm") != std::string::npos);
    const auto chart = part("xl/charts/chart1.xml");
    std::size_t lines = 0;
    for (auto at = chart.find("<c:ser>"); at != std::string::npos; at = chart.find("<c:ser>", at + 1)) ++lines;
    CHECK(lines == 3);
    CHECK(chart.find("准时率走势") != std::string::npos);
    CHECK(part("xl/workbook.xml").find("\"趋势\"") != std::string::npos);
}

TEST_CASE("§4 excuses that nobody has decided stand on the manager's list, the oldest first, until decided",
          "[report][open]") {
    const FullShop full;
    const auto waiting = [&] {
        const auto report = json::parse(full.ask("excuses", "", {"--format", "json"})).as_object();
        std::vector<std::string> out;
        for (const auto& row : report.at("rows").as_array())
            out.push_back(std::string(row.at("order").as_string()) + " " +
                          std::string(row.at("signature").as_string()) + " " +
                          json::serialize(row.at("waiting_hours")) + " " + json::serialize(row.at("minutes_late")));
        CHECK(report.at("total").at("count") == out.size());
        return out;
    };
    const auto text = full.shop().baytime({"report", "excuses", "--lang", "zh"}).out;
    CHECK(text.find("待经理确认的客户原因") != std::string::npos);
    CHECK(text.find("\nO3") != std::string::npos);
    // O3 was imported, settled on the 3rd at 11:00; R2 was written down at 15:40. It is 18:00 on the 21st.
    CHECK(waiting() == std::vector<std::string>{"O3 S-3 439 30", "R2 S-77 2 270"});
    full.say("decide-excuse R2 rejected as=601");
    CHECK(waiting() == std::vector<std::string>{"O3 S-3 439 30"});
    full.say("decide-excuse O3 accepted as=601");
    CHECK(waiting().empty());
}

TEST_CASE("§7 visits and turnover stand by type and month beside the plan", "[report][open]") {
    const FullShop full;
    const auto ask = [&](std::vector<std::string> when) {
        when.insert(when.begin(), {"--format", "json"});
        return json::parse(full.ask("visits", "", when)).as_object();
    };
    const auto lines = [](const json::object& report) {
        std::vector<std::string> out;
        for (const auto& row : report.at("rows").as_array())
            out.push_back(std::string(row.at("month").as_string()) + " " + std::string(row.at("key").as_string()) +
                          " " + json::serialize(row.at("visits")) + " " + json::serialize(row.at("turnover_cents")));
        return out;
    };
    const auto month = ask({"--month", "2026-11"});
    CHECK(lines(month) == std::vector<std::string>{"2026-11 maintenance 3 40050", "2026-11 repair 2 55000"});
    // 1,200 visits a year are 100 a month.
    CHECK(month.at("total").at("plan_visits") == 100);
    CHECK(month.at("total").at("visits_bp") == 500);
    CHECK_FALSE(month.at("total").as_object().contains("turnover_bp"));
    const auto year = ask({"--year", "2026"});
    CHECK(lines(year) ==
          std::vector<std::string>{"2026-10 repair 1 40000", "2026-11 maintenance 3 40050", "2026-11 repair 2 55000"});
    CHECK(year.at("total").at("plan_visits") == 1200);
    CHECK(year.at("total").at("visits_bp") == 50);
    CHECK(year.at("total").at("turnover_cents") == 135050);
}

TEST_CASE("§7 returns: external of those delivered, internal of those inspected, first-time fix the rest",
          "[report][open]") {
    const FullShop full;
    struct Case {
        const char *month, *external, *internal, *fix;
    };
    const auto c = GENERATE(values<Case>({
        {"2026-11", "0 5 0 50", "2 5 4000 500", "5 5 10000 null"},
        {"2026-10", "1 1 10000 50", "0 1 0 500", "0 1 0 null"},
        {"2026-09", "0 0 null 50", "0 0 null 500", "0 0 null null"},
    }));
    CAPTURE(c.month);
    const auto report = json::parse(full.ask("returns", "", {"--month", c.month, "--format", "json"})).as_object();
    std::vector<std::string> rows;
    for (const auto& row : report.at("rows").as_array())
        rows.push_back(json::serialize(row.at("count")) + " " + json::serialize(row.at("of")) + " " +
                       json::serialize(row.at("rate_bp")) + " " + json::serialize(row.at("target_bp")));
    CHECK(rows == std::vector<std::string>{c.external, c.internal, c.fix});
}
