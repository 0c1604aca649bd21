#include "tests/soak/judge.hpp"

#include "board/core/views.hpp"
#include "board/daemon/backup_plan.hpp"
#include "board/store/connection.hpp"
#include "protocol/json.hpp"
#include "tests/support/daemon_process.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

namespace baytime::soak {

namespace {

constexpr double mib = 1024.0 * 1024.0;
/// Answers to keys for seven days, indexes and free pages included.
constexpr double most_bytes_an_event = 900;
/// A commit may come on top of the pages after which SQLite copies its log back.
/// From a look at the board to what its clock then tells, in shop time.
constexpr int most_minutes_between = 10;
constexpr double most_wal_mib = 2.0 * store::checkpoint_pages * 4096 / mib;
/// Each fault is a few lines; refused connections and refused writes are the most.
constexpr double most_log_kib_a_minute = 256;
/// What a daemon that has seen all the faults may have more than one that has just replayed the same journal.
constexpr double most_daemon_growth_mib = 24;
constexpr double most_lounge_growth_mib = 12;
/// SQLite keeps those of a copy's connections for the next copy.
constexpr double most_descriptors_more = 2;
/// Copies kept by the plan: the young ones, and one for each day, week and month.
double most_copies() {
    const daemon::BackupSettings kept;
    return static_cast<double>(daemon::fresh_copies_kept) + kept.keep_daily + kept.keep_weekly + kept.keep_monthly;
}

double size_of(const fs::path& path) {
    std::error_code none;
    const auto bytes = fs::file_size(path, none);
    return none ? 0 : static_cast<double>(bytes);
}

double number_in(const std::string& reply, const std::string& mark) {
    const auto at = reply.find(mark);
    return at == std::string::npos ? -1 : std::stod(reply.substr(at + mark.size()));
}

/// Nobody but the lounge and this question is connected, and every sign has its line.
bool at_rest(const House& shop) {
    const auto reply = shop.ask(R"({"jsonrpc":"2.0","id":1,"method":"health"})");
    if (reply.empty()) return false;
    const auto health = protocol::json::parse(reply).at("result").as_object();
    return health.at("connections").to_number<int>() == 2 &&
           std::ranges::all_of(health.at("signs").as_array(),
                               [](const auto& sign) { return sign.at("state").as_string() == "showing"; });
}

/// With the same connections and lines each time; a sign that was silent is asked again after a minute at most.
int idle_descriptors(const House& shop) {
    constexpr int tries = 600, again_ms = 200;
    for (int i = 0; i < tries && !at_rest(shop); ++i) ::poll(nullptr, 0, again_ms);
    return vitals_of(shop.daemon_id()).descriptors;
}

/// Files that should not be there.
double strays(const House& shop) {
    double out = 0;
    for (const auto& entry : fs::directory_iterator(shop.backups()))
        out += daemon::copy_time(entry.path().filename().string()) ? 0 : 1;
    for (const auto& entry : fs::directory_iterator(shop.directory())) {
        const auto name = entry.path().filename().string();
        for (const auto* part : {".damaged", ".restoring", ".replaced", ".new", ".part"})
            out += name.find(part) != name.npos ? 1 : 0;
    }
    return out;
}

double copies(const House& shop) {
    return static_cast<double>(std::distance(fs::directory_iterator(shop.backups()), {}));
}

/// Events of the log that no fault of the soak explains.
double unexplained(const House& shop, std::vector<std::string>& problems) {
    std::ifstream in(shop.log());
    double out = 0;
    for (std::string line; std::getline(in, line);) {
        constexpr std::array never = {" command_failed",  " question_failed", " door_failed",   " connection_failed",
                                      " journal_damaged", " journal_started", " Assertion",     "terminate called",
                                      "Sanitizer",        "runtime error",    " reload_refused"};
        if (std::ranges::none_of(never, [&](const char* word) { return line.find(word) != line.npos; })) continue;
        ++out;
        problems.push_back(line);
    }
    return out;
}

}  // namespace

Vitals vitals_of(pid_t process) {
    Vitals out;
    const fs::path place = "/proc/" + std::to_string(process);
    std::ifstream in(place / "status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("VmRSS:")) out.rss_mib = std::stod(line.substr(6)) / 1024;
    }
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(place / "fd", gone)) {
        static_cast<void>(entry);
        ++out.descriptors;
    }
    return out;
}

