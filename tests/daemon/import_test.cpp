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
    CHECK(done.at("faults").at(0).at("why") == "imported before with other values: settled");
    CHECK(done.at("faults").at(1).at("why") == "this order was done here, so it cannot be imported");
}

TEST_CASE("an imported number is taken for ever, and can be looked at", "[import]") {
    LittleHouse house;
    const auto talk = house.connect();
    import_file(house, *talk, header + row("O1"));
    CHECK(house.ask(*talk, "receive O1 plate=沪A12345 model=Lavida type=repair promise=11:00 as=301")
              .starts_with("ERR order-exists O1 was imported"));
    CHECK(house.ask(*talk, "show O1").starts_with("OK order=O1 type=repair advisor=A01 technicians=T01,101"));
    CHECK(house.ask(*talk, "history O1").starts_with("OK order=O1 count=1"));
    CHECK(house.ask(*talk, "receive O2 plate=沪A12345 model=Lavida type=repair promise=11:00 return_of=O1 as=301")
              .starts_with("OK order=O2"));
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
