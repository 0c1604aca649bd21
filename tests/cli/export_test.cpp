// baytime export: the whole record as files, and back into a fresh shop.
#include "tests/cli/demo_shop.hpp"
#include "tests/cli/order_oracle.hpp"
#include "tests/support/paths.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace json = boost::json;
using namespace baytime::support;

namespace {

const std::vector<std::string> all_files{"alerts.csv",      "call-backs.csv",  "clockings.csv", "contacts.csv",
                                         "days-read.csv",   "delays.csv",      "events.csv",    "excuses.csv",
                                         "inspections.csv", "items.csv",       "jobs.csv",      "orders.csv",
                                         "promises.csv",    "settlements.csv", "staff.csv"};

std::vector<std::string> names_in(const std::filesystem::path& directory) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) out.push_back(entry.path().filename());
    std::ranges::sort(out);
    return out;
}

/// A day in the life of three cars: one delivered late with a promise that counts, one excused and called back, one
/// open.
void live(const DemoShop& shop) {
    for (const std::string order : {"L1", "L2", "L3"})
        shop.say("receive " + order + " plate=沪A1234" + order.substr(1) +
                 " model==cmd() type=maintenance promise=+1 waiting items=保养:20 phone=+8613800000001 customer=王小明 "
                 "as=201");
    shop.say("add-work L1 刹车片 30 as=102");
    shop.say("consent L1 2 王小明 phone as=201");
    shop.say("repromise L1 to=+500 reason=added_work who=王小明 how=phone as=201");
    for (const std::string order : {"L1", "L2"}) {
        shop.say("assign " + order + " bay=1 parked as=301");
        shop.say("start " + order + " as=102");
        shop.say("delay " + order + " minutes=30 reason=parts as=102");
        shop.say("contact " + order + " who=王小明 how=phone text=@soon as=201");
        shop.say("finish " + order + " as=102");
        shop.say("inspect " + order + " failed reason=-loose as=101");
        shop.say("start " + order + " as=103");
        shop.say("finish " + order + " as=103");
        shop.say("inspect " + order + " passed as=101");
        shop.say("ready " + order + " as=301");
    }
    shop.say("excuse L2 cause==late signature=+S2 as=201");
    shop.say("deliver L1 amount=1280.50 as=201");
    shop.say("deliver L2 amount=99 as=201");
    shop.say("call-back L1 late as=501");
}

std::string report(const DemoShop& shop, const std::string& month, const std::string& by) {
    const auto ran = shop.baytime({"report", "monthly", "--month", month, "--by", by, "--format", "json", "--explain"});
    REQUIRE(ran.status == 0);
    return ran.out;
}

std::vector<std::string> figures_of(const DemoShop& shop) {
    std::vector<std::string> out;
    for (const char* month : {"2026-10", "2026-11"}) {
        for (const char* by : {"department", "advisor", "technician", "team", "repair_type"})
            out.push_back(report(shop, month, by));
        for (const char* kind : {"delays", "returns", "visits"})
            out.push_back(shop.baytime({"report", kind, "--month", month, "--format", "json", "--explain"}).out);
    }
    return out;
}

}  // namespace

