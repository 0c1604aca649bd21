// From what was measured to what is wrong.
#include "board/daemon/health_rules.hpp"
#include "protocol/problems.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace baytime;
using namespace baytime::daemon;
using namespace std::chrono_literals;

namespace {

Vitals well() {
    return {.screens = {{.id = "lounge", .connected = true, .away = std::nullopt}},
            .disks = {{.place = "/var/lib/baytime", .free_mib = 5000}},
            .backup_age = 8h};
}

}  // namespace

TEST_CASE("a daemon that is well has no problem", "[health]") {
    CHECK(problems_of(well(), {}).empty());
    CHECK(worst({}) == HealthLevel::ok);
}

TEST_CASE("each thing that is wrong is named, with its level, place and figure", "[health]") {
    struct Case {
        const char* name;
        HealthLevel level;
        const char* about;
        const char* detail;
        void (*spoil)(Vitals&);
    };
    using enum HealthLevel;
    const auto c = GENERATE(values<Case>({
        {"journal-gone", critical, "j.db", "", [](Vitals& v) { v.journal_gone = "j.db"; }},
        {"storage-failed", critical, "", "", [](Vitals& v) { v.sound = false; }},
        {"started-empty", critical, "j.damaged", "it is empty",
         [](Vitals& v) {
             v.opening.damaged = "j.damaged";
             v.opening.damage = "it is empty";
         }},
        {"restored-from-backup", warning, "b.db", "it is empty",
         [](Vitals& v) {
             v.opening.damaged = "j";
             v.opening.damage = "it is empty";
             v.opening.restored_from = "b.db";
         }},
        {"journal-behind", critical, "b.db", "12 > 3",
         [](Vitals& v) {
             v.opening.newer_copy = "b.db";
             v.opening.newer_copy_events = 12;
             v.opening.events = 3;
         }},
        {"set-aside", warning, "j.db.damaged-1", "", [](Vitals& v) { v.set_aside = "j.db.damaged-1"; }},
        {"configuration-refused", warning, "", "line 3", [](Vitals& v) { v.config_fault = "line 3"; }},
        {"restart-needed", warning, "[store]", "", [](Vitals& v) { v.restart_needed = "[store]"; }},
        {"bay-missing", warning, "4", "2", [](Vitals& v) { v.lost_bays = {{"4", 2}}; }},
        {"audit-unwritten", warning, "", "7", [](Vitals& v) { v.refusals_unwritten = 7; }},
        {"tokens-put-back", warning, "b/tokens.json", "", [](Vitals& v) { v.tokens_put_back = "b/tokens.json"; }},
        {"tls-key-put-back", warning, "b/tls.pem", "", [](Vitals& v) { v.tls_key_put_back = "b/tls.pem"; }},
        {"drop-waiting", warning, "/in", "1 waiting: Permission denied",
         [](Vitals& v) {
             v.drop_folder = "/in";
             v.drop_trouble = "1 waiting: Permission denied";
         }},
        {"disk-low", warning, "/var/lib/baytime", "499 MiB", [](Vitals& v) { v.disks[0].free_mib = 499; }},
        {"disk-low", critical, "/var/lib/baytime", "99 MiB", [](Vitals& v) { v.disks[0].free_mib = 99; }},
        {"backup-old", warning, "", "36 h", [](Vitals& v) { v.backup_age = 36h; }},
        {"backup-old", critical, "", "100 h", [](Vitals& v) { v.backup_age = 100h; }},
        {"backup-failed", warning, "", "no room", [](Vitals& v) { v.backup_failure = "no room"; }},
        {"backup-doubtful", warning, "b/x.db", "it is damaged",
         [](Vitals& v) { v.copy_doubts = {{.copy = "b/x.db", .why = "it is damaged"}}; }},
        {"sign-down", critical, "bay-1", "", [](Vitals& v) { v.required_signs_down = {"bay-1"}; }},
        {"screen-away", warning, "lounge", "10 min",
         [](Vitals& v) { v.screens[0] = {.id = "lounge", .connected = false, .away = 10min}; }},
        {"clock-untrusted", warning, "jumped", "-7200 s",
         [](Vitals& v) {
             v.clock = ClockDoubt::jumped;
             v.clock_difference = -2h;
         }},
        {"clock-ahead", warning, "far_ahead", "+86400 s",
         [](Vitals& v) {
             v.clock = ClockDoubt::far_ahead;
             v.clock_difference = 24h;
         }},
        {"clock-behind", warning, "behind_journal", "-7200 s",
         [](Vitals& v) {
             v.clock = ClockDoubt::behind_journal;
             v.clock_difference = -2h;
         }},
        {"places-taken", warning, "hall", "64", [](Vitals& v) { v.shortage = Shortage{.about = "hall", .taken = 64}; }},
        {"queue-long", warning, "", "1000", [](Vitals& v) { v.commands_waiting = 1000; }},
        {"output-unread", warning, "", "8192 KiB", [](Vitals& v) { v.output_unread = 8192 * 1024; }},
    }));
    auto vitals = well();
    c.spoil(vitals);
    const auto problems = problems_of(vitals, {});
    CHECK(problems == std::vector<Problem>{{.name = c.name, .level = c.level, .about = c.about, .detail = c.detail}});
    CHECK(worst(problems) == c.level);
}

TEST_CASE("a screen that was never here is not missed, one that just left neither", "[health]") {
    auto vitals = well();
    vitals.screens = {{.id = "new", .connected = false, .away = std::nullopt},
                      {.id = "gone", .connected = false, .away = 9min}};
    CHECK(problems_of(vitals, {}).empty());
}

TEST_CASE("the most urgent problem comes first", "[health]") {
    auto vitals = well();
    vitals.backup_age = 40h;
    vitals.config_fault = "line 3";
    vitals.required_signs_down = {"bay-2", "bay-1"};
    std::vector<std::string> names;
    for (const auto& one : problems_of(vitals, {})) names.push_back(one.name + one.about);
    CHECK(names == std::vector<std::string>{"sign-downbay-2", "sign-downbay-1", "configuration-refused", "backup-old"});
}

TEST_CASE("every problem says in both languages what it is and what to do", "[health]") {
    std::set<std::string_view> names;
    for (const auto& one : protocol::problems()) {
        CAPTURE(one.name);
        CHECK(names.insert(one.name).second);
        for (const auto text : {one.en, one.en_remedy, one.zh, one.zh_remedy}) CHECK_FALSE(text.empty());
    }
}
