// The catalogue of standard times (rule §6) as shops write it.
#include "board/reports/catalogue.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::reports;

namespace {

const std::string header = "code,name,name_en,repair_type,minutes,bay_kind\n";
const std::string good = "A,x,y,repair,10,general\n";

}  // namespace

TEST_CASE("§6 a catalogue is read whole, and every faulty value is named", "[catalogue]") {
    const auto catalogue = read_catalogue(
        "code,name,name_en,repair_type,minutes,bay_kind\r\n"
        "A,换\"机\"油,\"Oil, and\r\nfilter\",maintenance,30,express\r\n"
        "# a comment\n\n"
        "B,x,y,maintenance,0,general\n"
        "C,x,y,servicing,10,general\n"
        "D,x,y,repair,10,garage\n"
        "E,x,y,repair,10\n"
        "A,x,y,repair,10,general\n"
        ",x,y,repair,10,general\n"
        "F,,,repair,,general\n"
        "F 1,x,y,repair,10,general\n"
        "12345678901234567,x,y,repair,10,general\n"
        "H,,y,普通修理,10,钣金\n"
        "G,\"x,y,repair,10,general\n");
    REQUIRE(catalogue.times.size() == 2);
    CHECK(catalogue.times.at("A").name == "换\"机\"油");
    CHECK(catalogue.times.at("A").kind == BayKind::express);
    CHECK(catalogue.times.at("H").type == RepairType::repair);
    CHECK(catalogue.times.at("H").kind == BayKind::body);
    CHECK(catalogue.times.at("H").name == "y");
    std::vector<std::string> faults;
    for (const auto& fault : catalogue.faults)
        faults.push_back(std::to_string(fault.line) + " " + fault.column + " " + name(fault.fault));
    CHECK(faults == std::vector<std::string>{
                        "6 minutes bad_minutes", "7 repair_type bad_repair_type", "8 bay_kind bad_bay_kind",
                        "9  field_count", "10 code code_twice", "11 code value_missing", "12 name value_missing",
                        "12 minutes value_missing", "13 code bad_code", "14 code bad_code", "16  open_quote"});
    CHECK(catalogue.bad_rows == 10);
    CHECK(catalogue.faults.at(4).why == "line 2 has this code too");
}

TEST_CASE("§6 columns of a catalogue stand in any order, with any separator, and the English name may be missing",
          "[catalogue]") {
    const auto catalogue =
        read_catalogue("Minutes;bay_kind;code;REPAIR_TYPE;name;remark\n30;general;A;repair;\"a;b\";mine\n");
    CHECK(catalogue.faults.empty());
    CHECK(catalogue.times.at("A") ==
          StandardTime{.code = "A", .name = "a;b", .name_en = "", .type = RepairType::repair, .minutes = 30});
}

TEST_CASE("§6 an empty catalogue is a fault, and so is a header without what is needed", "[catalogue]") {
    CHECK(read_catalogue("").faults.at(0).fault == Wrong::empty_file);
    CHECK(read_catalogue("# only a comment\n").faults.at(0).fault == Wrong::empty_file);
    CHECK(read_catalogue(header).faults.at(0).fault == Wrong::no_rows);
    CHECK(read_catalogue(good).faults.at(0).fault == Wrong::no_columns);
    const auto lacking = read_catalogue("code,name,minute,bay_kind\nA,x,10,general\n");
    REQUIRE(lacking.faults.size() == 2);
    CHECK(lacking.faults[0].column == "repair_type");
    CHECK(lacking.faults[1].why == "the header has no such column. Is it \"minute\"? Then call it minutes");
    CHECK(lacking.times.empty());
}

TEST_CASE("§6 a catalogue in GBK or with a byte order mark is the same one", "[catalogue]") {
    const std::string gbk = header + "A,\xBB\xBB\xD3\xCD,y,repair,10,general\n";
    CHECK(read_catalogue(as_utf8(gbk)).times.at("A").name == "换油");
    CHECK(read_catalogue(as_utf8("\xEF\xBB\xBF" + header + good)).times.size() == 1);
}
