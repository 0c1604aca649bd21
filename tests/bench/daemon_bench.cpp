// What the daemon costs while nothing happens, when it starts on a long history, and when the shop grows.
#include "board/store/journal.hpp"
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int history_events = 1'000'000, history_jobs = 100'000;
constexpr int idle_seconds = 20;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double switches_of(pid_t process) {
    double all = 0;
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.find("voluntary_ctxt_switches:") != std::string::npos)
            all += std::stod(line.substr(line.find(':') + 1));
    }
    return all;
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

void idle(const std::string& directory) {
    support::DaemonProcess daemon(write_house(directory + "/idle", {}));
    receive_jobs(daemon, 60);
    auto redis = start_redis(directory + "/redis");
    auto broker = start_mosquitto(directory + "/mosquitto");
    const double rss = resident_kib(daemon.id()) / 1024;
    if (broker)
        print({.name = "memory, idle",
               .unit = "MB",
               .reference = "mosquitto",
               .ours = {rss},
               .theirs = {resident_kib(broker->process->id()) / 1024},
               .goal = {.limit = 1.0}});
    const double ours_before = switches_of(daemon.id()), redis_before = redis ? switches_of(redis->process->id()) : 0;
    const double cpu_before = cpu_us(daemon.id());
    ::poll(nullptr, 0, idle_seconds * 1000);  // to be idle is what is measured
    const double ours = (switches_of(daemon.id()) - ours_before) / idle_seconds;
    if (redis)
        print({.name = "wakeups, idle",
               .unit = "/s",
               .reference = "redis",
               .ours = {ours},
               .theirs = {(switches_of(redis->process->id()) - redis_before) / idle_seconds},
               .goal = {.limit = 0.02}});
    print({.name = "CPU, idle",
           .unit = "ms in 20 s",
           .reference = "0.1 %",
           .ours = {(cpu_us(daemon.id()) - cpu_before) / 1000},
           .theirs = {20},
           .goal = {.limit = 1.0}});

    std::vector<int> sockets;
    constexpr int many = 1000;
    const std::string watch = "watch lounge\n";
    for (int i = 0; i < many; ++i) {
        sockets.push_back(connect_to(static_cast<std::uint16_t>(std::stoi(daemon.port()))));
        if (::write(sockets.back(), watch.data(), watch.size()) < 0) throw std::runtime_error("a watcher was dropped");
    }
    support::ask(*std::make_unique<client::Client>(daemon.connect()), "ping");  // after this all have been served
    const double each = (resident_kib(daemon.id()) - rss * 1024) / many;
    print({.name = "memory of a connection that watches",
           .unit = "KB",
           .reference = "5 KB",
           .ours = {each},
           .theirs = {5},
           .goal = {.limit = 1.0}});
    for (const int socket : sockets) ::close(socket);
}

/// Processor time of one update while one board and one workshop page watch.
double update_cost_us(const std::string& directory, const House& house) {
    std::filesystem::remove_all(directory);
    support::DaemonProcess daemon(write_house(directory, house));
    receive_jobs(daemon, house.jobs);
    auto lounge = daemon.connect(), workshop = daemon.connect();
    lounge.send("watch lounge");
    workshop.send("watch workshop");
    const auto port = static_cast<std::uint16_t>(std::stoi(daemon.port()));
    const auto result = run({.port = port,
                             .clients = 4,
                             .time = std::chrono::milliseconds(2000),
                             .greets = true,
                             .request = update_of,
                             .server = daemon.id()});
    return result.server_cpu_us / static_cast<double>(std::max<std::size_t>(1, result.latencies_us.size()));
}

void growth(const std::string& directory) {
    const double small = update_cost_us(directory + "/growth", {.bays = 12, .jobs = 60});
    const double jobs = update_cost_us(directory + "/growth", {.bays = 12, .jobs = 50'000});
    const double bays = update_cost_us(directory + "/growth", {.bays = 10'000, .jobs = 60});
    print({.name = "CPU of an update, 50,000 open jobs",
           .unit = "us",
           .reference = "60 open jobs",
           .ours = {jobs},
           .theirs = {small},
           .goal = {.limit = 1.5}});
    print({.name = "CPU of an update, 10,000 bays",
           .unit = "us",
           .reference = "12 bays",
           .ours = {bays},
           .theirs = {small},
           .goal = {.limit = 1.5}});
}

}  // namespace

int main() {
    try {
        const support::TempDir directory;
        print_head();
        idle(directory.path().string());
        start_up((directory.path() / "long").string());
        growth(directory.path().string());
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "daemon: %s\n", failure.what());
        return 1;
    }
}
