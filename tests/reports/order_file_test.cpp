#include "board/reports/order_file.hpp"

#include "board/reports/csv.hpp"
#include "board/reports/order_values.hpp"
#include "board/reports/staff_names.hpp"
#include "board/reports/texts.hpp"
#include "tests/reports/sample.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace baytime;
using namespace baytime::reports;
using support::at;
using support::eight_east;

namespace {

const std::string header =
    "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,repromised_at,repromise_confirmed_at,"
    "repromise_reason,settled_at,customer_cause,excuse_decision,callback,inspection_failed,return_of,amount,"
    "delay_flagged_at,delay_minutes,delay_reason\n";

OrderFile read(const std::string& rows, const Mapping& mapping = {}) {
    return read_orders(rows, mapping, eight_east());
}

/// A good row in which `column` has another value.
std::string row_with(std::size_t column, const std::string& value) {
    std::vector<std::string> fields{"R1",
                                    "沪A12345",
                                    "repair",
                                    "A01",
                                    "T01|T02",
                                    "2026-10-01T08:00:00+08:00",
                                    "2026-10-01 10:30",
                                    "2026-10-01T03:00:00Z",
                                    "2026-10-01 09:30:30",
                                    "added_work",
                                    "2026-10-01 10:59:59",
                                    "S-77",
                                    "accepted",
                                    "on_time",
                                    "1",
                                    "R0",
                                    "1234.5",
                                    "2026-10-01 09:00",
                                    "30",
                                    "parts"};
    if (column < fields.size()) fields[column] = value;
    std::string out = csv_plain(fields.front());
    for (std::size_t i = 1; i < fields.size(); ++i) out += "," + csv_plain(fields[i]);
    return out + "\n";
}

}  // namespace

TEST_CASE("a whole row becomes a whole fact", "[reports]") {
    const auto file = read(header + row_with(99, ""));
    REQUIRE(file.faults.empty());
    REQUIRE(file.orders.size() == 1);
    CHECK(file.orders[0].order == "R1");
    CHECK(file.orders[0].line == 2);
    const Imported expected{.plate = "沪A12345",
                            .type = RepairType::repair,
                            .advisor = "A01",
                            .technicians = {"T01", "T02"},
                            .received = at("2026-10-01T00:00:00"),
                            .promise = at("2026-10-01T02:30:00"),
                            .settled = at("2026-10-01T02:59:59"),
                            .repromise = at("2026-10-01T03:00:00"),
                            .confirmed = at("2026-10-01T01:30:30"),
                            .reason = ImportedReason::added_work,
                            .customer_cause = "S-77",
                            .decision = ExcuseDecision::accepted,
                            .call_back = ImportedCallBack::on_time,
                            .inspection_failed = true,
                            .return_of = "R0",
                            .amount = 123450,
                            .delay_flagged = at("2026-10-01T01:00:00"),
                            .delay_minutes = 30,
                            .delay_reason = DelayReason::parts};
    CHECK(file.orders[0].fact == expected);
}

TEST_CASE("columns come in any order, and optional ones may be missing", "[reports]") {
    const auto file = read(
        "Settled_At , ORDER_NO,promised_at,received_at,advisor,repair_type,colour\n"
        "2026-10-01 10:00,r7,2026-10-01 10:30,2026-10-01 08:00,王芳,首保,red\n");
    REQUIRE(file.faults.empty());
    REQUIRE(file.orders.size() == 1);
    CHECK(file.orders[0].order == "R7");
    CHECK(file.orders[0].fact.advisor == "王芳");
    CHECK(file.orders[0].fact.type == RepairType::first_service);
    CHECK(file.ignored == std::vector<std::string>{"colour"});
}

