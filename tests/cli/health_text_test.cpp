// What `baytime health` says in Chinese: nothing of it is an English sentence.
#include "board/cli/health_text.hpp"
#include "board/cli/health_words.hpp"
#include "board/cli/refusal_text.hpp"
#include "protocol/json.hpp"
#include "protocol/problems.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace baytime;
using namespace baytime::cli;
namespace json = boost::json;

namespace {

/// The English words that no sentence does without; names of programs, verbs, files and tokens have none of them.
std::string english_word_in(const std::string& text) {
    constexpr const char* words[] = {"the", "a",   "an",   "is", "are", "was",  "it",   "its",    "of", "and",
                                     "to",  "not", "that", "in", "on",  "with", "what", "this",   "be", "has",
                                     "can", "no",  "yes",  "be", "by",  "for",  "from", "nothing"};
    std::string plain = text;
    std::ranges::replace_if(
        plain, [](char c) { return (c < 'a' || c > 'z') && c != '/' && c != '_' && c != '-'; }, ' ');
    std::istringstream in(plain);
    for (std::string word; in >> word;) {
        if (std::ranges::find(words, word) != std::end(words)) return word;
    }
    return {};
}

bool holds_chinese(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
}

/// The reasons that the parts of the daemon give, as they come.
const std::vector<std::string>& reasons() {
    static const std::vector<std::string> all{
        "no backup written: the copy /b/journal.db.unchecked is not good: database disk image is malformed",
        "no backup written: the disk is full: nothing more fits into /b/x.db; free some space on its file system",
        "no backup written: /b/x.db is read-only: this user may not write to it or to its directory",
        "no backup written: /b/x.db cannot be opened: is it there, and may this user read and write it?",
        "no backup written: it was abandoned",
        "no backup written: the copy /b/x.db has 3 events of 4",
        "the board of the copy /b/x.db is not that of the journal",
        "filesystem error: cannot create directories: Not a directory [/var/lib/baytime/backups]",
        "filesystem error: cannot rename: No space left on device [/b/x] [/b/y]",
        "the disk that holds /b/x.db failed: disk I/O error",
        "/b/x.db is damaged: file is not a database",
        "/b/x.db is locked by another program: is it open in sqlite3?",
        "*** in database main ***\nTree 3 page 3: btreeInitPage() returns error code 11",
        "row 7 missing from index event_order",
        "event 12 was changed: its sum does not fit",
        "event 12 is missing: 13 stands in its place",
        "the file is empty",
        "it holds no tables",
        "it has no list of schema steps",
        "an earlier start was cut off while it put a backup in place of a damaged file",
        "its name is later than the computer's time",
        "/etc/baytime/baytime.toml:3: the sign bay-1 is not known to anybody",
        "a sentence that nobody has thought of",
        "it answers at 9600, configured 4800",
        "it does not answer; are power, wiring, address and speed right?",
        "it no longer answers; is it switched on?",
        "it says again and again that what came is broken, or that it is busy; are speed, format and wiring right?",
        "it refuses what is sent; do driver, size and options fit this sign?",
        "it takes no pictures; its texts are shown in Latin letters",
        "it has lost its memory and is set up again",
        "serial:/dev/ttyUSB0 is not there; is the sign's cable plugged in?",
        "serial:/dev/ttyUSB0 may not be opened by this user; adding it to the group dialout helps",
        "serial:/dev/ttyUSB0 was unplugged or closed",
        "tcp://10.0.0.9:26 does not answer: Connection refused",
    };
    return all;
}

json::object one_problem(const protocol::ProblemText& text, const std::string& about, const std::string& detail) {
    const json::object line{{"problem", text.name}, {"level", "warning"}, {"about", about},
                            {"detail", detail},     {"what", text.en},    {"remedy", text.en_remedy}};
    return {{"health", text.name}, {"level", "warning"}, {"problems", json::array{line}}, {"clock", "trusted"}};
}

}  // namespace

TEST_CASE("every problem, with every reason, is told in Chinese when asked for", "[cli][health]") {
    for (const auto& text : protocol::problems()) {
        for (const auto& reason : reasons()) {
            const auto shown = health_text(one_problem(text, "/var/lib/baytime", reason), {.chinese = true});
            CAPTURE(text.name, reason, shown);
            CHECK(shown.starts_with("WARNING - " + std::string(text.name) + "\n  ! " + std::string(text.zh) + " ("));
            CHECK(shown.find("\n    -> " + std::string(text.zh_remedy)) != std::string::npos);
            CHECK(english_word_in(shown).empty());
        }
        for (const auto zh : {text.zh, text.zh_remedy}) {
            CHECK(holds_chinese(std::string(zh)));
            CHECK(english_word_in(std::string(zh)).empty());
        }
    }
}

