// health, backup, restore and support as the person who runs the machine calls them.
#include "tests/cli/demo_shop.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/sign_hall.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace baytime::support;

namespace {

const std::string program = baytime::support::built("board/cli/baytime");

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A daemon on the shop of the transcripts, and the command line beside it.
struct Shop {
    explicit Shop(const std::string& more = "") : config(write_shop(dir.path(), more)), daemon(std::in_place, config) {}

    DemoShop::Ran baytime(std::vector<std::string> words) const {
        words.insert(words.begin(), {program, "--port", daemon->port()});
        return DemoShop::run_plain(words, dir.path() / "stderr");
    }
    /// Without a daemon; finds baytimed where it was built.
    DemoShop::Ran restore(const std::string& file) const {
        const std::string path = "PATH=" + baytime::support::built("board/daemon") + ":/usr/bin:/bin";
        return DemoShop::run_plain({"/usr/bin/env", path, program, "restore", file, "--config", config},
                                   dir.path() / "stderr");
    }
    void receive(const std::string& order) const {
        REQUIRE(baytime({"receive", order, "plate=沪A12345", "model=朗逸", "type=repair", "promise=11:00", "as=301",
                         "customer=王建国", "phone=13800138000"})
                    .status == 0);
    }

    TempDir dir;
    std::string config;
    std::optional<DaemonProcess> daemon;
};

}  // namespace

TEST_CASE("health ends with 0, 1, 2 or 3, as monitoring plug-ins do", "[cli][operation]") {
    SECTION("well") {
        const Shop shop;
        const auto ran = shop.baytime({"health"});
        CHECK(ran.status == 0);
        CHECK(ran.out.starts_with("OK - all is well\n"));
        CHECK(has(ran.out, "\nbay"));
        CHECK(shop.baytime({"health", "--lang", "zh"}).out.starts_with("OK - 一切正常\n"));
        CHECK(json::parse(shop.baytime({"health", "--json"}).out).at("level") == "ok");
        const auto metrics = shop.baytime({"health", "--prometheus"});
        CHECK(metrics.status == 0);
        CHECK(has(metrics.out, "\nbaytime_health_level 0\n"));
        CHECK(has(metrics.out, "\nbaytime_backups 0\n"));
        CHECK(has(metrics.out, "\nbaytime_backup_age_seconds "));  // no alarm waits in vain for it
        CHECK(shop.baytime({"health", "now"}).status == 2);
    }
    SECTION("a warning") {
        const Shop shop("[health]\ndisk_warning_mib = 1000000\ndisk_critical_mib = 0\n");
        const auto ran = shop.baytime({"health"});
        CHECK(ran.status == 1);
        CHECK(ran.out.starts_with("WARNING - disk-low"));
        CHECK(has(ran.out, "  ! the disk is nearly full ("));
        CHECK(has(ran.out, "    -> free some space"));
        CHECK(has(shop.baytime({"health", "--lang", "zh"}).out, "  ! 磁盘空间不足 ("));
        CHECK(has(shop.baytime({"health", "--prometheus"}).out,
                  "baytime_problem{problem=\"disk-low\",level=\"warning\""));
    }
    SECTION("critical") {
        const Shop shop("[health]\ndisk_critical_mib = 1000000\n");
        CHECK(shop.baytime({"health"}).status == 2);
        CHECK(shop.baytime({"health", "--json"}).status == 2);
        CHECK(shop.baytime({"health"}).out.starts_with("CRITICAL - disk-low"));
    }
    SECTION("nobody there, or no right to ask") {
        const TempDir dir;
        const auto away = DemoShop::run_plain({program, "--port", "1", "health"}, dir.path() / "stderr");
        CHECK(away.status == 3);
        CHECK(away.out.starts_with("UNKNOWN - "));
        const auto chinese =
            DemoShop::run_plain({program, "--port", "1", "--lang", "zh", "health"}, dir.path() / "stderr");
        CHECK(chinese.status == 3);
        CHECK(chinese.out ==
              "UNKNOWN - 连接不上后台程序 baytimed（127.0.0.1:1，对方没有监听该端口） [no-connection]\n");
        const Shop shop;
        CHECK(shop.baytime({"--device", "lounge-1", "health"}).status == 3);
        CHECK(has(shop.baytime({"--device", "lounge-1", "--lang", "zh", "health"}).out, "令牌没有此权限"));
    }
}

