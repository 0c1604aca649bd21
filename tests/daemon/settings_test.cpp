#include "board/daemon/settings.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/shop_clock.hpp"
#include "board/daemon/standard_times.hpp"
#include "config/reader.hpp"
#include "protocol/text.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono_literals;

namespace {

/// The faults of this configuration, or empty when it is good.
std::string faults_of(const std::string& text) {
    const support::TempDir directory;
    const auto path = directory.path() / "shop.toml";
    std::ofstream(path) << text;
    try {
        read_settings(path.string());
    } catch (const config::ConfigError& faults) {
        return faults.what();
    }
    return {};
}

Instant utc(int hour, int minute) {
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute};
}

std::string csv_fault(const std::string& line) {
    try {
        parse_standard_times("code,name,name_en,repair_type,minutes,bay_kind\n" + line, "times.csv");
    } catch (const std::runtime_error& fault) {
        return fault.what();
    }
    return {};
}

}  // namespace

TEST_CASE("the shipped configurations are good", "[settings]") {
    const auto* name = GENERATE("demo.toml", "baytime.toml");
    const auto settings = read_settings(support::source(std::string("config/") + name));
    CHECK(settings.shop.name == "城西服务站");
    CHECK_FALSE(settings.shop.bays.empty());
    CHECK(settings.shop.standard_times.size() >= 30);
    CHECK(settings.shop.inspections_for(RepairType::accident, false) == 3);
    CHECK(settings.shop.inspections_for(RepairType::repair, false) == 2);
    CHECK(settings.shop.inspections_for(RepairType::repair, true) == 3);
}

TEST_CASE("every fault names its place and what would be accepted", "[settings]") {
    struct Case {
        const char* text;
        const char* place;
        const char* says;
    };
    const auto c = GENERATE(values<Case>({
        {"[shop]\nzone = \"Asia/Shangai\"", ":2:", "IANA"},
        {"[listen]\nport = 70000", ":2:", "65535"},
        {"[shop]\nnmae = \"x\"", ":2:", "name"},
        {"[[bay]]\nid = \"1\"\nteam = \"Z\"", ":3:", "there is no team \"Z\""},
        {"[[bay]]\nid = \"1\"\n[[bay]]\nid = \"1\"", ":4:", "comes twice"},
        {"[[bay]]\nid = \"bay 1\"", ":2:", "1 to 16 letters"},
        {"[[staff]]\nid = \"1\"\nname = \"x\"\nrole = \"boss\"", ":4:", "foreman"},
        {"[[staff]]\nid = \"1\"\nname = \"x\"", ":1:", "role"},
        {"[[staff]]\nid = \"1\"\nname = \"x\"\nrole = \"lead\"\npin_hash = \"1234\"", ":5:", "--hash-pin"},
        {"[[device]]\nid = \"d\"\ntoken_hash = \"secret\"", ":3:", "--hash-token"},
        {"[[device]]\nid = \"d\"\nbay = \"9\"", ":3:", "there is no bay \"9\""},
        {"[[sign]]\nname = \"s\"\nport = \"pty:/x\"\nbay = \"9\"", ":4:", "there is no bay \"9\""},
        {"[[bay]]\nid = \"1\"\n[[sign]]\nname = \"a\"\nport = \"pty:/x\"\nbay = \"1\"\n"
         "[[sign]]\nname = \"b\"\nport = \"pty:/x\"\nbay = \"1\"\naddress = \"02\"\nbaud = 4800",
         ":12:", "\"a\" and \"b\" are on one port, but their speeds differ"},
        {"[clock]\nstart = \"yesterday\"", ":2:", "2026-11-21T08:00"},
        {"[standard_times]\npath = \"nowhere.csv\"", ":2:", "cannot be opened"},
    }));
    CAPTURE(c.text);
    const auto faults = faults_of(c.text);
    CAPTURE(faults);
    CHECK(faults.find(c.place) != std::string::npos);
    CHECK(faults.find(c.says) != std::string::npos);
}

TEST_CASE("one run reports every fault", "[settings]") {
    const auto faults = faults_of("[listen]\nport = -1\n[[bay]]\nid = \"\"\nkind = \"cave\"\n");
    CHECK(faults.find(":2:") != std::string::npos);
    CHECK(faults.find(":5:") != std::string::npos);
}

