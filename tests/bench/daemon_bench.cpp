// The start of the daemon on a long history, beside the least a replay can cost.
#include "board/store/journal.hpp"
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int history_events = 1'000'000, history_jobs = 100'000;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

Event event_of(int n) {
    const Instant begin{std::chrono::hours(24 * 365 * 55)};
    const int job = n % history_jobs;
    Event event{.seq = static_cast<std::uint64_t>(n) + 1,
                .at = begin + std::chrono::seconds(n),
                .received = begin + std::chrono::seconds(n),
                .who = "301",
                .cause = fmt::format("c{}", n + 1),
                .order = fmt::format("R{}", job)};
    const Instant later = event.at + std::chrono::hours(2);
    if (n < history_jobs) {
        event.fact =
            Received{.plate = fmt::format("沪A{:05}", job), .model = "朗逸", .promise = later, .advisor = "301"};
    } else if (n >= history_events - history_jobs) {
        event.fact = Cancelled{.reason = "long ago"};
    } else {
        event.fact = Estimated{.to = later};
    }
    return event;
}

void write_history(const std::string& path) {
    const auto journal = store::Journal::open(path, "");
    constexpr int in_one_commit = 10'000;
    std::vector<Event> events;
    for (int n = 0; n < history_events; ++n) {
        events.push_back(event_of(n));
        if (static_cast<int>(events.size()) < in_one_commit) continue;
        journal->append(events, {});
        events.clear();
    }
}

/// The same history as fixed records in a flat file, read into a map: the least a replay can cost.
struct Record {
    std::int64_t seq, at, to;
    std::int32_t job, kind;
    char text[40];
};

double flat_replay_seconds(const std::string& path) {
    {
        std::ofstream out(path, std::ios::binary);
        for (int n = 0; n < history_events; ++n) {
            Record record{.seq = n + 1, .at = n, .to = n, .job = n % history_jobs, .kind = n % 3, .text = "沪A00000"};
            out.write(reinterpret_cast<const char*>(&record), sizeof record);
        }
    }
    const auto begin = Clock::now();
    std::ifstream in(path, std::ios::binary);
    std::map<std::int32_t, Record> jobs;
    for (Record record{}; in.read(reinterpret_cast<char*>(&record), sizeof record);) jobs[record.job] = record;
    return seconds_since(begin);
}

void start_up(const std::string& directory) {
    const auto config = write_house(directory, {});
    write_history(directory + "/journal.db");
    Row row{.name = "start on 1,000,000 events",
            .unit = "s",
            .reference = "flat file of as many records",
            .goal = {.limit = 6}};
    double resident = 0;
    for (int i = 0; i < 3; ++i) {
        row.theirs.push_back(flat_replay_seconds(directory + "/flat"));
        const auto begin = Clock::now();
        support::DaemonProcess daemon(config);
        row.ours.push_back(seconds_since(begin));
        resident = resident_kib(daemon.id()) / 1024;
        daemon.stop();
    }
    print(row);
    const double file = static_cast<double>(std::filesystem::file_size(directory + "/journal.db")) / history_events;
    print({.name = "journal bytes an event",
           .unit = "B",
           .reference = "text and 5 integers, 205 B",
           .ours = {file},
           .theirs = {205},
           .goal = {.limit = 1.10}});
    print({.name = "memory with 100,000 closed jobs",
           .unit = "MB",
           .reference = "100 MB",
           .ours = {resident},
           .theirs = {100},
           .goal = {.side = Goal::Side::none}});
}

}  // namespace

int main() {
    try {
        const support::TempDir directory;
        print_head();
        start_up((directory.path() / "long").string());
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "daemon: %s\n", failure.what());
        return 1;
    }
}
