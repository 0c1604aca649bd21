// [shop.hours] and [[shop.day]]: what they give, and how a fault is told.
#include "board/daemon/settings.hpp"
#include "config/reader.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

Settings read(const std::string& text) {
    const support::TempDir directory;
    const auto path = directory.path() / "shop.toml";
    std::ofstream(path) << text;
    return read_settings(path.string());
}

std::string faults_of(const std::string& text) {
    try {
        read(text);
    } catch (const config::ConfigError& faults) {
        return faults.what();
    }
    return {};
}

}  // namespace

TEST_CASE("§5 hours, breaks, holidays and special days are read", "[settings]") {
    const auto calendar = read(R"([shop]
zone = "Europe/Berlin"
[shop.hours]
monday = "08:00-12:00, 13:00-17:30"
saturday = "09:00-16:00"
[[shop.day]]
date = "2026-11-30"
closed = true
[[shop.day]]
date = "2026-12-24"
until = "2026-12-26"
hours = "08:00-12:00"
)")
                              .shop.calendar;
    CHECK(calendar.open_minutes_of_day(local_days{2026y / November / 23}) == 8h + 30min);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / November / 24}) == 0h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / November / 28}) == 7h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / November / 30}) == 0h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / December / 24}) == 4h);
    CHECK(calendar.open_minutes_of_day(local_days{2026y / December / 26}) == 4h);
    CHECK(calendar.is_open(Instant{sys_days{2026y / November / 23}} + 7h));  // 08:00 in Berlin
}

TEST_CASE("§5 a file without hours leaves the shop open always, in its zone", "[settings]") {
    const auto calendar = read("[shop]\nzone = \"Europe/Berlin\"\n").shop.calendar;
    CHECK(calendar.always_open());
    CHECK(calendar.open_minutes_of_day(local_days{2026y / March / 29}) == 23h);
}

TEST_CASE("§5 what predictions count and when delays are revealed is the shop's", "[settings]") {
    const auto as_shipped = read("open = false\n").shop;
    CHECK(as_shipped.prediction == PredictionSettings{});
    CHECK(as_shipped.reveal_delay == Reveal::when_told);
    const auto own = read(R"([shop]
reveal_delay = "at_once"
[shop.prediction]
inspection_level_2_minutes = 5
inspection_level_3_minutes = 15
wash_minutes = 30
unfinished_minutes = 8
no_items_minutes = 45
count_open_consents = false
learn_after_jobs = 50
)")
                         .shop;
    CHECK(own.reveal_delay == Reveal::at_once);
    CHECK(own.prediction == PredictionSettings{.inspection_2 = 5min,
                                               .inspection_3 = 15min,
                                               .wash = 30min,
                                               .floor = 8min,
                                               .no_items = 45min,
                                               .open_consents = false,
                                               .learn_after = 50});
}

TEST_CASE("faults in hours and special days name their place and what would be accepted", "[settings]") {
    struct Case {
        const char* text;
        const char* place;
        const char* says;
    };
    const auto c = GENERATE(values<Case>({
        {"[shop.hours]\nmonday = \"8-12\"", ":2:", "08:00-12:00"},
        {"[shop.hours]\nmonday = \"12:00-08:00\"", ":2:", "in order"},
        {"[shop.hours]\nmonday = \"08:00-12:00,11:00-13:00\"", ":2:", "without overlap"},
        {"[shop.hours]\nmonday = \"08:00-24:30\"", ":2:", "no opening hours"},
        {"[shop.hours]\nmonday = \"08:00-12:00,\"", ":2:", "no opening hours"},
        {"[shop.hours]\nmunday = \"closed\"", ":2:", "monday"},
        {"[shop]\nreveal_delay = \"never\"", ":2:", "when_told"},
        {"[shop.prediction]\nwash_minutes = -1", ":2:", "0"},
        {"[shop.prediction]\nlearn_after_jobs = 1", ":2:", "5"},
        {"[[shop.day]]\ndate = \"2026-10-01\"\nclosed = true", ":2:", "[shop.hours]"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2026-02-30\"\nclosed = true", ":3:", "no date"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"1.10.2026\"\nclosed = true", ":3:", "2026-10-01"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2026-10-01\"", ":2:", "closed = true"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2026-10-01\"\nclosed = true\nhours = \"08:00-12:00\"", ":5:", "either"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2026-10-02\"\nuntil = \"2026-10-01\"\nclosed = true", ":4:", "before"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2026-10-01\"\nclosed = true\n[[shop.day]]\ndate = \"2026-10-01\"\n"
         "closed = true",
         ":6:", "twice"},
        {"[shop.hours]\n[[shop.day]]\ndate = \"2000-01-01\"\nuntil = \"2099-12-31\"\nclosed = true",
         ":3:", "at most 2000"},
    }));
    const auto faults = faults_of(c.text);
    CAPTURE(c.text, faults);
    CHECK(faults.find(c.place) != std::string::npos);
    CHECK(faults.find(c.says) != std::string::npos);
}