TEST_CASE("every bad value is named with line, column, value and what would be right", "[reports]") {
    struct Case {
        std::size_t column;
        const char* value;
        const char* why;
    };
    const auto c = GENERATE(values<Case>({
        {0, "", "a value is missing"},
        {0, "R 1", "must be 1 to 32 of the characters A-Z 0-9 . _ -"},
        {2, "oil", "must be one of first_service"},
        {2, "", "a value is missing"},
        {5, "yesterday", "must be a time as"},
        {5, "2026-02-30 10:00", "must be a time as"},
        {5, "2026-10-01", "must be a time as"},
        {6, "", "a value is missing"},
        {6, "2026-10-01 24:00", "must be a time as"},
        {6, "2026-10-01T10:30:00+8", "must be a time as"},
        {9, "whim", "must be added_work or estimate, or stay empty"},
        {10, "2026-10-01 07:59", "lies before received_at"},
        {12, "maybe", "must be accepted or rejected, or stay empty"},
        {13, "never", "must be on_time or late, or stay empty"},
        {14, "yes", "must be 0 or 1"},
        {15, "R/2", "must be 1 to 32"},
        {15, "r1", "an order is no return of itself"},
        {4, "T01,T02", "technicians are separated by |, not by ,"},
        {4, "T01; T02", "technicians are separated by |, not by ;"},
        {4, "张伟、李强", "technicians are separated by |, not by 、"},
        {4, "T01/T02", "technicians are separated by |, not by /"},
        {16, "12.345", "must be yuan as 1234.50"},
        {16, "-5", "must be yuan"},
        {16, "1,000.00", "must be yuan"},
        {16, "12.", "must be yuan"},
        {18, "-1", "must be whole minutes"},
        {18, "1.5", "must be whole minutes"},
        {19, "weather", "must be parts, added_work"},
    }));
    CAPTURE(c.column, c.value);
    const auto file = read(header + row_with(c.column, c.value));
    REQUIRE(file.faults.size() == 1);
    CHECK(file.bad_rows == 1);
    CHECK(file.orders.empty());
    CHECK(file.faults[0].line == 2);
    CHECK(file.faults[0].column == order_columns[c.column]);
    CHECK(file.faults[0].value == c.value);
    CHECK_THAT(file.faults[0].why, Catch::StartsWith(c.why));
}

TEST_CASE("two hundred bad rows are two hundred reports, and the good ones are still read", "[reports]") {
    std::string text = header;
    for (int i = 0; i < 200; ++i) {
        auto row = row_with(0, "B" + std::to_string(i));
        row.replace(row.find("repair"), 6, "nothing");
        text += row + row_with(0, "G" + std::to_string(i));
    }
    const auto file = read(text);
    CHECK(file.rows == 400);
    CHECK(file.bad_rows == 200);
    CHECK(file.faults.size() == 200);
    CHECK(file.faults[199].line == 400);
    CHECK(file.orders.size() == 200);
}

TEST_CASE("a row with several bad values names each of them", "[reports]") {
    const auto file = read(header + "R1,,x,A1,,y,z,,,,,,,,,,,,,\n");
    CHECK(file.bad_rows == 1);
    CHECK(file.faults.size() == 3);
}

TEST_CASE("the same number again is no fault when it says the same", "[reports]") {
    CHECK(read(header + row_with(99, "") + row_with(99, "")).repeated == 1);
    const auto file = read(header + row_with(99, "") + row_with(3, "A02"));
    REQUIRE(file.faults.size() == 1);
    CHECK(file.faults[0].why == "line 2 has this order too, with other values");
    CHECK(file.orders.size() == 1);
}

TEST_CASE("an order that is not settled yet is left for later", "[reports]") {
    const auto file = read(header + row_with(10, ""));
    CHECK(file.faults.empty());
    CHECK(file.orders.empty());
    CHECK(file.not_settled == 1);
}

TEST_CASE("a row of another width is a fault, a broken quote too", "[reports]") {
    const auto file = read("order_no,repair_type,advisor,received_at,promised_at,settled_at\nR1,repair\n\"R2,");
    REQUIRE(file.faults.size() == 2);
    CHECK(file.faults[0].why == "2 fields, but the header has 6");
    CHECK(file.faults[1].line == 3);
    CHECK(file.bad_rows == 2);
}