TEST_CASE("an empty file is a shop with defaults, closed to strangers", "[settings]") {
    const support::TempDir directory;
    const auto path = directory.path() / "shop.toml";
    std::ofstream(path) << "[store]\npath = \"journal.db\"\n";
    const auto settings = read_settings(path.string());
    CHECK_FALSE(settings.open);
    CHECK(settings.port == 7420);
    CHECK(settings.address == "127.0.0.1");
    CHECK(settings.journal == (directory.path() / "journal.db").string());
    CHECK(settings.clock == ClockSettings{});
    CHECK(settings.shop.escalate_after == std::chrono::minutes{10});
    CHECK(settings.shop.contact_every == std::chrono::minutes{60});
}

TEST_CASE("the minutes of alerts are read, and checked", "[settings]") {
    const support::TempDir directory;
    const auto path = directory.path() / "shop.toml";
    std::ofstream(path) << "[alerts]\nescalate_minutes = 0\ncontact_minutes = 45\n";
    const auto settings = read_settings(path.string());
    CHECK(settings.shop.escalate_after == std::chrono::minutes{0});
    CHECK(settings.shop.contact_every == std::chrono::minutes{45});
    const auto faults = faults_of("[alerts]\nescalate_minutes = -1\ncontact_minutes = 0\nescalation = 5\n");
    for (const auto* line : {":2:", ":3:", ":4:"}) CHECK(faults.find(line) != std::string::npos);
}

TEST_CASE("standard times are read with quotes, comments and a byte order mark", "[standard-times]") {
    const auto times = parse_standard_times(
        "\xEF\xBB\xBF"
        "code,name,name_en,repair_type,minutes,bay_kind\r\n"
        "# oils\r\n"
        "BY01,\"小保养(机油,机滤)\",\"Oil \"\"5W\"\"\",maintenance,30,express\r\n\r\n",
        "times.csv");
    REQUIRE(times.size() == 1);
    CHECK(times.at("BY01").name == "小保养(机油,机滤)");
    CHECK(times.at("BY01").name_en == "Oil \"5W\"");
    CHECK(times.at("BY01").minutes == 30);
}

TEST_CASE("a bad line of standard times is named with file, line and what is accepted", "[standard-times]") {
    struct Case {
        const char* line;
        const char* says;
    };
    const auto c = GENERATE(values<Case>({
        {"BY01,x,x,maintenance,30", "6"},
        {",x,x,maintenance,30,express", "code"},
        {"BY01,,,maintenance,30,express", "name"},
        {"BY01,x,x,magic,30,express", "first_service"},
        {"BY01,x,x,maintenance,half,express", "minutes \"half\": must be whole minutes from 1 to 4800"},
        {"BY01,x,x,maintenance,0,express", "whole minutes"},
        {"BY01,x,x,maintenance,30,cave", "alignment"},
        {"BY01,x,x,maintenance,30,express\nBY01,x,x,maintenance,30,express", "line 2 has this code too"},
    }));
    const auto fault = csv_fault(c.line);
    CAPTURE(fault);
    CHECK(fault.starts_with("times.csv:"));
    CHECK(fault.find(c.says) != std::string::npos);
}

TEST_CASE("local times follow the shop's zone, through clock changes too", "[clock]") {
    using namespace std::chrono;
    const auto local = [](int month, int day, int hour, int minute) {
        return local_days{year{2026} / month / day} + hours{hour} + minutes{minute};
    };
    CHECK(to_utc("Asia/Shanghai", local(11, 21, 9, 0)) == utc(1, 0));
    CHECK(to_local("Asia/Shanghai", utc(1, 0)) == local(11, 21, 9, 0));
    const auto before = to_utc("Europe/Berlin", local(10, 25, 2, 30));  // comes twice; the first is summer time
    CHECK(before == Instant{sys_days{year{2026} / 10 / 25}} + 30min);
    CHECK(is_zone("Europe/Berlin"));
    CHECK_FALSE(is_zone("Europe/Atlantis"));
}