TEST_CASE("a reason keeps its figures and its path in Chinese", "[cli][health]") {
    for (const auto& reason : reasons()) {
        CAPTURE(reason, reason_in_chinese(reason));
        CHECK(holds_chinese(reason_in_chinese(reason)));
        CHECK(english_word_in(reason_in_chinese(reason)).empty());
    }
    CHECK(reason_in_chinese("no backup written: the copy /b/x.db is not good: database disk image is malformed") ==
          "没有写成备份，副本检查不合格，数据库文件损坏：/b/x.db");
    CHECK(reason_in_chinese("/etc/baytime/baytime.toml:3: this word is not known") ==
          "详情见运行日志：/etc/baytime/baytime.toml:3");
    CHECK(reason_in_chinese("36 h") == "36 小时");
    CHECK(reason_in_chinese("-7200 s") == "-7200 秒");
    CHECK(reason_in_chinese("10 min") == "10 分钟");
    CHECK(reason_in_chinese("499 MiB") == "499 MiB");
    CHECK(reason_in_chinese("64") == "64");
}

TEST_CASE("every state and every member of health has a Chinese name", "[cli][health]") {
    for (const auto* state : {"trusted", "training", "before_program", "behind_journal", "far_ahead", "jumped", "good",
                              "refused", "created", "damaged", "nothing", "opening", "waiting", "setting-up", "showing",
                              "silent", "stopped", "info", "warn"}) {
        CAPTURE(state);
        CHECK(holds_chinese(word_in_chinese(state)));
    }
    const auto health = json::parse(R"({"health":"ok","level":"ok","product":"baytimed/1","uptime_seconds":5,"seq":1,
        "jobs_open":1,"jobs":1,"commits":1,"failed_commits":0,"journal":"damaged","journal_damaged":"/j","journal_bytes":1,
        "journal_restored_from":"nothing","disk_free_bytes":1,"backup_disk_free_bytes":1,"backups":0,
        "backup_newest":"2026-11-21T02:30:00Z","backup_age_seconds":1,"backup_failed":"it was abandoned",
        "connections":1,"connections_refused":0,"tls":"0.0.0.0:1","tls_fingerprint":"ab","watchers":0,
        "commands_waiting":0,"output_unread_bytes":0,"config":"refused","config_fault":"this is not understood",
        "reloads":0,"log_daemon":"info","log_door":"info","log_store":"info","log_signs":"debug",
        "now":"2026-11-21T02:30:00Z","speed":1,"offset_minutes":480,"trusted":false,"clock":"jumped",
        "clock_difference_seconds":0,"clock_steps":0,"clock_synchronised":false,
        "signs":[{"sign":"bay-1","state":"silent","driver":"alpha","port":"pty:/x","speed":9600,"pages":0,
        "up_to_date":false,"answers":true,"errors":1,"retries":0,"required":true,"answers_at":4800,
        "last_good_write":"2026-11-21T02:30:00Z","last_reply":"2026-11-21T02:30:00Z","errors_by_kind":"lost:1",
        "last_error":"it does not answer; are power, wiring, address and speed right?"}],
        "screens":[{"screen":"hall","connected":false,"away_minutes":3}],
        "bays":[{"bay":"1","last_event":"2026-11-21T02:30:00Z"}]})")
                            .as_object();
    const auto shown = health_text(health, {.chinese = true, .offset = Offset(480), .cells = Cells::whole});
    CAPTURE(shown);
    CHECK(english_word_in(shown).empty());
    const auto all_named = [](const json::object& members) {
        for (const auto& [key, value] : members) {
            if (value.is_array() || key == "health" || key == "level") continue;
            CAPTURE(std::string(key));
            CHECK(holds_chinese(label_in_chinese(std::string_view(key))));
        }
    };
    all_named(health);
    for (const auto* list : {"signs", "screens", "bays"}) all_named(health.at(list).as_array().front().as_object());
}

TEST_CASE("why health could not be asked has a Chinese sentence for each token", "[cli][health]") {
    for (const auto* token :
         {"bad-known-hosts", "bad-token", "fingerprint-changed", "fingerprint-unknown", "needs-tls", "no-connection",
          "no-greeting", "no-tls", "no-tokens", "not-allowed", "not-baytime", "slow-down", "stopping", "token-revoked",
          "too-many-connections", "too-many-requests", "too-much-output"}) {
        CAPTURE(token);
        REQUIRE(meaning_of(token));
        CHECK(holds_chinese(*meaning_of(token)));
        CHECK(english_word_in(*meaning_of(token)).empty());
    }
}
