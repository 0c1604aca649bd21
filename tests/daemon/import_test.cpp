#include "board/daemon/erasing.hpp"
#include "board/daemon/shop_zone.hpp"
#include "protocol/json.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
namespace json = boost::json;

namespace {

const std::string header = "order_no,repair_type,advisor,technicians,received_at,promised_at,settled_at\n";

std::string row(const std::string& order, const std::string& settled = "10:30", const std::string& type = "repair") {
    return order + "," + type + ",A01,T01|101,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 " + settled + "\n";
}

json::object call(LittleHouse& house, Conversation& talk, const std::string& method, const json::object& parameters) {
    const auto line = house.ask(
        talk, json::serialize(json::object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", parameters}}));
    const auto reply = json::parse(line).as_object();
    return reply.contains("result") ? reply.at("result").as_object() : reply.at("error").as_object();
}

json::object import_file(LittleHouse& house, Conversation& talk, const std::string& text, json::object ask = {}) {
    call(house, talk, "import-part", {{"text", text}});
    return call(house, talk, "import-orders", std::move(ask));
}

}  // namespace

TEST_CASE("a file's orders come into the record in one commit, and the same file again changes nothing", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto file = header + row("O1") + row("O2", "10:45");
    auto done = import_file(house, *talk, file);
    CHECK(done.at("stored") == true);
    CHECK(done.at("imported") == 2);
    CHECK(done.at("new_staff") == json::array{"A01", "T01"});
    CHECK(house.journal.commits == std::vector<std::size_t>{2});
    CHECK(house.workshop.board().seq == 2);
    CHECK(house.workshop.board().jobs.empty());

    done = import_file(house, *talk, file);
    CHECK(done.at("stored") == false);
    CHECK(done.at("already") == 2);
    CHECK(done.at("bad_rows") == 0);
    CHECK(house.journal.commits.size() == 1);
    CHECK_FALSE(house.workshop.turn().size() > 0);
}

TEST_CASE("a bad row keeps the whole file out, unless the bad rows are to be skipped", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto file = header + row("O1") + row("O2", "10:45", "oil") + row("O3");
    auto done = import_file(house, *talk, file);
    CHECK(done.at("stored") == false);
    CHECK(done.at("bad_rows") == 1);
    const auto& fault = done.at("faults").as_array().at(0).as_object();
    CHECK(fault.at("line") == 3);
    CHECK(fault.at("column") == "repair_type");
    CHECK(fault.at("value") == "oil");
    CHECK(house.journal.events.empty());

    done = import_file(house, *talk, file, {{"skip_bad", true}, {"dry_run", true}});
    CHECK(done.at("imported") == 2);
    CHECK(house.journal.events.empty());
    done = import_file(house, *talk, file, {{"skip_bad", true}});
    CHECK(done.at("stored") == true);
    CHECK(house.journal.events.size() == 2);
}

TEST_CASE("the same number with other values is reported, and so is an order that was done here", "[import]") {
    LittleHouse house;
    house.receive("R1");
    const auto talk = house.connect();
    import_file(house, *talk, header + row("O1"));
    const auto done = import_file(house, *talk, header + row("O1", "10:31") + row("R1"));
    CHECK(done.at("stored") == false);
    REQUIRE(done.at("faults").as_array().size() == 2);
    CHECK(done.at("faults").at(0).at("why") ==
          "imported before with other values: settled_at; a call-back or a decision may be added where there was none, "
          "what else changed is said with call-back, decide-excuse or correct");
    CHECK(done.at("faults").at(1).at("why") == "this order was done here, so it cannot be imported");
}

TEST_CASE("an imported number is taken for ever, and can be looked at", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    import_file(house, *talk, header + row("O1"));
    CHECK(house.ask(*talk, "receive O1 plate=沪A12345 model=Lavida type=repair promise=11:00 as=301")
              .starts_with("ERR order-exists O1 was imported"));
    CHECK(house.ask(*talk, "show O1")
              .starts_with("OK order=O1 state=delivered type=repair advisor=A01 technicians=T01,101"));
    CHECK(house.ask(*talk, "history O1").starts_with("OK order=O1 count=1"));
    CHECK(house.ask(*talk, "receive O2 plate=沪A12345 model=Lavida type=repair promise=11:00 return_of=O1 as=301")
              .starts_with("OK order=O2"));
}

TEST_CASE("call-back, excuse and corrections of an imported order are answered, shown and kept", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    import_file(house, *talk, header + row("O1", "10:45"));
    CHECK(house.ask(*talk, "call-back o1 late as=301") == "OK order=O1 state=delivered seq=2 changed=yes verdict=late");
    CHECK(house.ask(*talk, "call-back O1 late as=301") == "OK order=O1 state=delivered seq=2 changed=no verdict=late");
    CHECK(house.ask(*talk, "decide-excuse O1 accepted as=501")
              .starts_with("ERR not-from-here O1 is delivered already; "
                           "nobody has written down an excuse"));
    CHECK(house.ask(*talk, "correct O1 amount=0.01 advisor=301 as=501").starts_with("OK order=O1 state=delivered"));
    const auto shown = house.ask(*talk, "show O1");
    CHECK(shown.find(" advisor=301 ") != std::string::npos);
    CHECK(shown.find(" amount=0.01 ") != std::string::npos);
    CHECK(shown.find(" call_back=late ") != std::string::npos);
    CHECK(shown.find(" verdict=late why=customer_said ") != std::string::npos);
    CHECK(house.ask(*talk, "undo O1 as=301").starts_with("ERR nothing-to-undo O1 was imported"));
    CHECK(house.ask(*talk, "history O1").starts_with("OK order=O1 count=3"));
    CHECK(house.workshop.board().jobs.empty());

    // Several words in one turn build on each other.
    const auto both = house.say(*talk, "call-back O1 text=a as=501\ncall-back O1 text=a as=501\n");
    REQUIRE(both.size() == 2);
    CHECK(both[0].find("changed=yes") != std::string::npos);
    CHECK(both[1].find("changed=no") != std::string::npos);

    // The first file and one that says what stands now are both the same order.
    CHECK(import_file(house, *talk, header + row("O1", "10:45")).at("already") == 1);
}

TEST_CASE("a later file adds the call-back and the decision on a signed excuse, once, and nothing else", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    const std::string columns =
        "order_no,repair_type,advisor,received_at,promised_at,settled_at,customer_cause,excuse_decision,callback\n";
    const auto at = [&](const std::string& order, const std::string& end, const std::string& settled = "11:30") {
        return order + ",repair,A01,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 " + settled + "," + end + "\n";
    };
    import_file(house, *talk, columns + at("O1", "S-1,,") + at("O2", ",,") + at("O3", "S-3,,"));
    const auto file =
        columns + at("O1", "S-1,rejected,on_time") + at("O2", ",accepted,late") + at("O3", "S-3,,") + at("O4", ",,");

    CHECK(import_file(house, *talk, file, {{"dry_run", true}}).at("updated") == 2);
    CHECK(house.workshop.board().seq == 3);
    auto done = import_file(house, *talk, file);
    CHECK(done.at("stored") == true);
    CHECK(done.at("imported") == 1);
    CHECK(done.at("updated") == 2);
    CHECK(done.at("already") == 1);
    CHECK(done.at("ignored_columns") == json::array{});
    CHECK(done.at("passed_over_count") == 1);
    CHECK(done.at("passed_over").at(0).at("line") == 3);
    CHECK(done.at("passed_over").at(0).at("order") == "O2");
    CHECK(done.at("passed_over").at(0).at("column") == "excuse_decision");
    CHECK(done.at("passed_over").at(0).at("fault") == "means_nothing");
    CHECK(house.journal.commits == std::vector<std::size_t>{3, 4});
    const auto first = house.ask(*talk, "show O1");
    CHECK(first.find(" verdict=late why=excuse_rejected ") != std::string::npos);
    CHECK(first.find(" call_back=on_time ") != std::string::npos);
    CHECK(house.ask(*talk, "show O2").find(" verdict=late why=customer_said ") != std::string::npos);
    CHECK(house.ask(*talk, "history O2").starts_with("OK order=O2 count=2"));

    CHECK(import_file(house, *talk, file).at("already") == 4);
    CHECK(import_file(house, *talk, columns + at("O1", "S-1,,")).at("already") == 1);
    CHECK(house.workshop.board().seq == 7);

    // What is there is never changed by a file, and one bad row keeps out what others add.
    for (const auto& other : {at("O1", "S-1,accepted,on_time"), at("O1", "S-1,rejected,late"),
                              at("O2", "S-2,accepted,late"), at("O1", "S-1,rejected,on_time", "11:31")}) {
        CAPTURE(other);
        done = import_file(house, *talk, columns + other + at("O3", "S-3,accepted,late"));
        CHECK(done.at("stored") == false);
        CHECK(done.at("faults").at(0).at("fault") == "other_values");
        CHECK(done.at("updated") == 1);
    }
    CHECK(house.workshop.board().seq == 7);
}

TEST_CASE("an imported order is shown with the promise that counts and the first one", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    const std::string columns =
        "order_no,repair_type,advisor,received_at,promised_at,settled_at,repromised_at,"
        "repromise_confirmed_at,repromise_reason\n";
    const auto at = [](const std::string& order, const std::string& confirmed) {
        return order + ",repair,A01,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 11:00,2026-10-01 12:00,2026-10-01 " +
               confirmed + ",added_work\n";
    };
    import_file(house, *talk, columns + at("O1", "10:30:59") + at("O2", "10:31"));
    const auto moved = house.ask(*talk, "show O1"), stays = house.ask(*talk, "show O2");
    for (const auto& one : {moved, stays})
        CHECK(one.find(" original_promise=2026-10-01T02:30:00Z") != std::string::npos);
    CHECK(moved.find(" promise=2026-10-01T04:00:00Z") != std::string::npos);
    CHECK(stays.find(" promise=2026-10-01T02:30:00Z") != std::string::npos);
}

TEST_CASE("people are known by name, however it is typed; a name of two people needs an id", "[import]") {
    auto settings = support::little_settings();
    settings.shop.people.push_back(
        {.id = "103", .name = "李 伟", .role = Role::technician, .team = "A", .pin_hash = ""});
    settings.shop.people.push_back(
        {.id = "104", .name = "Anna  Li", .role = Role::technician, .team = "A", .pin_hash = ""});
    LittleHouse house(settings);
    const auto talk = house.connect();
    const auto with = [](const std::string& order, const std::string& advisor, const std::string& people) {
        return order + ",repair," + advisor + "," + people + ",2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:00\n";
    };
    const auto done =
        import_file(house, *talk,
                    header + with("O1", "陈　静", "王芳|anna li") + with("O2", " 陈静", "１０２|王芳|Ａｎｎａ　Ｌｉ") +
                        with("O3", "赵 六", "赵六|　赵六　"));
    CHECK(done.at("fault_count") == 0);
    CHECK(done.at("new_staff") == json::array{"anna li", "赵六"});
    CHECK(house.ask(*talk, "show O2").find(" advisor=301 technicians=102,104 ") != std::string::npos);

    const auto bad = import_file(house, *talk, header + with("O4", "陈静", "王芳|李　伟"));
    CHECK(bad.at("stored") == false);
    const auto& fault = bad.at("faults").at(0).as_object();
    CHECK(fault.at("line") == 2);
    CHECK(fault.at("column") == "technicians");
    CHECK(fault.at("value") == "王芳|李　伟");
    CHECK(fault.at("fault") == "ambiguous_person");
    CHECK(fault.at("why") == "several people have the name 李伟: 101, 103; write the id");

    // Once somebody of that name is on the staff, the same file is still the same.
    settings.shop.people.push_back(
        {.id = "105", .name = "赵六", .role = Role::technician, .team = "A", .pin_hash = ""});
    house.reload(settings);
    CHECK(import_file(house, *talk, header + with("O3", "赵六", "赵六")).at("already") == 1);
}

TEST_CASE("a future hand-over is a bad row; a return of an order nobody knows is told and counts", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    const std::string columns = "order_no,repair_type,advisor,received_at,promised_at,settled_at,return_of\n";
    const auto at = [](const std::string& order, const std::string& settled, const std::string& earlier) {
        return order + ",repair,A01,2026-10-01 08:00,2026-10-01 10:30," + settled + "," + earlier + "\n";
    };
    const auto future = import_file(house, *talk, columns + at("O1", "2099-10-01 10:00", ""));
    CHECK(future.at("faults").at(0).at("fault") == "settled_ahead");
    CHECK(future.at("faults").at(0).at("column") == "settled_at");
    CHECK(future.at("faults").at(0).at("value") == "2099-10-01 10:00");
    const auto done = import_file(house, *talk,
                                  columns + at("O1", "2026-10-01 10:00", "") + at("O2", "2026-10-02 10:00", "O1") +
                                      at("O3", "2026-10-02 10:00", "R0"));
    CHECK(done.at("stored") == true);
    CHECK(done.at("unknown_returns") == json::array{"O3 (R0)"});
    CHECK(import_file(house, *talk, columns + at("O4", "2026-10-03 10:00", "O1")).at("unknown_returns") ==
          json::array{});
    CHECK(house.ask(*talk, "receive R1 plate=沪A12345 model=Lavida type=repair promise=11:00 return_of=O9 as=301")
              .starts_with("ERR unknown-order there is no order 'O9' on record to come back from"));
}

TEST_CASE("what differs from before is named as the file's columns", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    std::string names;
    for (const auto& one : reports::order_columns) names += (names.empty() ? "" : ",") + one;
    const auto file = [&](const std::string& values) { return names + "\nO1," + values + "\n"; };
    import_file(house, *talk,
                file("沪A1,repair,A1,T1,2026-10-01 08:00,2026-10-01 09:00,,,,2026-10-01 10:00,,,,0,,,,,,1"));
    const auto done = import_file(house, *talk,
                                  file("沪A2,warranty,A2,T2,2026-10-01 07:00,2026-10-01 08:00,2026-10-01 08:30,"
                                       "2026-10-01 07:30,estimate,2026-10-01 11:00,S-1,accepted,late,1,R0,12.50,"
                                       "2026-10-01 07:40,30,parts,1"));
    REQUIRE(done.at("faults").as_array().size() == 1);
    std::string differ(done.at("faults").at(0).at("with").at(0).as_string());
    for (const auto& one : reports::order_columns) {
        CAPTURE(one, differ);
        const bool named = (", " + differ + ",").find(", " + one + ",") != std::string::npos;
        CHECK(named == (one != "order_no" && one != "inspected"));
    }
}

TEST_CASE("people of an earlier import are not new, and a manager can give them an order", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    import_file(house, *talk,
                header + row("O1") + "O2,repair,A02,T7,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:00\n");
    CHECK(import_file(house, *talk, header + row("O3")).at("new_staff") == json::array{});
    const auto more = header + "O4,repair,A03,T7,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:00\n";
    CHECK(import_file(house, *talk, more).at("new_staff") == json::array{"A03"});

    CHECK(house.ask(*talk, "correct O1 advisor=A09 as=501").starts_with("ERR unknown-person advisor='A09' is nobody"));
    CHECK(house.ask(*talk, "correct O1 advisor=101 as=501").starts_with("ERR value-bad 101 is no advisor"));
    CHECK(house.ask(*talk, "correct O1 advisor=T7 as=301").starts_with("ERR not-permitted O1 was handed over"));
    CHECK(house.ask(*talk, "correct O1 advisor=T7 as=501").starts_with("OK order=O1 state=delivered"));
    CHECK(house.ask(*talk, "show O1").find(" advisor=T7 ") != std::string::npos);
}

TEST_CASE("a local time that comes twice is the first of the two, one that the clock leaves out is a bad row",
          "[import]") {
    const auto read = [](const std::string& promised) {
        return reports::read_orders(
            "order_no,repair_type,advisor,received_at,promised_at,settled_at\nO1,repair,A01,2026-03-01 08:00," +
                promised + ",2026-11-01 08:00\n",
            {}, shop_zone("Europe/Berlin"));
    };
    struct Case {
        const char* written;
        const char* means;
    };
    const auto c = GENERATE(values<Case>({{"2026-10-25 01:59:59", "2026-10-24T23:59:59.000Z"},
                                          {"2026-10-25 02:30", "2026-10-25T00:30:00.000Z"},
                                          {"2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.000Z"},
                                          {"2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00.000Z"},
                                          {"2026-10-25 03:00", "2026-10-25T02:00:00.000Z"}}));
    CAPTURE(c.written);
    const auto file = read(c.written);
    REQUIRE(file.orders.size() == 1);
    CHECK(file.orders[0].fact.promise == protocol::from_iso(c.means));
    CHECK(read("2026-03-29 02:30").faults.at(0).fault == reports::Wrong::time_left_out);
}

TEST_CASE("a failing disk leaves nothing of an import", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    house.journal.refuses = true;
    const auto failed = import_file(house, *talk, header + row("O1"));
    CHECK(failed.at("data").at("token") == "storage");
    CHECK(house.workshop.board().seq == 0);
    house.journal.refuses = false;
    CHECK(import_file(house, *talk, header + row("O1")).at("stored") == true);
}

TEST_CASE("files are imported by full devices, one at a time, and forgotten with their connection", "[import]") {
    LittleHouse house;
    const auto scanner = house.connect(false);
    house.ask(*scanner, "hello token=" + support::token_of("scan-3"));
    CHECK(call(house, *scanner, "import-part", {{"text", "x"}}).at("data").at("token") == "not-allowed");

    const auto other = house.connect();
    {
        const auto talk = house.connect();
        CHECK(call(house, *talk, "import-part", {{"text", header}}).at("bytes") == header.size());
        CHECK(call(house, *other, "import-part", {{"text", header}}).at("data").at("token") == "import-busy");
    }
    CHECK(call(house, *other, "import-part", {{"text", header}}).at("bytes") == header.size());
}

TEST_CASE("a mapping that names no column of ours is refused with its line", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    call(house, *talk, "import-part", {{"text", header}});
    const auto refused = call(house, *talk, "import-orders", {{"mapping", "a = b"}});
    CHECK(refused.at("data").at("token") == "bad-mapping");
    CHECK(std::string(refused.at("message").as_string()).starts_with("the mapping file, line 1: neither"));
}

TEST_CASE("more faults than one answer holds are asked for", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    std::string file = header;
    for (std::size_t i = 0; i < max_faults_listed + 20; ++i) file += row("O" + std::to_string(i), "noon");
    const auto done = import_file(house, *talk, file);
    CHECK(done.at("fault_count") == max_faults_listed + 20);
    CHECK(done.at("faults").as_array().size() == max_faults_listed);
    const auto more = call(house, *talk, "import-faults", {{"from", max_faults_listed}});
    CHECK(more.at("faults").as_array().size() == 20);
}

TEST_CASE("names go by their age in turns of a limited number, until none is left", "[privacy]") {
    LittleHouse house;
    const auto talk = house.connect();
    const auto cars = max_erased_at_once + 20;
    for (std::size_t i = 0; i < cars; ++i) {
        const auto order = "R" + std::to_string(i);
        house.receive(order);
        house.pass(std::chrono::seconds{1});  // so that no flood is seen
        REQUIRE(house.ask(*talk, "cancel " + order + " left as=301").starts_with("OK "));
    }
    const auto named = [&house] {
        return std::ranges::count_if(house.workshop.board().jobs,
                                     [](const auto& entry) { return !entry.second.plate.empty(); });
    };
    house.receive("HERE");
    house.now += std::chrono::days{731};
    CHECK(house.workshop.forget_old_names(std::chrono::days{730}));
    CHECK(named() == 21);
    CHECK(house.ask(*talk, "ping").starts_with("OK"));  // others are answered in between
    CHECK_FALSE(house.workshop.forget_old_names(std::chrono::days{730}));
    CHECK(named() == 1);  // the car that is still here
    CHECK_FALSE(house.workshop.forget_old_names(std::chrono::days{730}));
}
