// What runs costs while nothing happens, for a minute: the daemon alone, the daemon with three boards that watch it,
// the boards themselves, and the peers; and the memory of all, with that of a connection. Usage: bench_idle [SECONDS]
// (60 by default)
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/lounge/programs.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/row.hpp"
#include "tests/lounge/x_screen.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;
using lounge::support::XServer;

const std::vector<std::string> dummy{"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"};

double switches_of(pid_t process) {
    double all = 0;
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.find("voluntary_ctxt_switches:") != std::string::npos)
            all += std::stod(line.substr(line.find(':') + 1));
    }
    return all;
}

/// A process that does nothing: what it used meanwhile.
struct Idler {
    std::string name;
    pid_t process = 0;
    double wakeups = 0, cpu_ms = 0;

    void begin() {
        wakeups = switches_of(process);
        cpu_ms = processor_ms(process);
    }
    void end() {
        wakeups = switches_of(process) - wakeups;
        cpu_ms = processor_ms(process) - cpu_ms;
    }
};

void print_idle(const Idler& idler, double seconds, double goal_share) {
    print({.name = fmt::format("CPU in {:g} idle s: {}", seconds, idler.name),
           .unit = "ms",
           .reference = "the time",
           .ours = {idler.cpu_ms},
           .theirs = {seconds * 1000},
           .goal = {.limit = goal_share}});
}

void print_memory(const std::string& name, double ours_mb, const std::string& reference, double theirs_mb,
                  double limit) {
    print({.name = "memory: " + name,
           .unit = "MB",
           .reference = reference,
           .ours = {ours_mb},
           .theirs = {theirs_mb},
           .goal = {.limit = limit}});
}

constexpr int many = 1000;

std::vector<int> crowd_at(std::uint16_t port, const std::string& first_words) {
    std::vector<int> sockets;
    for (int i = 0; i < many; ++i) {
        sockets.push_back(connect_to(port));
        if (::send(sockets.back(), first_words.data(), first_words.size(), MSG_NOSIGNAL) < 0)
            throw std::runtime_error("a watcher was dropped");
    }
    return sockets;
}

/// Memory of one connection that watches the lounge, and of the daemon with a thousand beside Redis with as many.
void measure_connections(const support::DaemonProcess& daemon, const std::optional<Peer>& redis) {
    const double before = resident_kib(daemon.id());
    auto sockets = crowd_at(static_cast<std::uint16_t>(std::stoi(daemon.port())), "watch lounge\n");
    auto last = daemon.connect();
    support::ask(last, "ping");  // after this all have been served
    print({.name = "memory: a connection that watches",
           .unit = "KB",
           .reference = "5 KB",
           .ours = {(resident_kib(daemon.id()) - before) / many},
           .theirs = {5},
           .goal = {.limit = 1.0}});
    if (redis) {
        const auto theirs = crowd_at(redis->port, "SUBSCRIBE t\r\n");
        for (const int socket : theirs) {
            char answer = 0;
            if (::recv(socket, &answer, 1, 0) != 1) throw std::runtime_error("redis has hung up");
        }
        print_memory("daemon with 1000 watchers", resident_mb(daemon.id()), "redis with 1000 subscribers",
                     resident_mb(redis->process->id()), 0.5);
        sockets.insert(sockets.end(), theirs.begin(), theirs.end());
    }
    for (const int socket : sockets) ::close(socket);
}

void measure(int seconds) {
    const support::TempDir directory;
    const auto at = [&](const char* name) { return (directory.path() / name).string(); };
    const support::DaemonProcess daemon(write_house(at("ours"), {}));
    receive_jobs(daemon, 60);
    auto redis = start_redis(at("redis"));
    auto broker = start_mosquitto(at("mosquitto"));
    Shop shop;
    const XServer server("1920x1080");
    const bench::Board small(shop, {"--size", "1920x1080"}, dummy);
    const bench::Board large(shop, {"--size", "3840x2160"}, dummy);
    const bench::Board shown(shop, {}, server.environment());
    for (const auto* board : {&small, &large, &shown}) board->wait_complete();

    Idler alone{.name = "daemon", .process = daemon.id()},
        watched{.name = "daemon with three boards", .process = shop.id()};
    Idler board{.name = "lounge, dummy", .process = small.id()},
        on_screen{.name = "lounge, Xvfb", .process = shown.id()};
    Idler peer{.name = "redis", .process = redis ? redis->process->id() : ::getpid()};
    const auto all = {&alone, &watched, &board, &on_screen, &peer};
    for (auto* one : all) one->begin();
    ::poll(nullptr, 0, seconds * 1000);  // to be idle is what is measured
    for (auto* one : all) one->end();

    if (redis)
        print({.name = "wakeups, idle: daemon",
               .unit = "/s",
               .reference = "redis",
               .ours = {alone.wakeups / seconds},
               .theirs = {peer.wakeups / seconds},
               .goal = {.limit = 0.02}});
    constexpr double nothing = 0.0005, tenth_of_a_percent = 0.001;
    print_idle(alone, seconds, nothing);
    print_idle(watched, seconds, nothing);
    print_idle(board, seconds, tenth_of_a_percent);
    print_idle(on_screen, seconds, tenth_of_a_percent);

    if (broker)
        print_memory("daemon, idle", resident_mb(daemon.id()), "mosquitto", resident_mb(broker->process->id()), 1.0);
    print_memory("lounge, 1920x1080, dummy", resident_mb(small.id()), "the goal", 40, 1);
    print_memory("lounge, 3840x2160, dummy", resident_mb(large.id()), "the goal", 100, 1);
    print_memory("lounge, 1920x1080, Xvfb", resident_mb(shown.id()), "the goal", 40, 1);
    measure_connections(daemon, redis);
}

}  // namespace

int main(int count, char** words) {
    try {
        print_head();
        measure(count > 1 ? std::stoi(words[1]) : 60);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "idle: %s\n", failure.what());
        return 1;
    }
}