TEST_CASE("a header without what is needed is refused as a whole", "[reports]") {
    const auto file = read("order,repair_type,advisor,received_at,promise_at,settled_at\nR1,,,,,\n");
    REQUIRE(file.faults.size() == 2);
    CHECK(file.faults[0].column == "order_no");
    CHECK_THAT(file.faults[1].why,
               Catch::EndsWith("Is it \"promise_at\"? Then call it promised_at, or say in a mapping file: promise_at = "
                               "promised_at"));
    CHECK_THAT(file.faults[0].why, Catch::EndsWith("their name = order_no"));
    CHECK(read("").faults.at(0).why == "the file is empty; its first row names the columns");
    CHECK(read("order_no,order_no,repair_type,advisor,received_at,promised_at,settled_at\n").faults.size() == 1);
}

TEST_CASE("an inspection that failed has taken place", "[reports]") {
    const std::string columns =
        "order_no,repair_type,advisor,received_at,promised_at,settled_at,inspected,inspection_failed\n";
    const std::string times = "R1,repair,A,2026-10-01 08:00,2026-10-01 09:00,2026-10-01 09:00,";
    const auto file = read(columns + times + "0,1\n");
    REQUIRE(file.faults.size() == 1);
    CHECK(file.faults[0].fault == Wrong::not_inspected);
    CHECK(file.faults[0].column == "inspection_failed");
    CHECK(read(columns + times + "0,0\n").orders.at(0).fact.inspected == false);
}

TEST_CASE("semicolons and tabs separate columns too, and a header of strangers says what it should name", "[reports]") {
    for (const char separator : {';', '\t'}) {
        std::string text =
            "order_no,repair_type,advisor,received_at,promised_at,settled_at,technicians\n"
            "R1,repair,A,2026-10-01 08:00,2026-10-01 09:00,2026-10-01 09:00,\"T1|T2\"\n";
        std::ranges::replace(text, ',', separator);
        const auto file = read(text);
        CHECK(file.faults.empty());
        CHECK(file.orders.at(0).fact.technicians == std::vector<std::string>{"T1", "T2"});
    }
    const auto file = read("a|b|c\n1|2|3\n");
    REQUIRE(file.faults.size() == 1);
    CHECK(file.faults[0].fault == Wrong::no_columns);
    CHECK(file.faults[0].line == 1);
}

TEST_CASE("a name is kept in one way, however it was typed", "[reports]") {
    struct Case {
        const char* typed;
        const char* kept;
    };
    const auto c = GENERATE(values<Case>({{" 张 伟 ", "张伟"},
                                          {"　张　伟", "张伟"},
                                          {"Ａ０１", "A01"},
                                          {"Anna \t Li", "Anna Li"},
                                          {"Anna　Li", "Anna Li"},
                                          {"Li 伟", "Li伟"},
                                          {"é è", "é è"},
                                          {"", ""}}));
    CHECK(plain_name(c.typed) == c.kept);
}

TEST_CASE("every fault has a sentence in both languages, with the same values in it", "[reports]") {
    const auto holes = [](std::string_view text) {
        std::set<std::string> out;
        for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
            out.emplace(text.substr(at, 3));
        return out;
    };
    for (const auto& [key, english] : texts(false)) {
        if (!key.starts_with("file.")) continue;
        CAPTURE(key);
        const auto& chinese = texts(true).at(key);
        CHECK(holes(english) == holes(chinese));
        CHECK(english != chinese);
    }
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Wrong>>([](auto one) {
        CAPTURE(one.name);
        CHECK(texts(false).contains("file." + std::string(one.name)));
    });
    const auto fault = fault_at(3, "R1", "advisor", "李伟", {Wrong::ambiguous_person, {"李伟", "101, 103"}});
    CHECK(fault_line(fault, true) == "第 3 行，工单 R1，advisor“李伟”：有几位员工都叫 李伟：101, 103；请写工号");
    CHECK(fault_line(fault, false) ==
          "line 3, order R1, advisor \"李伟\": several people have the name 李伟: 101, 103; write the id");
}

TEST_CASE("a local time that the clock change leaves out is a bad value", "[reports]") {
    const auto zone = support::with_a_gap();
    CHECK(std::get<Why>(read_moment("2027-03-28 02:30", zone)).fault == Wrong::time_left_out);
    CHECK(std::get<Instant>(read_moment("2027-03-28 03:00", zone)) == at("2027-03-28T03:00:00"));
    CHECK(std::get<Instant>(read_moment("2027-03-28T02:30:00Z", zone)) == at("2027-03-28T02:30:00"));
    CHECK(std::get<Instant>(read_moment("2027-03-28 10:30:00+0800", zone)) == at("2027-03-28T02:30:00"));
}