TEST_CASE("a moment is read as local or ISO time and nothing else", "[clock]") {
    CHECK(read_moment("2026-11-21T09:00", "Asia/Shanghai") == utc(1, 0));
    CHECK(read_moment("2026-11-21T01:00:00Z", "Asia/Shanghai") == utc(1, 0));
    CHECK(read_moment("2026-11-21T02:00:00+01:00", "Asia/Shanghai") == utc(1, 0));
    for (const auto* text :
         {"", "9:00", "2026-13-01T09:00", "2026-11-21T25:00", "2026-11-21T09:00x", "2026-02-30T09:00"})
        CHECK_FALSE(read_moment(text, "Asia/Shanghai"));
}

TEST_CASE("a stopped clock stands, and never lies before the newest event", "[clock]") {
    ShopClock clock({.speed = 0, .start = utc(1, 0)}, "Asia/Shanghai");
    CHECK(clock.now() == utc(1, 0));
    clock.not_before(utc(2, 0));
    CHECK(clock.now() == utc(2, 0));
    CHECK_FALSE(clock.until(utc(3, 0)));
    CHECK(clock.offset_minutes() == 480);
}

TEST_CASE("a fast clock waits less, and never more than five minutes", "[clock]") {
    ShopClock clock({.speed = 60, .start = utc(1, 0)}, "Asia/Shanghai");
    const auto wait = clock.until(clock.now() + 1h);
    REQUIRE(wait);
    CHECK(*wait > 55s);
    CHECK(*wait <= 60s + 1ms);
    CHECK(*clock.until(clock.now() + 24000h) == 5min);
    CHECK(*clock.until(utc(0, 0)) == 1ms);
    const auto one = clock.now();
    CHECK(clock.now() >= one);
}

TEST_CASE("a value in the log cannot forge a line", "[log]") {
    CHECK(log::quoted("plain-word/7") == "plain-word/7");
    CHECK(log::quoted("沪A12345") == "沪A12345");
    CHECK(log::quoted("") == "\"\"");
    CHECK(log::quoted("two words") == "\"two words\"");
    CHECK(log::quoted("a\nERROR event=x") == "\"a\\nERROR event=x\"");
    CHECK(log::quoted("a\"b\\c\x1b[31m") == "\"a\\\"b\\\\c\\x1b[31m\"");
    CHECK(log::quoted("a\u009b31m") == "\"a\\xc2\\x9b31m\"");
    CHECK(log::quoted("\u202eabc") == "\"\\xe2\\x80\\xaeabc\"");
    CHECK(log::quoted(std::string(1000, 'x')).size() < 500);
    // Names of files may hold any bytes; the log and what is made of it stay UTF-8.
    CHECK(log::quoted("\xb6\xa9\xb5\xa5.csv") == "\"\\xb6\\xa9\\xb5\\xa5.csv\"");
    CHECK(log::quoted("\x9b"
                      "31m\xe6\xb2") == "\"\\x9b31m\\xe6\\xb2\"");
    CHECK(protocol::valid_utf8(log::quoted("x" + std::string(600, '\xb6'))));
    std::string long_name;
    for (int i = 0; i < 200; ++i) long_name += "沪";
    CHECK(protocol::valid_utf8(log::quoted(long_name)));
}

TEST_CASE("plain text stays on this computer unless it is asked for", "[settings]") {
    for (const char* address : {"0.0.0.0", "192.168.1.10", "::", "128.0.0.1"}) {
        const auto listen = "[listen]\naddress = \"" + std::string(address) + "\"\n";
        CAPTURE(address);
        CHECK_THAT(faults_of(listen), Catch::Contains("can be read by everyone on the network") &&
                                          Catch::Contains("tls_address") && Catch::Contains("plain_on_network"));
        CHECK(faults_of(listen + "plain_on_network = true\n").empty());
    }
    for (const char* address : {"127.0.0.1", "127.8.8.8", "::1"})
        CHECK(faults_of("[listen]\naddress = \"" + std::string(address) + "\"\n").empty());
    CHECK(faults_of("[listen]\ntls_address = \"0.0.0.0\"\n").empty());
    CHECK_THAT(faults_of("[listen]\ntls_address = \"everywhere\"\n"), Catch::Contains("this is no IP address"));
    CHECK_THAT(faults_of("[listen]\nhello_seconds = 0\n"), Catch::Contains("3600"));
}
