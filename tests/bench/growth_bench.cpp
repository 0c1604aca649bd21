// What one more update costs when the shop grows: bays from 12 to 10,000, open jobs from 60 to 50,000, while a lounge
// board and a workshop page watch. Two kinds: a word about a car (another time to expect), and a move (to the line of
// another bay). The slope is that of processor time over size, both as logarithms: 0 does not grow, 1 grows with it.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <thread>

namespace {

using namespace baytime;
using namespace baytime::bench;

constexpr int clients = 4, rounds = 5;
constexpr std::chrono::milliseconds load_time{500};
constexpr std::array job_steps{60, 1'500, 50'000}, bay_steps{12, 350, 10'000};
/// A slope of this much makes 1.5 of 1 over the whole way.
constexpr double no_growth = 0.06;

/// A connection that watches, and reads what it is told.
class Watcher {
public:
    Watcher(std::uint16_t port, const std::string& view) : socket_(connect_to(port)) {
        const auto text = "watch " + view + "\n";
        if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("no watcher");
        reader_ = std::thread([this] {
            std::array<char, 1 << 16> chunk{};
            while (::recv(socket_, chunk.data(), chunk.size(), 0) > 0) {
            }
        });
    }
    ~Watcher() {
        ::shutdown(socket_, SHUT_RDWR);
        reader_.join();
        ::close(socket_);
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

private:
    int socket_;
    std::thread reader_;
};

/// To the line of another bay, and back.
std::string move_of(int job, int n) {
    return fmt::format("assign R{} {} as=201\n", job, job + 1 + (n % 2 == 0 ? 0 : clients));
}

/// Processor time of the daemon for one update, in microseconds, in each round.
std::vector<double> cost_of(const support::DaemonProcess& daemon, std::string (*request)(int, int)) {
    const auto port = static_cast<std::uint16_t>(std::stoi(daemon.port()));
    std::vector<double> out;
    // The first round pays for the snapshots of the watchers; that of a new minute for the predictions of all cars.
    for (int i = 0; i <= rounds; ++i) {
        const auto result = run({.port = port,
                                 .clients = clients,
                                 .time = load_time,
                                 .greets = true,
                                 .request = request,
                                 .server = daemon.id()});
        if (result.refused > 0) throw std::runtime_error("updates were refused");
        if (i > 0)
            out.push_back(result.server_cpu_us /
                          static_cast<double>(std::max<std::size_t>(1, result.latencies_us.size())));
    }
    return out;
}

struct Kind {
    const char* name;
    std::string (*request)(int, int);
};
constexpr Kind kinds[] = {{"a word about a car", update_of}, {"a move of a car", move_of}};
/// Of each kind, at each size.
using Costs = std::vector<std::vector<std::vector<double>>>;

void measure(const support::DaemonProcess& daemon, Costs& costs) {
    const auto port = static_cast<std::uint16_t>(std::stoi(daemon.port()));
    const Watcher lounge(port, "lounge"), workshop(port, "workshop");
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind)
        costs[kind].push_back(cost_of(daemon, kinds[kind].request));
}

/// Least squares through (log size, log cost).
double slope_of(const std::array<int, 3>& sizes, const std::vector<std::vector<double>>& costs) {
    double x = 0, y = 0, xx = 0, xy = 0;
    const auto n = static_cast<double>(sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const double size = std::log(sizes[i]), cost = std::log(median(costs[i]));
        x += size, y += cost, xx += size * size, xy += size * cost;
    }
    return (n * xy - x * y) / (n * xx - x * x);
}

void print_growth(const char* what, const std::array<int, 3>& sizes, const Costs& costs) {
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
        for (std::size_t i = 1; i < sizes.size(); ++i)
            print({.name = fmt::format("CPU of {}; {} {}", kinds[kind].name, sizes[i], what),
                   .unit = "us",
                   .reference = fmt::format("{} {}", sizes[0], what),
                   .ours = costs[kind][i],
                   .theirs = costs[kind][0],
                   .goal = {.limit = 1.5}});
        print({.name = fmt::format("slope of {} over {}", kinds[kind].name, what),
               .unit = "",
               .reference = "grows with the size",
               .ours = {slope_of(sizes, costs[kind])},
               .theirs = {1},
               .goal = {.limit = no_growth}});
    }
}

void measure_jobs(const std::string& directory) {
    Costs costs(std::size(kinds));
    const support::DaemonProcess daemon(write_house(directory, {}));
    int there = 0;
    for (const int jobs : job_steps) {
        receive_jobs(daemon, jobs, there);
        there = jobs;
        measure(daemon, costs);
    }
    print_growth("open jobs", job_steps, costs);
}

void measure_bays(const std::string& directory) {
    Costs costs(std::size(kinds));
    for (const int bays : bay_steps) {
        std::filesystem::remove_all(directory);
        const support::DaemonProcess daemon(write_house(directory, {.bays = bays}));
        receive_jobs(daemon, job_steps.front());
        measure(daemon, costs);
    }
    print_growth("bays", bay_steps, costs);
}

}  // namespace

int main() {
    try {
        const support::TempDir directory;
        print_head();
        measure_bays((directory.path() / "bays").string());
        measure_jobs((directory.path() / "jobs").string());
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "growth: %s\n", failure.what());
        return 1;
    }
}