std::vector<Row> judge_bounds(House& shop, const Vitals& lounge_before, double minutes, bool memory) {
    const auto lounge = vitals_of(shop.lounge_id());
    const int descriptors = idle_descriptors(shop);
    const auto long_lived = vitals_of(shop.daemon_id());
    const double events = number_in(shop.ask("ping"), " seq=");
    std::vector<Row> rows = {
        {"write-ahead log, MiB", size_of(shop.journal().string() + "-wal") / mib, most_wal_mib},
        {"copies kept", copies(shop), most_copies()},
        {"log of the daemon, KiB a minute", size_of(shop.log()) / 1024 / std::max(minutes, 1.0), most_log_kib_a_minute},
    };
    shop.stop_daemon();
    if (memory) rows.push_back({"journal, bytes an event", size_of(shop.journal()) / events, most_bytes_an_event});
    shop.start_daemon();
    rows.push_back(
        {"descriptors more than a fresh daemon", double(descriptors - idle_descriptors(shop)), most_descriptors_more});
    const auto fresh = vitals_of(shop.daemon_id());
    if (!memory) return rows;
    rows.push_back({"daemon, MiB more than a fresh one", long_lived.rss_mib - fresh.rss_mib, most_daemon_growth_mib});
    rows.push_back({"lounge, MiB grown", lounge.rss_mib - lounge_before.rss_mib, most_lounge_growth_mib});
    return rows;
}

std::string workshop_snapshot(const House& shop) {
    auto asking = client::Client::connect("127.0.0.1", shop.port(), support::daemon_deadline);
    asking.send(R"({"jsonrpc":"2.0","id":1,"method":"watch","params":{"view":"workshop"}})");
    for (;;) {
        const auto line = asking.wait_line(support::daemon_deadline);
        const auto message = protocol::json::parse(line).as_object();
        if (message.contains("method") && message.at("method").as_string() == "view") return line;
    }
}

std::vector<Row> judge_truth(House& shop, const std::string& believed, std::vector<std::string>& problems) {
    const auto journal = store::Journal::open(shop.journal().string(), shop.backups().string());
    if (!journal->opening().damaged.empty())
        problems.push_back("the journal was damaged: " + journal->opening().damage);
    const auto snapshot = protocol::json::parse(believed).at("params").as_object();
    const auto shown = snapshot.at("seq").to_number<std::uint64_t>();
    Board board;
    journal->read(0, [&board, shown](const Event& event) {
        if (event.seq > shown) return false;  // an alert that fell due before the daemon was stopped
        apply(board, event);
        return true;
    });
    Instant now{};
    protocol::read_json(snapshot.at("clock").at("now"), now);
    const auto at = [&](Instant moment) {
        return protocol::to_json(workshop_view(board, support::shop_of(workers), moment));
    };
    const auto view = at(now);
    // The clock is told after the look, and at this speed minutes pass in between.
    bool same = view == snapshot.at("data");
    for (int minutes = 1; minutes <= most_minutes_between && !same; ++minutes)
        same = at(now - std::chrono::minutes(minutes)) == snapshot.at("data");
    if (!same)
        problems.push_back("the board was " + protocol::json::serialize(snapshot.at("data")) + "\nits journal says " +
                           protocol::json::serialize(view));
    const auto differing = support::differences(*journal, shop.people());
    problems.insert(problems.end(), differing.begin(), differing.end());
    const auto surprises = shop.surprises();
    problems.insert(problems.end(), surprises.begin(), surprises.end());
    return {{"acknowledged commands lost, doubled or changed", double(differing.size()), 0},
            {"board differs from the replay of its journal", same ? 0.0 : 1.0, 0},
            {"programs that died or refused by themselves", double(surprises.size()), 0},
            {"log lines that no fault explains", unexplained(shop, problems), 0},
            {"files left behind", strays(shop), 0}};
}

}  // namespace baytime::soak