TEST_CASE("a backup is copied where it is told, restored without the daemon, and the board is as it was",
          "[cli][operation]") {
    Shop shop;
    shop.receive("R1");
    const auto before = shop.baytime({"show", "R1", "--json"}).out;
    const auto copy = (shop.dir.path() / "usb").string();
    fs::create_directory(copy);
    const auto ran = shop.baytime({"backup", copy});
    CAPTURE(ran.out, ran.error);
    REQUIRE(ran.status == 0);
    CHECK(has(ran.out, ": 1 events, "));
    const auto file = fs::directory_iterator(copy)->path().string();
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    const auto number = [&shop] { return json::parse(shop.baytime({"backup", "status"}).out).at("number"); };
    const auto before_refusals = number();
    CHECK(shop.baytime({"backup", file}).status == 1);  // never over a file that is there
    CHECK(has(shop.baytime({"backup", copy + "/none/x.db"}).error, "none is no directory"));
    CHECK(number() == before_refusals);  // and no copy was made for it
    shop.receive("R2");
    CHECK(json::parse(shop.baytime({"backup", "--json"}).out).at("state") == "done");

    const auto running = shop.restore(file);
    CHECK(running.status == 1);
    CHECK(has(running.error, "is in use by process " + std::to_string(shop.daemon->id())));
    REQUIRE(shop.daemon->stop() == 0);
    const auto restored = shop.restore(file);
    CAPTURE(restored.out, restored.error);
    REQUIRE(restored.status == 0);
    CHECK(has(restored.out, ": 1 events, up to seq 1 of 2026-11-21 09:00 in the shop\n"));
    CHECK(has(restored.out, "the journal before is kept as "));
    CHECK(has(restored.out, "a copy that holds more is kept as "));
    for (const auto& entry : fs::directory_iterator(shop.dir.path())) {
        if (!entry.path().filename().string().starts_with("journal.db")) continue;
        CAPTURE(entry.path());
        CHECK((entry.status().permissions() & fs::perms::others_all) == fs::perms::none);
    }
    shop.daemon.emplace(shop.config);
    CHECK(shop.baytime({"show", "R1", "--json"}).out == before);
    CHECK(shop.baytime({"show", "R2"}).status == 1);
    CHECK(shop.restore((shop.dir.path() / "none.db").string()).status == 1);
}

TEST_CASE("what a helper needs of a sign's line is in the bundle and on the terminal, whole", "[cli][operation]") {
    SignHall hall({{.name = "bay-1",
                    .driver = "alpha",
                    .place = "columns = 80\n",
                    .texts = "state = \"{order} NOW UNDER REPAIR HERE, LONGER THAN ANY CELL OF A TABLE\"\n"
                             "ready = \"{order}\"\nidle = \"THIS BAY IS FREE, COME AND TAKE IT, IT IS YOURS TODAY\"\n"
                             "stale = \"9\"\nneutral = \"\"\n"}});
    const TempDir dir;
    const auto baytime = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {program, "--port", hall.daemon().port()});
        return DemoShop::run_plain(words, dir.path() / "stderr");
    };
    const auto longest_frame = [](const json::value& list) {
        std::string out;
        for (const auto& line : list.as_array()) {
            const auto* hex = line.as_object().if_contains("hex");
            if (hex != nullptr && hex->as_string().size() > out.size()) out = hex->as_string();
        }
        return out;
    };
    REQUIRE(hall.until([&] { return hall.glass("bay-1").starts_with("THIS BAY IS FREE"); }));
    const auto frame = longest_frame(json::parse(baytime({"support", "--json"}).out).at("traces"));
    REQUIRE(frame.size() > 100);
    const auto bundle = dir.path() / "bundle";
    REQUIRE(baytime({"support", bundle.string()}).status == 0);
    const auto signs = DemoShop::read(bundle / "signs.txt");
    CAPTURE(signs);
    CHECK(has(signs, " " + frame + "\n"));
    CHECK(has(signs, "Z bay-1 sent 00 00 00 00 00 01 5A "));
    CHECK_FALSE(has(signs, "…"));

    REQUIRE(baytime({"sign-trace", "bay-1"}).status == 0);  // who asks gets more of what follows
    const auto shown = baytime({"sign-trace", "bay-1"}).out;
    CAPTURE(shown);
    CHECK(has(shown, frame));
    CHECK_FALSE(has(shown, "…"));
}

TEST_CASE("the last error of a sign stands whole in a support bundle", "[cli][operation]") {
    const Shop shop(
        "[[sign]]\nname = \"bay-1\"\ndriver = \"alpha\"\nbay = \"1\"\n"
        "port = \"pty:/nowhere/at/all/where/a/terminal/could/be\"\n");
    const auto bundle = shop.dir.path() / "bundle";
    std::string health;
    const auto end = std::chrono::steady_clock::now() + daemon_deadline;
    while (!has(health, "last_error") && std::chrono::steady_clock::now() < end) {
        fs::remove_all(bundle);
        REQUIRE(shop.baytime({"support", bundle.string()}).status == 0);
        health = DemoShop::read(bundle / "health.txt");
    }
    CAPTURE(health);
    CHECK(has(health, "/nowhere/at/all/where/a/terminal/could/be is not there; is the sign's cable plugged in?"));
    const auto zh = shop.baytime({"health", "--lang", "zh"}).out;
    CHECK(has(zh, "端口不存在"));
    CHECK_FALSE(has(zh, "cable"));
}

TEST_CASE("a support bundle holds no token, plate, name or phone number", "[cli][operation]") {
    const Shop shop;
    shop.receive("R1");
    const auto to = shop.dir.path() / "bundle";
    REQUIRE(shop.baytime({"support", to.string()}).status == 0);
    std::string all;
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(to)) {
        names.push_back(entry.path().filename().string());
        all += DemoShop::read(entry.path());
    }
    std::ranges::sort(names);
    CHECK(names == std::vector<std::string>{"configuration.txt", "health.json", "health.txt", "log.txt", "signs.txt",
                                            "tables.sql", "versions.txt"});
    CHECK(has(all, "staff[0].role = \"technician\""));
    CHECK(has(all, " info ready "));
    for (const auto* secret : {"A12345", "王建国", "13800138000", "李伟", "token_hash = \"", "pin_hash = \""})
        CHECK_FALSE(has(all, secret));
    CHECK(shop.baytime({"support", to.string()}).status == 1);  // something is there already
}
