// Durable acknowledged updates over TCP, beside the disk itself, Redis and PostgreSQL doing the same durable write.
// Rounds are interleaved, and one in which the disk was in its slow mood is thrown away: then every server waits for
// the same flush, and ratios say nothing.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 5, most_rounds = 9;
constexpr std::chrono::milliseconds load_time{1500};
constexpr int flushes = 300;
/// A flush that takes longer than this is the disk's slow mood.
constexpr double slow_flush_us = 1000;

/// Overwrites 4 KiB of a file that has its length, and flushes: the least a durable write can cost.
std::vector<double> raw_flushes(const std::string& directory) {
    const int fd = ::open((directory + "/raw").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("cannot write into " + directory);
    std::string block(4096, 'x');
    constexpr int blocks = 256;
    for (int i = 0; i < blocks; ++i) {
        if (::write(fd, block.data(), block.size()) < 0) throw std::runtime_error("cannot write into " + directory);
    }
    ::fsync(fd);
    std::vector<double> out;
    for (int i = 0; i < flushes; ++i) {
        const auto begin = Clock::now();
        if (::pwrite(fd, block.data(), block.size(), (i % blocks) * 4096L) < 0) break;
        ::fdatasync(fd);
        out.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    }
    ::close(fd);
    return out;
}

struct Figures {
    double p50 = 0, p99 = 0, p999 = 0, rate = 0, cpu = 0;
};

Figures figures_of(const LoadResult& result) {
    if (result.refused > 0) throw std::runtime_error("updates were refused");
    const auto count = static_cast<double>(result.latencies_us.size());
    return {.p50 = quantile(result.latencies_us, 0.5),
            .p99 = quantile(result.latencies_us, 0.99),
            .p999 = quantile(result.latencies_us, 0.999),
            .rate = result.rate(),
            .cpu = count > 0 ? result.server_cpu_us / count : 0};
}

/// The servers, on one disk.
struct Field {
    support::DaemonProcess& daemon;
    std::optional<Peer>& redis;
    std::optional<Peer>& postgres;

    Figures ours(int clients) const {
        return figures_of(run({.port = static_cast<std::uint16_t>(std::stoi(daemon.port())),
                               .clients = clients,
                               .time = load_time,
                               .reply_end = baytime_reply,
                               .greets = true,
                               .request = update_of,
                               .server = daemon.id()}));
    }
    Figures redis_figures(int clients) const {
        const auto add = [](int client, int n) {
            return "XADD bench * e \"estimate R" + std::to_string(client) + " +" + std::to_string(n) +
                   " as=301, an update with about as many bytes as ours has in its journal, and a little more\"\r\n";
        };
        return figures_of(run({.port = redis->port,
                               .clients = clients,
                               .time = load_time,
                               .reply_end = redis_reply,
                               .request = add,
                               .server = redis->process->id()}));
    }
    Figures postgres_figures(int clients) const {
        const auto insert = [](int client, int n) {
            return postgres_query("INSERT INTO event (body) VALUES ('estimate R" + std::to_string(client) + " +" +
                                  std::to_string(n) +
                                  " as=301, an update with about as many bytes as ours has in its journal')");
        };
        return figures_of(run({.port = postgres->port,
                               .clients = clients,
                               .time = load_time,
                               .reply_end = postgres_reply,
                               .greeting_request = postgres->greeting,
                               .request = insert}));
    }
};

using Rows = std::map<std::string, Row>;

void add(Rows& rows, Row form, double ours, double theirs) {
    auto& row = rows.try_emplace(form.name, std::move(form)).first->second;
    row.ours.push_back(ours);
    row.theirs.push_back(theirs);
}

Goal at_most(double limit) {
    return {.limit = limit, .side = Goal::Side::at_most};
}
Goal at_least(double limit) {
    return {.limit = limit, .side = Goal::Side::at_least};
}

/// One round of everything with one client. False when the disk was slow before or after it.
bool one_client(const Field& field, const std::string& directory, Rows& rows) {
    const double before = median(raw_flushes(directory));
    const auto ours = field.ours(1);
    const auto redis = field.redis ? field.redis_figures(1) : Figures{};
    const auto postgres = field.postgres ? field.postgres_figures(1) : Figures{};
    const double after = median(raw_flushes(directory));
    if (std::max(before, after) > slow_flush_us) return false;
    const double raw = (before + after) / 2;
    const std::string disk = "raw 4 KiB overwrite + fdatasync";
    add(rows, {.name = "ack p50, 1 client", .unit = "us", .reference = disk, .goal = at_most(1.40)}, ours.p50, raw);
    if (field.redis)
        add(rows,
            {.name = "ack p50, 1 client, redis", .unit = "us", .reference = "redis XADD always", .goal = at_most(0.90)},
            ours.p50, redis.p50);
    if (field.postgres)
        add(rows,
            {.name = "ack p50, 1 client, postgres",
             .unit = "us",
             .reference = "postgres INSERT",
             .goal = {.side = Goal::Side::none}},
            ours.p50, postgres.p50);
    return true;
}

bool many_clients(const Field& field, const std::string& directory, int clients, Rows& rows) {
    if (median(raw_flushes(directory)) > slow_flush_us) return false;
    const auto ours = field.ours(clients);
    const auto redis = field.redis ? field.redis_figures(clients) : Figures{};
    const auto postgres = field.postgres ? field.postgres_figures(clients) : Figures{};
    if (median(raw_flushes(directory)) > slow_flush_us) return false;
    const auto named = [clients](const std::string& what) {
        return what + ", " + std::to_string(clients) + " clients";
    };
    const Goal none{.side = Goal::Side::none};
    const bool fifty = clients == 50;
    if (field.redis) {
        const std::string peer = "redis XADD always";
        add(rows, {.name = named("updates"), .unit = "/s", .reference = peer, .goal = at_least(fifty ? 1.2 : 1.0)},
            ours.rate, redis.rate);
        add(rows, {.name = named("ack p50"), .unit = "us", .reference = peer, .goal = none}, ours.p50, redis.p50);
        add(rows, {.name = named("ack p99"), .unit = "us", .reference = peer, .goal = fifty ? at_most(1.2) : none},
            ours.p99, redis.p99);
        add(rows, {.name = named("ack p99.9"), .unit = "us", .reference = peer, .goal = none}, ours.p999, redis.p999);
        add(rows,
            {.name = named("server CPU an update"),
             .unit = "us",
             .reference = peer,
             .goal = fifty ? at_most(1.1) : none},
            ours.cpu, redis.cpu);
    }
    if (field.postgres)
        add(rows,
            {.name = named("updates, postgres"),
             .unit = "/s",
             .reference = "postgres INSERT",
             .goal = fifty ? at_least(3.0) : none},
            ours.rate, postgres.rate);
    return true;
}

/// Without a disk: what the servers themselves cost.
void in_memory(Rows& rows) {
    support::TempDir ours_at, redis_at;
    const std::filesystem::path memory = "/dev/shm";
    const auto home = memory / ours_at.path().filename();
    const auto redis_home = memory / redis_at.path().filename();
    {
        support::DaemonProcess daemon(write_house(home.string(), {}));
        receive_jobs(daemon, 50);
        auto redis = start_redis(redis_home.string());
        std::optional<Peer> none;
        const Field field{.daemon = daemon, .redis = redis, .postgres = none};
        for (int i = 0; redis && i < rounds; ++i)
            add(rows,
                {.name = "updates without a disk, 50 clients",
                 .unit = "/s",
                 .reference = "redis XADD on tmpfs",
                 .goal = at_least(0.70)},
                field.ours(50).rate, field.redis_figures(50).rate);
    }
    std::filesystem::remove_all(home);
    std::filesystem::remove_all(redis_home);
}

void measure() {
    support::TempDir directory;
    support::TempDir of_postgres;  // given to the account that PostgreSQL runs as
    const auto at = [&](const char* name) { return (directory.path() / name).string(); };
    support::DaemonProcess daemon(write_house(at("ours"), {}));
    receive_jobs(daemon, 500);
    auto redis = start_redis(at("redis"));
    auto postgres = start_postgres(of_postgres.path().string());
    print_head();
    if (!redis) print_missing("redis", "redis-server is not installed or did not start");
    if (!postgres) print_missing("postgres", "PostgreSQL 15 is not installed or did not start");
    const Field field{.daemon = daemon, .redis = redis, .postgres = postgres};
    const std::string home = directory.path().string();
    Rows rows;
    for (const int clients : {1, 50, 500}) {
        int good = 0;
        for (int i = 0; i < most_rounds && good < rounds; ++i)
            good += clients == 1 ? one_client(field, home, rows) : many_clients(field, home, clients, rows);
        if (good == 0) print_missing(std::to_string(clients) + " clients", "the disk was slow in every round");
    }
    in_memory(rows);
    for (const auto& [name, row] : rows) print(row);
}

}  // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "durable: %s\n", failure.what());
        return 1;
    }
}