TEST_CASE("what is exported gives the same figures in a fresh shop, and again the same files", "[export][report]") {
    const DemoShop shop("0");
    std::ofstream(shop.path("old.csv"))
        << "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,repromised_at,"
           "repromise_confirmed_at,repromise_reason,settled_at,customer_cause,excuse_decision,callback,"
           "inspection_failed,return_of,amount,delay_flagged_at,delay_minutes,delay_reason\n"
           "O1,=沪A1,repair,王芳,T1|101,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 12:00,2026-10-01 "
           "10:30:59,added_work,2026-10-01 12:00:59,@S-1,,,1,,100.05,2026-10-01 09:00,30,parts\n"
           "O2,'=沪A2,accident,,,2026-10-31 08:00,2026-10-31 10:30,2026-10-31 12:00,,estimate,2026-10-31 "
           "23:59:59,\"two\nlines\",accepted,late,0,O1,7,,,\n";
    REQUIRE(shop.baytime({"import", "orders", shop.path("old.csv").string()}).status == 0);
    live(shop);
    // What was said of an imported order since goes out with it.
    shop.say("call-back O1 late text==late as=501");
    shop.say("correct O2 amount=8.5 as=201");
    const auto first = shop.path("out");
    const auto ran = shop.baytime({"export", first.string()});
    CAPTURE(ran.error);
    REQUIRE(ran.status == 0);
    CHECK(names_in(first) == all_files);
    const auto orders = DemoShop::read(first / "orders.csv");
    CHECK(orders.starts_with("\xEF\xBB\xBForder_no,plate,repair_type,advisor,technicians,"));
    CHECK(std::ranges::count(orders, '\n') == 5);
    CHECK(orders.find("\r\nO1,'=沪A1,repair,王芳,T1|101,2026-10-01T00:00:00Z,") != std::string::npos);
    CHECK(orders.find(",'+S2,") != std::string::npos);
    // What a file said of excuses and call-backs stands with those of orders done here.
    const auto calls = DemoShop::read(first / "call-backs.csv"), excuses = DemoShop::read(first / "excuses.csv");
    for (const char* order : {"\r\nO1,", "\r\nO2,", "\r\nL1,"}) CHECK(calls.find(order) != std::string::npos);
    for (const char* order : {"\r\nO1,", "\r\nO2,", "\r\nL2,"}) CHECK(excuses.find(order) != std::string::npos);
    CHECK(excuses.find("'@S-1") != std::string::npos);

    const DemoShop fresh("0");
    const auto back = fresh.baytime({"import", "orders", (first / "orders.csv").string()});
    CAPTURE(back.out, back.error);
    REQUIRE(back.status == 0);
    CHECK(figures_of(fresh) == figures_of(shop));
    REQUIRE(fresh.baytime({"export", fresh.path("out").string()}).status == 0);
    auto lines = [](const std::string& text) {
        std::set<std::string> out;
        std::string line;
        for (std::istringstream in(text); std::getline(in, line);) out.insert(line);
        return out;
    };
    CHECK(lines(DemoShop::read(fresh.path("out") / "orders.csv")) == lines(orders));
}

TEST_CASE("no cell of an export begins like a formula", "[export]") {
    const DemoShop shop("0");
    live(shop);
    REQUIRE(shop.baytime({"export", shop.path("out").string()}).status == 0);
    for (const auto& name : all_files) {
        const auto text = DemoShop::read(shop.path("out") / name);
        CAPTURE(name);
        CHECK(text.starts_with("\xEF\xBB\xBF"));
        for (const char* bad : {",=", ",+", ",@", "\n=", "\n+", "\n@", ",\"=", ",-loose"})
            CHECK(text.find(bad) == std::string::npos);
    }
    CHECK(DemoShop::read(shop.path("out") / "promises.csv").find(",repromise,") != std::string::npos);
    CHECK(DemoShop::read(shop.path("out") / "contacts.csv").find(",'@soon") != std::string::npos);
    CHECK(DemoShop::read(shop.path("out") / "staff.csv").find("\r\n201,林静,advisor,,1\r\n") != std::string::npos);
}

TEST_CASE("an export appears whole in a new place, or not at all", "[export]") {
    const DemoShop shop;
    std::filesystem::create_directories(shop.path("used"));
    std::ofstream(shop.path("used") / "letter.txt") << "mine";
    const auto refused = shop.baytime({"export", shop.path("used").string()});
    CHECK(refused.status == 1);
    CHECK(refused.error.find("is there already; name a new or an empty directory [not-empty]") != std::string::npos);
    std::filesystem::create_directories(shop.path("empty"));
    CHECK(shop.baytime({"export", shop.path("empty").string() + "/"}).status == 0);
    CHECK(names_in(shop.path("empty")) == all_files);
    // A daemon that cannot be reached leaves nothing behind.
    const TempDir dir;
    const auto gone = DemoShop::run_plain(
        {baytime::support::built("board/cli/baytime"), "--port", "1", "export", (dir.path() / "out").string()},
        shop.path("stderr"));
    CHECK(gone.status == 3);
    CHECK(std::filesystem::is_empty(dir.path()));
}