TEST_CASE("yuan become cents without rounding", "[reports]") {
    struct Case {
        const char* text;
        std::int64_t cents;
    };
    const auto c =
        GENERATE(values<Case>({{"0", 0}, {"1", 100}, {"0.07", 7}, {"19.9", 1990}, {"999999999.99", 99999999999}}));
    CHECK(std::get<std::int64_t>(read_yuan(c.text)) == c.cents);
}

TEST_CASE("a mapping file renames columns, written either way", "[reports]") {
    const auto expected = Mapping{{"工单号", "order_no"}, {"车牌", "plate"}};
    CHECK(read_mapping("# comment\n\"工单号\" = \"order_no\"\n车牌=plate\n") == expected);
    CHECK(read_mapping("order_no = 工单号\r\nplate: 车牌\n") == expected);
    CHECK(read_mapping("工单号,order_no\n车牌,plate") == expected);
    CHECK(read_mapping(R"({"工单号": "order_no", "plate": "车牌"})") == expected);
    CHECK_THROWS_WITH(read_mapping("\n工单号 = order"), Catch::StartsWith("line 2: neither"));
    CHECK_THROWS_WITH(read_mapping("order_no"), Catch::StartsWith("line 1: write it as"));
    const auto file = read(
        "工单号,repair_type,advisor,received_at,promised_at,settled_at\nR1,repair,A,2026-10-01 08:00,"
        "2026-10-01 09:00,2026-10-01 09:00\n",
        expected);
    CHECK(file.faults.empty());
    CHECK(file.orders.size() == 1);
}

TEST_CASE("the words that would be right are joined in the reader's language", "[reports]") {
    const auto fault = read(header + row_with(13, "never")).faults.at(0);
    CHECK(fault.with == std::vector<std::string>{"on_time", "late"});
    CHECK(fault_line(fault, true).ends_with("：应为 on_time 或 late，或留空"));
    const auto reason = read(header + row_with(19, "weather")).faults.at(0);
    CHECK(fault_line(reason, true).find("应为 parts、added_work、") != std::string::npos);
    CHECK(fault_line(reason, true).find(" or ") == std::string::npos);
    try {
        read_mapping("a = b");
        FAIL("no column of ours was named");
    } catch (const BadFile& bad) {
        CHECK(fault_line(bad.fault, true).find("order_no、plate、") != std::string::npos);
        CHECK(fault_line(bad.fault, true).ends_with(" 或 inspected"));
        CHECK(std::string(bad.what()).ends_with(" or inspected"));
    }
}

TEST_CASE("what means nothing without another column is named with its line, and its row is taken", "[reports]") {
    struct Case {
        std::size_t emptied;
        std::vector<std::string> passed_over;
    };
    const auto c = GENERATE(values<Case>({
        {99, {}},
        {7,
         {"line 2, order R1, repromise_confirmed_at \"2026-10-01 09:30:30\": means nothing without repromised_at, and "
          "was passed over",
          "line 2, order R1, repromise_reason \"added_work\": means nothing without repromised_at, and was passed "
          "over"}},
        {11,
         {"line 2, order R1, excuse_decision \"accepted\": means nothing without customer_cause, and was passed over"}},
        {17,
         {"line 2, order R1, delay_minutes \"30\": means nothing without delay_flagged_at, and was passed over",
          "line 2, order R1, delay_reason \"parts\": means nothing without delay_flagged_at, and was passed over"}},
    }));
    CAPTURE(c.emptied);
    const auto file = read(header + row_with(c.emptied, ""));
    CHECK(file.faults.empty());
    CHECK(file.orders.size() == 1);
    CHECK(file.ignored.empty());
    std::vector<std::string> lines;
    for (const auto& one : file.passed_over) lines.push_back(fault_line(one, false));
    std::ranges::sort(lines);
    CHECK(lines == c.passed_over);
    CHECK(file.passed_over_count == c.passed_over.size());
}
