// The real program against the real daemon.
#include "board/cli/text.hpp"
#include "tests/cli/demo_shop.hpp"
#include "tests/support/paths.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace json = boost::json;
using baytime::support::DemoShop;
using baytime::support::Process;
using baytime::support::TempDir;

namespace {

const std::string program = baytime::support::built("board/cli/baytime");

DemoShop::Ran receive(const DemoShop& shop, const std::string& order, const std::string& model = "大众 朗逸") {
    return shop.baytime({"receive", order, "plate=沪AD12338", "model=" + model, "type=maintenance", "promise=+90",
                         "customer=王建国先生", "advisor=201", "items=BY02", "as=201"});
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("exit codes tell done, refused, wrong usage and no connection apart", "[cli][daemon]") {
    const DemoShop shop;
    CHECK(receive(shop, "R1").status == 0);
    CHECK(receive(shop, "R1").status == 0);  // saying it again is no fault

    const auto refused = shop.baytime({"start", "R1", "as=102"});
    CHECK(refused.status == 1);
    CHECK(refused.out.empty());
    CHECK(refused.error.starts_with("baytime: "));
    CHECK(refused.error.ends_with(" [not-assigned]\n"));

    const auto misspelt = shop.baytime({"strat", "R1"});
    CHECK(misspelt.status == 2);
    CHECK(has(misspelt.error, "[unknown-verb]"));
    CHECK(shop.baytime({"start"}).status == 2);
    CHECK(shop.baytime({"pause", "R1", "reason=tired", "as=102"}).status == 2);
    CHECK(shop.baytime({"--no-such-option"}).status == 2);
    CHECK(shop.baytime({}).status == 2);

    const TempDir dir;
    const auto away = DemoShop::run_plain({program, "--port", "1", "bays"}, dir.path() / "stderr");
    CHECK(away.status == 3);
    CHECK(has(away.error, "[no-connection]"));
}

TEST_CASE("§6 a catalogue of standard times is checked without a daemon, row by row", "[cli]") {
    const TempDir dir;
    const auto check = [&dir](const std::string& path) {
        return DemoShop::run_plain({program, "standards", "check", path}, dir.path() / "stderr");
    };
    const auto shipped = check(baytime::support::source("assets/standard-times.csv"));
    CHECK(shipped.status == 0);
    CHECK(has(shipped.out, " good standard times, 0 faulty rows"));
    const auto mine = (dir.path() / "mine.csv").string();
    std::ofstream(mine)
        << "code,name,name_en,repair_type,minutes,bay_kind\nA,x,y,repair,10,general\nB,x,y,repair,,body\n";
    const auto faulty = check(mine);
    CHECK(faulty.status == 1);
    CHECK(faulty.out == "1 good standard times, 1 faulty rows\n");
    CHECK(has(faulty.error, mine + ":3: minutes: a value is missing"));
    CHECK(check("/nowhere.csv").status == 2);
    CHECK(DemoShop::run_plain({program, "standards"}, dir.path() / "stderr").status == 2);
}

TEST_CASE("help needs no daemon", "[cli]") {
    const TempDir dir;
    const auto all = DemoShop::run_plain({program, "help"}, dir.path() / "stderr");
    CHECK(all.status == 0);
    CHECK(has(all.out, "  start "));
    const auto one = DemoShop::run_plain({program, "help", "start"}, dir.path() / "stderr");
    CHECK(one.status == 0);
    CHECK(has(one.out, "baytime start <order>"));
    CHECK(DemoShop::run_plain({program, "start", "--help"}, dir.path() / "stderr").out == one.out);
    CHECK(DemoShop::run_plain({program, "help", "fly"}, dir.path() / "stderr").status == 2);
    CHECK(has(DemoShop::run_plain({program, "--version"}, dir.path() / "stderr").out, "baytime "));
}

TEST_CASE("results come as pairs, tables and JSON", "[cli][daemon]") {
    const DemoShop shop;
    const auto received = receive(shop, "R1");
    CHECK(has(received.out, "order=R1 state=waiting"));
    CHECK(has(received.out, "changed=yes"));

    const auto assigned = shop.baytime({"assign", "R1", "3", "parked", "as=301", "--json"});
    REQUIRE(assigned.status == 0);
    const auto result = json::parse(assigned.out);
    CHECK(result.at("order") == "R1");
    CHECK(result.at("state") == "assigned");
    CHECK(result.at("changed").as_bool());

    const auto jobs = shop.baytime({"jobs"});
    CHECK(jobs.status == 0);
    CHECK(has(jobs.out, "沪AD12338"));
    // 08:00 in the shop is midnight in UTC: people see the shop's time, programs UTC.
    CHECK(has(jobs.out, "2026-11-21 09:3"));
    CHECK(has(shop.baytime({"jobs", "--json"}).out, "2026-11-21T01:3"));
    CHECK(has(shop.baytime({"--as", "112", "start", "R1"}).out, "state=in_progress"));
}

TEST_CASE("top prints one frame into a pipe, straight under Chinese text", "[cli][daemon]") {
    const DemoShop shop;
    REQUIRE(receive(shop, "R1").status == 0);
    REQUIRE(shop.baytime({"assign", "R1", "3", "parked", "as=301"}).status == 0);
    const auto frame = shop.baytime({"top", "--once", "--lang", "zh", "--columns", "110", "--rows", "30"});
    REQUIRE(frame.status == 0);
    std::vector<std::string> lines;
    std::istringstream in(frame.out);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    CAPTURE(frame.out);
    REQUIRE(lines.size() == 1 + 1 + 12 + 4);
    CHECK(has(lines[0], "城西服务站"));
    const auto place = [](const std::string& line, const std::string& part) {
        REQUIRE(has(line, part));
        return baytime::cli::columns(line.substr(0, line.find(part)));
    };
    CHECK(has(lines[4], "3号工位"));
    CHECK(place(lines[4], "沪AD12338") == place(lines[1], "车牌"));
    CHECK(place(lines[4], "已派工") == place(lines[1], "状态"));
    CHECK(place(lines[5], "空闲") == place(lines[1], "状态"));
    for (const auto& line : lines) CHECK(baytime::cli::columns(line) <= 110);
}

TEST_CASE("a name with terminal commands in it is refused, and the refusal does no harm", "[cli][daemon]") {
    const DemoShop shop;
    for (const std::string evil : {"\x1b[2J",
                                   "\xc2\x9b"
                                   "2Joops",
                                   "\u202Eoops", "\u2066oops", "\u061Coops", "\u2028oops"}) {
        const auto ran = receive(shop, "R1", evil);
        CAPTURE(evil, ran.error);
        CHECK(ran.status == 2);
        CHECK(has(ran.error, "control characters"));
        CHECK_FALSE(has(ran.error, "\x1b"));
        CHECK_FALSE(has(ran.error, "\xc2\x9b"));
        CHECK_FALSE(has(ran.error, "\u202E"));
    }
    CHECK_FALSE(has(shop.baytime({"jobs"}).out, "R1"));
}

TEST_CASE("raw passes lines and ends with what the answers said", "[cli][daemon]") {
    const DemoShop shop;
    const auto good = shop.baytime({"raw"}, "ping\n\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bays\"}\n");
    CHECK(good.status == 0);
    CHECK(has(good.out, "BAYTIME 1 "));
    CHECK(has(good.out, "\nOK "));
    CHECK(has(good.out, "\"id\":1"));
    CHECK(shop.baytime({"raw"}, "ping\nfly\nping").status == 1);
    std::string many;
    for (int i = 0; i < 150; ++i) many += "ping\n";
    CHECK(shop.baytime({"raw"}, many).status == 0);
}

TEST_CASE("watch prints what happens until it is stopped", "[cli][daemon]") {
    const DemoShop shop;
    REQUIRE(receive(shop, "R1").status == 0);
    Process watch({program, "--port", shop.port(), "watch", "events", "since=0"}, {"HOME=/nonexistent"});
    std::optional<std::string> line = watch.line();
    while (line && !has(*line, "received")) line = watch.line();
    REQUIRE(line);
    CHECK(has(*line, "R1 received by 201"));
    REQUIRE(shop.baytime({"assign", "R1", "3", "as=301"}).status == 0);
    line = watch.line();
    REQUIRE(line);
    CHECK(has(*line, "R1 assigned by 301"));
    watch.signal(SIGINT);
    CHECK(watch.wait() == 0);
}

TEST_CASE("the signs of the example are good when they are comments no longer", "[config][daemon]") {
    const TempDir dir;
    std::istringstream example(DemoShop::read(baytime::support::source("config/baytime.toml")));
    const auto config = dir.path() / "config" / "baytime.toml";
    std::filesystem::create_directory(config.parent_path());
    std::filesystem::create_directory_symlink(baytime::support::source("assets"), dir.path() / "assets");
    std::ofstream used(config);
    int signs = 0;
    bool inside = false;
    for (std::string line; std::getline(example, line);) {
        inside = inside || line.starts_with("# ---- LED signs");
        const auto word = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 2);
        const bool key = word != std::string::npos && line.compare(word, 3, " = ") == 0;
        if (inside && line.starts_with("# ") && (line[2] == '[' || key)) line.erase(0, 2);
        signs += line.starts_with("[[sign]]") ? 1 : 0;
        used << line << "\n";
    }
    used.close();
    CHECK(signs == 6);
    const auto checked = DemoShop::run_plain(
        {baytime::support::built("board/daemon/baytimed"), "--config", config.string(), "--check-config"},
        dir.path() / "stderr");
    CAPTURE(checked.error);
    CHECK(checked.status == 0);
}

TEST_CASE("the examples of configuration are good", "[config][daemon]") {
    const TempDir dir;
    for (const std::string name : {"baytime.toml", "demo.toml"}) {
        const auto checked = DemoShop::run_plain({baytime::support::built("board/daemon/baytimed"), "--config",
                                                  baytime::support::source("config/") + name, "--check-config"},
                                                 dir.path() / "stderr");
        CAPTURE(name, checked.error);
        CHECK(checked.status == 0);
    }
}
